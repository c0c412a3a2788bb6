// isIP and its kin, with values that are no strings.
const net = require('net');
for (const v of ['127.0.0.1', '1.2.3', '01.2.3.4', '256.1.1.1', '::', '::1', '1::2::3', '::ffff:1.2.3.4', 'fe80::1%eth0', 'fe80::1%', '', ' ', 'x', null, undefined, 4, {}, '1.2.3.4 ', '::1.2.3.4', '2001:252:0:1::2008:6:', '12345::']) {
  console.log(JSON.stringify(v), net.isIP(v), net.isIPv4(v), net.isIPv6(v));
}
