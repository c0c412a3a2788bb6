// Bad practice: blocking the event loop
app.get('/compute', (req, res) => {
  // CPU-intensive operation directly in the event loop
  const result = calculateFibonacci(45);  // This will block for several seconds
  res.send({ result });
});
