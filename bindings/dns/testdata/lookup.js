// lookup's forms for names that need no network.
const dns = require('dns');
dns.lookup('127.0.0.1', (...a) => console.log('ip', ...a));
dns.lookup('::1', { all: true }, (...a) => console.log('all', ...a));
// One after the other: two jobs on the pool end in either order.
dns.lookup('localhost', 4, (...a) => {
  console.log('family', ...a);
  dns.promises.lookup('localhost', { family: 4, all: true }).then((r) => console.log('promise', r));
});
console.log('sync');
