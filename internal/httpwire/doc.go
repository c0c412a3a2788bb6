// Package httpwire reads and writes HTTP/1.x on the wire: an incremental
// parser for requests and responses, as strict as llhttp 9 with Node 24's
// defaults and with the same error codes, texts and positions, and the
// serialiser for message heads. It knows no JavaScript and no sockets.
package httpwire
