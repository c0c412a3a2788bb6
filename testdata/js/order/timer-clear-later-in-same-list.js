'use strict';
let b;
setTimeout(() => { console.log('a'); clearTimeout(b); }, 2);
b = setTimeout(() => console.log('b never'), 2);
setTimeout(() => console.log('c'), 2);
