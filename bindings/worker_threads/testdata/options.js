// Options that a worker cannot have, and arguments of the wrong kind.
const { Worker } = require('worker_threads');
const show = (options, file = '1') => {
  try { new Worker(file, { eval: true, ...options }).terminate(); console.log('fine'); } catch (e) { console.log(e.name, e.code, e.message); }
};
for (const a of ['--foo', '--title=x', '--redirect-warnings', '--expose-gc', '--max-old-space-size=10', '--input-type=foo', '--disable-proto=delete',
                 '--unhandled-rejections=foo', '--jitless', '--abort-on-uncaught-exception', '--help']) show({ execArgv: [a] });
show({ execArgv: ['--no-warnings', '--bar', '--baz'] });
show({ execArgv: ['--no-warnings', '--', 'x'] });
for (const a of ['--foo', '--title=foo', '-- x', '--eval 1', '--no-warnings --bar']) show({ env: { NODE_OPTIONS: a } });
show({ execArgv: 'a' }); show({ argv: 'a' }); show({ env: 1 }); show({ name: 1 });
show({ eval: false }, 'foo'); show({ eval: true }, new URL('file:///a')); show({ eval: false }, new URL('http://a'));
show({ eval: false }, 'file:///a'); show({ eval: false }, 'data:text/javascript,'); show({ eval: false }, {});
show({ workerData: () => 1 }); show({ transferList: [1] });
try { Worker(); } catch (e) { console.log(e.name, e.message); }
try { new Worker(); } catch (e) { console.log(e.name, e.code, e.message); }
new Worker('console.log(process.execArgv, process.noDeprecation)', { eval: true, execArgv: ['--no-deprecation'] });
