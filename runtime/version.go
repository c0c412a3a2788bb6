package runtime

// Version is process.version: the Node.js release whose behaviour this follows.
const Version = "v24.21.0"
