process.exitCode = 4; Promise.reject(null);
