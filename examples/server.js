'use strict';
// An HTTP server that answers every request while it waits for others:
//   go run ./cmd/gonode examples/server.js
//   curl http://localhost:3000/
const http = require('http');
const fs = require('fs/promises');

const server = http.createServer(async (req, res) => {
  if (req.url === '/source') {
    res.writeHead(200, { 'Content-Type': 'text/javascript; charset=utf-8' });
    res.end(await fs.readFile(__filename));
    return;
  }
  res.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' });
  res.end(`Hello from gonode, ${req.headers['user-agent'] || 'stranger'}\n`);
});

server.listen(process.env.PORT || 3000, () => {
  console.log(`Listening on http://localhost:${server.address().port}/`);
});
