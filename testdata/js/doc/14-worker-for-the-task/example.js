// Good practice: using worker threads for CPU-intensive tasks
const { Worker } = require('worker_threads');

app.get('/compute', (req, res) => {
  const worker = new Worker('./fibonacci-worker.js', {
    workerData: { n: 45 }
  });
  
  worker.on('message', result => {
    res.send({ result });
  });
  
  worker.on('error', error => {
    res.status(500).send({ error: error.message });
  });
});
