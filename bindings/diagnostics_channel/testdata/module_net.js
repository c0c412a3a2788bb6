'use strict';
// What require, import() and net publish.
const dc = require('diagnostics_channel');
const net = require('net');

function watch(name, fields) {
  const tracing = dc.tracingChannel(name), handlers = {};
  for (const event of ['start', 'end', 'asyncStart', 'asyncEnd', 'error']) {
    handlers[event] = (m) => console.log(name, event, ...fields.map((f) => m[f] instanceof Error ? m[f].code : m[f]));
  }
  tracing.subscribe(handlers);
  return () => tracing.unsubscribe(handlers);
}

let stop = watch('module.require', ['id']);
require('http');
try { require('./missing'); } catch {}
stop();

stop = watch('module.import', ['url']);
import('os').then(() => import('does-not-exist')).catch(() => {}).then(() => {
  stop();
  watch('net.server.listen', ['error']);
  for (const side of ['client', 'server']) {
    dc.subscribe(`net.${side}.socket`, ({ socket }) => console.log(side, socket instanceof net.Socket));
  }
  const server = net.createServer((socket) => socket.end());
  server.listen({ port: 0 }, () => {
    const again = net.createServer();
    again.on('error', () => {
      net.connect(server.address().port).resume().on('close', () => server.close());
    });
    again.listen({ port: server.address().port });
  });
});
