// worker.js
const { parentPort, workerData } = require('worker_threads');

// CPU-intensive function: calculate Fibonacci number
function fibonacci(n) {
  if (n <= 1) return n;
  return fibonacci(n - 1) + fibonacci(n - 2);
}

// Perform the calculation
const result = fibonacci(workerData.number);

// Send the result back to the main thread
parentPort.postMessage(result);
