'use strict';
const t = setTimeout(() => { console.log('once'); clearTimeout(t); }, 1);
