'use strict';
// The document's app.get example with the real express, the example untouched.
const express = require('express');
globalThis.app = express();
globalThis.calculateFibonacci = (n) => {
  let [a, b] = [0, 1];
  for (let i = 0; i < n; i++) [a, b] = [b, a + b];
  return a;
};
require('./doc/13-blocking-the-loop/example.js');
require('./ask.js')(app, '/compute');
