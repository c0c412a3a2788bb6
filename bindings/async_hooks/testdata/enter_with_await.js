'use strict';
// What enterWith sets after an await ends with the function that awaited.
const { AsyncLocalStorage } = require('async_hooks');
const als = new AsyncLocalStorage();
async function after() {
  await 0;
  als.enterWith('after await');
}
(async () => {
  await after();
  await Promise.resolve().then(() => als.enterWith('inside then'));
  console.log(als.getStore());
})();
