'use strict';
setTimeout(() => console.log('a 1'), 1);
setTimeout(() => console.log('b 0'), 0);
setTimeout(() => console.log('c -5'), -5);
setTimeout(() => console.log('d NaN'), NaN);
process.on('warning', () => {});
