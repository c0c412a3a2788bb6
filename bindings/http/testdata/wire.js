// gonode: helper
// Sends raw requests over one connection each and gives back what came, with dates and ports blanked.
'use strict';
const http = require('http');
const net = require('net');

exports.exchange = function exchange(server, requests, done) {
  server.listen(0, '127.0.0.1', () => {
    let i = 0;
    (function next() {
      if (i === requests.length) return server.close(() => done && done());
      const text = requests[i++];
      const c = net.connect(server.address().port, '127.0.0.1');
      let got = '';
      c.setEncoding('latin1');
      c.on('data', (d) => { got += d; });
      c.on('error', (e) => { got += `<${e.code}>`; });
      c.on('close', () => {
        console.log(JSON.stringify(text.length > 300 ? text.slice(0, 60) + '…' : text));
        console.log(exports.clean(got));
        next();
      });
      c.write(text, 'latin1');
    })();
  });
};

exports.clean = (s) => s.replace(/Date: [^\r]*/g, 'Date: …').replace(/127\.0\.0\.1:\d+/g, 'HOST').replace(/\r\n/g, '\\r\\n\n');
