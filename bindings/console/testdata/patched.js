// process.stdout and console methods that a program replaces are seen.
console.log('before');
const write = process.stdout.write;
const seen = [];
process.stdout.write = function(s) { seen.push(s); return true; };
console.log('captured', { a: 1 });
console.group('group');
console.info('inside\ntwo');
console.groupEnd();
process.stdout.write = write;
console.log(seen);
const log = console.log;
const logged = [];
console.log = (...args) => { logged.push(args); };
console.count('n'); console.table([1]); console.group('title'); console.groupEnd(); console.dirxml('d');
console.log = log;
console.log(logged);
