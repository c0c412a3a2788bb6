'use strict';
// Listens, asks once, prints the answer, ends.
const http = require('http');
module.exports = (app, path, options = {}) => {
  const server = app.listen(0, '127.0.0.1', () => {
    const req = http.request({ host: '127.0.0.1', port: server.address().port, path, agent: false, ...options }, (res) => {
      let text = '';
      res.setEncoding('utf8');
      res.on('data', (chunk) => { text += chunk; });
      res.on('end', () => {
        console.log(res.statusCode, res.headers['content-type'], text);
        server.close();
      });
    });
    req.end(options.body);
  });
};
