'use strict';
let n = 0;
const t = setTimeout(() => { console.log('fire', ++n); if (n < 3) t.refresh(); }, 2);
