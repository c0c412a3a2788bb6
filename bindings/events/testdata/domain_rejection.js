'use strict';
// A rejection that nobody handles is an error of the domain that it happened in.
const domain = require('domain');
const d = domain.create();
d.on('error', (e) => console.log('domain', e.message, process.domain === d));
process.on('unhandledRejection', (e) => console.log('process', e.message));
d.run(() => { Promise.reject(new Error('inside')); });
Promise.reject(new Error('outside'));
d.run(() => setImmediate(() => Promise.reject(new Error('later'))));
