'use strict';
const t = setTimeout(() => console.log('fired'), 1);
console.log(t.hasRef(), t.unref().hasRef(), t.ref().hasRef());
