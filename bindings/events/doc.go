// Package events is node:events: EventEmitter and the functions beside it.
//
// Supported: all of node:events of Node 24. events.js has EventEmitter itself
// and what every program loads; async.js has once, on and the other functions
// that wait, and EventEmitterAsyncResource, loaded when they are touched.
//
// domain.js is node:domain. Missing there: the deprecation of domains through
// addons' MakeCallback.
//
// Listener lists are one function or an array, in _events under the event's
// name, as in Node: programs read them.
//
// EventTarget, Event and AbortSignal live elsewhere (internal/event_target).
//
// Missing: nothing known. "Emitted 'error' event at:" is put into the report
// of an uncaught error by whoever prints it, through internal/errors'
// kEnhanceStackBeforeInspector.
package events
