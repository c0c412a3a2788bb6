'use strict';
// The example's port may be taken: the test names another one.
const { Server } = require('http');
const { listen } = Server.prototype;
Server.prototype.listen = function(port, ...rest) {
  return listen.call(this, Number(process.env.DOC_PORT), ...rest);
};
