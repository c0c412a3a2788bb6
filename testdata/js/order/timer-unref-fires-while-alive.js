'use strict';
setTimeout(() => console.log('unref fired'), 2).unref();
setTimeout(() => console.log('ref fired'), 40);
