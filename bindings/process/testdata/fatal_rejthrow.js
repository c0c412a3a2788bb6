// exit: 1
Promise.resolve().then(() => {
  throw new TypeError("in then");
});
