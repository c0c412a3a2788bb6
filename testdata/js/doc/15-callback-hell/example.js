// Bad practice: callback hell
getUserData(userId, (userData) => {
  getOrders(userData.id, (orders) => {
    getOrderDetails(orders[0].id, (details) => {
      processPayment(details, (paymentResult) => {
        sendConfirmation(paymentResult, (result) => {
          // And so on...
        });
      });
    });
  });
});
