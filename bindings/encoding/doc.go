// Package encoding is TextEncoder, TextDecoder and DOMException.
//
// TextDecoder knows every label of the WHATWG Encoding Standard but
// "replacement" and "x-user-defined", which Node's ICU build lacks too.
package encoding
