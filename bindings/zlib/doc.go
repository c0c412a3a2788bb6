// Package zlib is node:zlib.
package zlib
