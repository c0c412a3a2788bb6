// Package readline is node:readline and node:readline/promises: the line
// editor, the decoder that makes key presses of what a terminal sends, and the
// functions that move a terminal's cursor.
//
// Keys are decoded and screen positions computed in Go; the editor's policy is
// JavaScript. As in Node the editor's own methods are to be found under names
// with an underscore (_refreshLine, _ttyWrite, …), which programs replace.
package readline
