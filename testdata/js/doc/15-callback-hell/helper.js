'use strict';
// The five functions of a shop, each answering through its callback.
const answer = (name, value) => (input, callback) => setImmediate(() => {
  console.log(name, JSON.stringify(input));
  callback(value);
});
globalThis.userId = 7;
globalThis.getUserData = answer('getUserData', { id: 7 });
globalThis.getOrders = answer('getOrders', [{ id: 70 }]);
globalThis.getOrderDetails = answer('getOrderDetails', { total: 99 });
globalThis.processPayment = answer('processPayment', { paid: true });
globalThis.sendConfirmation = answer('sendConfirmation', 'sent');
