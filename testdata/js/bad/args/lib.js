// gonode: helper
'use strict';
// Calls functions with a fixed set of bad values in each place, and prints
// what each answers: one line for all values that get the same answer.

const fs = require('fs');
const { inspect, types } = require('util');

// The calls on which Node 24 itself aborts, as label → place → values.
const aborts = require('./aborts.json');

class Foo {}
const revoked = () => {
  const r = Proxy.revocable({}, {});
  r.revoke();
  return r.proxy;
};

// Made anew for each call: some functions keep or change what they get.
const values = [
  ['undefined', () => undefined],
  ['null', () => null],
  ['true', () => true],
  ['NaN', () => NaN],
  ['Infinity', () => Infinity],
  ['-1', () => -1],
  ['1.5', () => 1.5],
  ['2**31', () => 2 ** 31],
  ['2**32', () => 2 ** 32],
  ['2**53', () => 2 ** 53],
  ['1n', () => 1n],
  ["''", () => ''],
  ["'\\0'", () => '\0'],
  ["'no/zz'", () => 'no/zz'],
  ['{}', () => ({})],
  ['[]', () => []],
  ['[1]', () => [1]],
  ['symbol', () => Symbol('s')],
  ['fn', () => function f() {}],
  ['Foo', () => new Foo()],
  ['bare', () => Object.create(null)],
  ['toString', () => ({ toString() { throw new Error('from toString'); } })],
  ['getters', () => new Proxy({}, { get(t, k) { throw new Error('from get ' + String(k)); }, has() { throw new Error('from has'); } })],
  ['revoked', revoked],
];

const separated = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, '_');

// A validator that names what it got, for every value alike.
const received = new Map(values.map(([name, make]) => {
  try { require('path').join(make()); } catch (e) { return [name, /Received .*$/s.exec(e.message)?.[0]]; }
  return [name, name];
}));
// A plain string is no error there.
for (const [name, make] of values) {
  if (typeof make() === 'string') {
    try { new (require('events'))().on('x', make()); } catch (e) { received.set(name, /Received .*$/s.exec(e.message)?.[0]); }
  }
}

// mask takes out of a message what only says which value it was.
function mask(message, name, make) {
  const at = message.lastIndexOf('Received ');
  if (at < 0) return message;
  const got = message.slice(at);
  const head = message.slice(0, at);
  if (got === received.get(name)) return head + 'Received <type>';
  let value;
  try { value = inspect(make()); } catch { return message; }
  if (got === 'Received ' + value) return head + 'Received <value>';
  if (typeof make() === 'number' && got === 'Received ' + separated(make())) return head + 'Received <separated>';
  return message;
}

const tidies = [[__dirname, '<dir>'], [process.cwd(), '<cwd>']];
function tidy(from, to) { tidies.push([from, to]); }
function clean(s) {
  for (const [from, to] of tidies) s = s.replaceAll(from, to);
  return s.replace(/(mkdtemp '.*).{6}'/, "$1XXXXXX'");
}

function describe(err, name, make) {
  if (err === null || typeof err !== 'object' || types.isProxy(err)) return 'throws ' + clean(inspect(err));
  let s = err.name;
  if (err.code !== undefined) s += ' ' + String(err.code);
  if (err.syscall !== undefined) s += ' ' + err.syscall;
  const message = mask(String(err.message), name, make);
  // What the engine says is not Node's to promise.
  if (err.code === undefined && /^(Type|Reference|Syntax)Error$/.test(err.name)) return s;
  // Nor which property is read first.
  if (message.startsWith('from get ')) return 'from get';
  return clean(s + ': ' + message);
}

let settle = null;
process.on('uncaughtException', (err) => {
  if (settle) settle(['uncaught', err]);
  else console.log('between calls:', clean(String(err?.message))); // a mistake of the script
});
process.on('beforeExit', () => { if (settle) setImmediate(() => settle?.(['silent'])); });

const CB = Symbol('callback');

// call answers ['ok', value], ['throws', err], ['calls', args], ['rejects', err],
// ['uncaught', err], ['emits', err], or ['silent'] when the loop ran empty.
function call(fn, self, args, { keep, wait } = {}) {
  return new Promise((resolve) => {
    let waits = false;
    let result;
    const mine = (outcome) => {
      // A function that calls back although it threw, or calls back twice.
      if (settle !== mine) return console.log('again:', outcome[0], outcome[1] ? describe(outcome[1], '', () => {}) : '');
      settle = null;
      keep?.(result);
      resolve(outcome);
    };
    settle = mine;
    for (let i = 0; i < args.length; i++) {
      if (args[i] === CB) {
        waits = true;
        args[i] = (...got) => mine(got[0] ? ['calls', got[0]] : ['calls ok']);
      }
    }
    try {
      result = fn.apply(self, args);
    } catch (e) {
      mine(['throws', e]);
      return;
    }
    if (types.isPromise(result)) {
      result.then((v) => { result = v; mine(['ok']); }, (e) => mine(['rejects', e]));
    } else if (wait && typeof result?.on === 'function') {
      result.on('error', (e) => settle === mine && mine(['emits', e]));
      for (const name of ['close', 'open', 'listening', 'connect', 'response', 'exit']) result.on(name, () => settle === mine && mine(['ok']));
    } else if (!waits) {
      mine(['ok']);
    }
  });
}

// sweep calls fn with the bad values in each place of what make returns, and
// with too few of its arguments. keep gets each result, to close it; wait
// says that a result is an emitter whose first event is the answer.
async function sweep(label, fn, make, { self, keep, wait, skip, places, short = true } = {}) {
  if (typeof fn !== 'function') {
    console.log(label + ' is no function');
    return;
  }
  const show = (place, groups) => {
    for (const [text, names] of groups) console.log(`${label} ${place}: ${names.join(' ')} => ${text}`);
  };
  const answer = ([kind, err], name, make) => (err === undefined && kind !== 'throws' ? kind : kind + ' ' + describe(err, name, make));
  if (short) {
    const groups = new Map();
    const n = make().length;
    for (let k = 0; k < n; k++) {
      const text = answer(await call(fn, self?.(), make().slice(0, k), { keep, wait }), '', () => {});
      if (!groups.has(text)) groups.set(text, []);
      groups.get(text).push(k);
    }
    show('short', groups);
  }
  const n = make().length;
  for (let i = 0; i < n; i++) {
    if (places && !places.includes(i)) continue;
    const groups = new Map();
    for (const [name, value] of values) {
      if (skip?.(i, name) || aborts[label]?.[i]?.includes(name)) continue;
      if (process.env.BAD_TRACE) fs.writeSync(2, JSON.stringify([label, i, name]) + '\n');
      const args = make();
      args[i] = value();
      const text = answer(await call(fn, self?.(), args, { keep, wait }), name, value);
      if (!groups.has(text)) groups.set(text, []);
      groups.get(text).push(name);
    }
    show(i, groups);
  }
}

// options sweeps the named properties of one object argument.
async function options(label, fn, make, place, names, opts = {}) {
  for (const name of names) {
    const groups = new Map();
    for (const [vname, value] of values) {
      if (opts.skip?.(name, vname) || aborts[label]?.[name]?.includes(vname)) continue;
      if (process.env.BAD_TRACE) fs.writeSync(2, JSON.stringify([label, name, vname]) + '\n');
      const args = make();
      args[place] = { ...args[place], [name]: value() };
      const [kind, err] = await call(fn, opts.self?.(), args, opts);
      const text = err === undefined && kind !== 'throws' ? kind : kind + ' ' + describe(err, vname, value);
      if (!groups.has(text)) groups.set(text, []);
      groups.get(text).push(vname);
    }
    for (const [text, names] of groups) console.log(`${label} {${name}}: ${names.join(' ')} => ${text}`);
  }
}

module.exports = { sweep, options, CB, tidy, values, received };
