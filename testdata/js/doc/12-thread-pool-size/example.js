// Set thread pool size to 8
process.env.UV_THREADPOOL_SIZE = 8;

// Rest of the code remains the same
