'use strict';
// The arguments that a trap is given stay what they were.
const saved = [];
function target() {}
const p = new Proxy(target, {
  apply(t, self, args) { saved.push(args); },
  construct(t, args) { saved.push(args); return {}; },
});
const { proxy } = Proxy.revocable(target, { apply(t, self, args) { saved.push(args); } });
p(1, 2, 3);
new p(4, 5);
proxy(6);
Reflect.apply(p, null, [7, 8]);
(function(a, b, c, d) { return [a, b, c, d].map((x) => String(x) + x); })(7, 8, 9, 10);
console.log(saved, saved[0] !== saved[1], Array.isArray(saved[0]));
