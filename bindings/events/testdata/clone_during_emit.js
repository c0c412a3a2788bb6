// Listeners that come and go while an event is emitted.
const EventEmitter = require('events');
const e = new EventEmitter();
function late() { console.log('late'); }
function gone() { console.log('gone'); }
e.on('x', () => { console.log('first'); e.on('x', late); e.off('x', gone); });
e.on('x', gone);
e.once('x', () => console.log('once'));
console.log(e.emit('x'), e.listenerCount('x'));
console.log(e.emit('x'), e.listenerCount('x'));
console.log(e.rawListeners('x').length, e.listeners('x')[1] === late);
console.log(e.emit('nobody'), e.listenerCount('nobody'));
