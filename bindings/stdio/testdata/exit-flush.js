// gonode: process
// Everything written before process.exit arrives.
process.stdout.write('x'.repeat(60000) + '\n');
process.stderr.write('');
process.exit(0);
