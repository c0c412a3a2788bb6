// Package stream is node:stream, node:stream/promises and node:stream/consumers.
//
// Supported: Readable, Writable, Duplex, Transform, PassThrough, the old Stream
// class, and all functions of node:stream in Node 24.
//
// Deviations, on purpose:
//   - _readableState and _writableState keep their flags in one number (state)
//     and give Node's names (objectMode, ended, flowing, errored …) as
//     accessors. _readableState.buffer is an array read from bufferIndex;
//     _writableState.buffered is made when it is asked for, because writes are
//     queued flat.
//   - _events has only the events that are listened for; eventNames gives
//     Node's order.
//   - Async iterators are ordinary objects and no async generators.
//
// Missing: nothing known; see node:stream/web for web streams.
package stream
