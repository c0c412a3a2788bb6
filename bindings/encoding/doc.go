// Package encoding is TextEncoder, TextDecoder and DOMException.
//
// TextDecoder knows every label of the WHATWG Encoding Standard but
// "replacement", which Node's ICU build lacks too.
package encoding
