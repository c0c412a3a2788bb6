// Package querystring is node:querystring, all of it in Go. As in Node a
// script may replace escape and unescape on the module, and stringify and
// parse use what it put there.
//
// Missing: nothing.
package querystring
