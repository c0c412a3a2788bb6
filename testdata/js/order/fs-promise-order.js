'use strict';
const fs = require('fs');
fs.promises.stat(__filename).then(() => { console.log('stat'); process.nextTick(() => console.log('tick')); return null; }).then(() => console.log('then'));
console.log('main');
