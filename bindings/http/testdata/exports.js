// What the modules export.
'use strict';
const http = require('http');
console.log(http.METHODS.join());
console.log(JSON.stringify(http.STATUS_CODES));
console.log(http.maxHeaderSize, typeof http.globalAgent, http.globalAgent.keepAlive, http.globalAgent.options.timeout, http.globalAgent.maxFreeSockets);
for (const m of ['_http_agent', '_http_client', '_http_common', '_http_incoming', '_http_outgoing', '_http_server']) require(m);
console.log(Object.keys(require('_http_common')).join());
console.log(http.Server.length, http.createServer.length, http.request.length, http.get.length, http.ClientRequest.length, http.Agent.length, http.IncomingMessage.length, http.ServerResponse.length, http.OutgoingMessage.length);
const o = http.OutgoingMessage.prototype;
for (const k of ['setHeader', 'getHeader', 'getHeaders', 'getHeaderNames', 'getRawHeaderNames', 'hasHeader', 'removeHeader', 'appendHeader', 'setHeaders', 'write', 'end', 'addTrailers', 'flushHeaders', 'cork', 'uncork', 'destroy', 'setTimeout', '_send', '_storeHeader']) console.log(k, o[k].name, o[k].length);
const r = http.ServerResponse.prototype;
for (const k of ['writeHead', 'writeContinue', 'writeProcessing', 'writeEarlyHints', 'writeInformation', 'assignSocket', 'detachSocket', 'write', 'end']) console.log(k, r[k].length);
console.log(Object.keys(http.createServer()).join());
console.log(Object.keys(new http.Agent()).join());
