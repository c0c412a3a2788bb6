const p = Promise.reject(new Error("x")); process.on("unhandledRejection", () => {}); setTimeout(() => p.catch(() => {}), 5); process.on("rejectionHandled", (q) => console.log(q === p));
