// Package zlib is node:zlib: deflate, gzip, brotli, zstd, crc32.
//
// # Deviations
//
// Compressed bytes differ from zlib's, zstd's and brotli's own, and so do their
// lengths. memLevel and the strategies filtered, RLE and fixed change nothing; level 0 never
// joins the last data and the end in one block.
// Brotli takes quality and window only; its large window is the ordinary one.
package zlib
