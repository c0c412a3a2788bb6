// Package stringdecoder is node:string_decoder, whole.
package stringdecoder
