'use strict';
// %AsyncIteratorPrototype%, for iterator objects that are written by hand.

exports.AsyncIteratorPrototype = internalBinding('internal/events/async_iterator').prototype;
