// A timer that the microtasks of the last timer set fires, though only unref'd ones were left.
setTimeout(() => {}, 1e6).unref();
(async () => {
  for (let i = 0; i < 3; i++) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    setTimeout(() => {}, 1e6).unref();
    console.log(i);
  }
})();
