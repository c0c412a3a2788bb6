'use strict';
(async () => { await { then(r) { console.log('then called'); r(); } }; console.log('after thenable'); })();
Promise.resolve().then(() => console.log('m1')).then(() => console.log('m2')).then(() => console.log('m3'));
