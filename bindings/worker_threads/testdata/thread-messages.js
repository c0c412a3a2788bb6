// postMessageToThread: delivery, and each way in which it fails.
const { Worker, postMessageToThread, threadId, MessageChannel } = require('worker_threads');
const show = (p) => p.then((v) => console.log('sent', v), (e) => console.log(e.name, e.code, e.message));
const answer = new Promise((resolve) => process.on('workerMessage', (m, source) => resolve([m, source > 0])));
const start = (source) => new Promise((resolve) => {
  const w = new Worker(`const t = require('worker_threads'); ${source}; t.parentPort.postMessage('up');`, { eval: true });
  w.once('message', () => resolve(w));
});
(async () => {
  await show(postMessageToThread(threadId, 1));
  await show(postMessageToThread(1e9, 1));
  await show(postMessageToThread(1, 1, [], -1));
  const quiet = await start('t.parentPort.on("message", () => {})');
  await show(postMessageToThread(quiet.threadId, 1));
  await quiet.terminate();
  await show(postMessageToThread(quiet.threadId, 1));
  const bad = await start('process.on("workerMessage", () => { throw new Error("no"); }); t.parentPort.on("message", () => {})');
  await show(postMessageToThread(bad.threadId, 1));
  await bad.terminate();
  const good = await start(`process.on("workerMessage", (m, source) => { m.port.postMessage([source, m.text]); m.port.close();
    t.postMessageToThread(0, 'answer'); });`.replace(/\n/g, ' ') + ' t.parentPort.on("message", () => t.parentPort.close())');
  const { port1, port2 } = new MessageChannel();
  // These three come in any order.
  const message = new Promise((resolve) => port1.on('message', resolve));
  const closed = new Promise((resolve) => port1.on('close', resolve));
  await show(postMessageToThread(good.threadId, { port: port2, text: 'hi' }, [port2]));
  console.log(await message);
  console.log('main has', ...await answer);
  await closed;
  good.postMessage('end');
  const stuck = await start('Atomics');
  stuck.terminate();
})();
