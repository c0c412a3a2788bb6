'use strict';
const t = setTimeout(() => console.log('never'), 1);
clearTimeout(+t);
const u = setTimeout(() => console.log('never'), 1);
clearTimeout(`${+u}`);
setTimeout(() => console.log('end'), 3);
