Promise.reject(new Error("x")); process.on("unhandledRejection", (r, p) => { console.log("uh", r.message, p instanceof Promise); });
