'use strict';
// The same five functions as promises.
const answer = (name, value) => async (input) => {
  console.log(name, JSON.stringify(input));
  return value;
};
globalThis.getUserData = answer('getUserData', { id: 7 });
globalThis.getOrders = answer('getOrders', [{ id: 70 }]);
globalThis.getOrderDetails = answer('getOrderDetails', { total: 99 });
globalThis.processPayment = answer('processPayment', { paid: true });
globalThis.sendConfirmation = answer('sendConfirmation', 'sent');
