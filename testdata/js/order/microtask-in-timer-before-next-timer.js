'use strict';
setTimeout(async () => { console.log('t1'); await null; console.log('t1 after await'); }, 1);
setTimeout(() => console.log('t2'), 1);
