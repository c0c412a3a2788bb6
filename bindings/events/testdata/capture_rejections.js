// captureRejections and the handler's symbol.
const EventEmitter = require('events');
const e = new EventEmitter({ captureRejections: true });
e.on('error', (err) => console.log('error', err.message));
e.on('x', async (v) => { throw new Error(`x${v}`); });
e.emit('x', 1);
process.nextTick(() => console.log('tick'));
class Own extends EventEmitter {
  [EventEmitter.captureRejectionSymbol](err, type, ...args) { console.log('own', err.message, type, args); }
}
const o = new Own({ captureRejections: true });
o.on('y', async () => { throw new Error('y'); });
o.emit('y', 1, 2);
