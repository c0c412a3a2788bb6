// Package webstreams is node:stream/web: the WHATWG streams, byte streams
// included, their strategies, TextEncoderStream and TextDecoderStream,
// CompressionStream and DecompressionStream, and the adapters between web
// streams and Node's (Readable.toWeb, fromWeb and the others).
//
// The JavaScript follows the abstract operations of the Streams standard, by
// their names. Internal slots are fields of the object under the symbol kState.
//
// Streams can be transferred to other threads and with structuredClone.
package webstreams
