console.log(typeof f, typeof g);
if (true) { function f() { return 1; } f = 5; }
console.log(typeof f, f());
{ let g = 1; { function g() {} } }
console.log(typeof g);
switch (1) { case 1: function s() { return 's'; } }
console.log(s());
if (0) function z() {} else function y() { return 'y'; }
console.log(typeof z, y());
(function (a) { { function a() {} } console.log(typeof a); })(1);
(function () { 'use strict'; { function st() {} } console.log(typeof st); })();
for (let i = 0; i < 2; i++) { function loop() { return i; } }
console.log(loop());
try { throw 1 } catch (e) { function e2() { return e; } }
console.log(e2(), e2.name, String(e2));
l: function lab() {}
console.log(typeof lab);
function* gen() { if (true) { function inGen() { return 'gen'; } } yield inGen(); }
console.log([...gen()]);
const arrow = (x) => { { let q = 1; { function q() {} } } { function w() { return x; } } return [typeof q, w()]; };
console.log(arrow(3));
class C { m() { { function inClass() {} } return typeof inClass; } }
console.log(new C().m());
