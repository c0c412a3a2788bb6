const http = require('http');
const fs = require('fs').promises;

// Create a server that responds to all requests
const server = http.createServer(async (req, res) => {
  console.log(`Request received for: ${req.url}`);
  
  try {
    // Non-blocking file read
    const data = await fs.readFile('./index.html', 'utf8');
  
    // Set response headers
    res.writeHead(200, { 'Content-Type': 'text/html' });
  
    // Send the response
    res.end(data);
    console.log('Response sent');
  } catch (err) {
    // Handle errors
    console.error('Error:', err);
    res.writeHead(500, { 'Content-Type': 'text/plain' });
    res.end('Internal Server Error');
  }
});

// Start listening on port 3000
server.listen(3000, () => {
  console.log('Server running at http://localhost:3000/');
});

console.log('Server initialization complete');
