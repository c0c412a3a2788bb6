// timers/promises: values, aborts, the interval's iterator, errors.
const { setTimeout: sleep, setImmediate: immediate, setInterval: every, scheduler } = require('timers/promises');
const { promisify } = require('util');
(async () => {
  console.log(await sleep(1, 'value'), await immediate('now'), await scheduler.wait(1), await scheduler.yield());
  console.log(promisify(setTimeout) === sleep, promisify(setImmediate) === immediate);
  const ac = new AbortController();
  const waiting = sleep(1e6, null, { signal: ac.signal });
  ac.abort('enough');
  await waiting.catch((e) => console.log(e.name, e.code, e.cause));
  const it = every(1, 'tick');
  console.log(await it.next(), await it.next(), await it.return('end'), await it.next());
  let n = 0;
  for await (const v of every(1, 'loop')) if (++n === 3) break; else console.log(v);
  for (const f of [() => sleep('x'), () => sleep(1, 0, 5), () => sleep(1, 0, { ref: 1 }), () => immediate(0, { signal: {} }), () => every('x').next()]) {
    await f().catch((e) => console.log(e.code, e.message));
  }
})();
