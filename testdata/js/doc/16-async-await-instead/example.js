// Good practice: using async/await
async function processOrder(userId) {
  const userData = await getUserData(userId);
  const orders = await getOrders(userData.id);
  const details = await getOrderDetails(orders[0].id);
  const paymentResult = await processPayment(details);
  const result = await sendConfirmation(paymentResult);
  return result;
}
