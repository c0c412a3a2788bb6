// setServers and getServers.
const dns = require('dns');
const r = new dns.Resolver();
r.setServers(['1.2.3.4', '1.2.3.4:5353', '::1', '[::1]:53', '[::1]:5353', '[2001:db8::1]']);
console.log(r.getServers());
r.setServers([]);
console.log(r.getServers());
dns.setDefaultResultOrder('ipv4first');
console.log(dns.getDefaultResultOrder(), dns.promises.getDefaultResultOrder());
console.log(Object.keys(dns).filter((k) => /^[A-Z]+$/.test(k)).map((k) => `${k}=${dns[k]}`).join(' '));
