// main.js
const { Worker } = require('worker_threads');

// Function to create a worker thread
function runWorker(data) {
  return new Promise((resolve, reject) => {
    // Create a new worker
    const worker = new Worker('./worker.js', {
      workerData: data
    });
  
    // Handle messages from the worker
    worker.on('message', resolve);
    worker.on('error', reject);
    worker.on('exit', (code) => {
      if (code !== 0)
        reject(new Error(`Worker stopped with exit code ${code}`));
    });
  });
}

// Main program
async function main() {
  try {
    // Run a CPU-intensive task in a worker thread
    const result = await runWorker({ number: 50 });
    console.log(`Fibonacci result: ${result}`);
  } catch (err) {
    console.error(err);
  }
}

main();
