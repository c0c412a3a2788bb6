'use strict';
console.log(/a.b/.test('a\rb'), /a.b/s.test('a\rb'), /a[.]b/.test('a\rb'), /a\.b/.test('a.b'), /a.b/.source, new RegExp('a.b').source, new RegExp('a.b').test('a\u2028b'), RegExp('^.$').test('\n'), 'x\r\ny'.match(/.+/)[0].length, /./.toString());
console.log(/\p{Lu}/u.source, new RegExp('\\p{Lu}+','u').exec('aÄB')[0], new RegExp('\\p{Lu}','u').source, new RegExp(/a.c/,'i').source, new RegExp(/a.c/,'i').test('A\rC'), new RegExp(/x/g).flags, RegExp(/y/).source);
console.log(RegExp.escape('foo.bar'), RegExp.escape('a-b c/\u2028é\n'), RegExp.escape('1'), 'a.b'.replace(new RegExp(RegExp.escape('.')),'!'));
class A extends RegExp {}; console.log(new A('x.y') instanceof A, new A('x.y'), 'a1b2'.split(/\d/), [...'a1b2'.matchAll(/.\d/g)].length, 'x'.replace(/./g,'y'));
try { new RegExp('(') } catch (e) { console.log(String(e)) } try { new RegExp('(.') } catch (e) { console.log(String(e)) } try { new RegExp('.','gg') } catch (e) { console.log(String(e)) }
console.log(new RegExp('\n').source, new RegExp('').source, new RegExp('/').source, String(new RegExp('[.]/.')));
function f(){ return class { static x = /q.r/; m() { return () => /s.t/u } } } console.log(f().x.test('q\rr'), new (f())().m()().test('s\rt'), (()=>/[^.]./.exec('a\r'))());
const ab=new ArrayBuffer(8); new Uint8Array(ab)[0]=7; const a2=ab.transfer(); const a3=a2.transfer(4); console.log(ab.detached, a2.detached, a3.byteLength, new Uint8Array(a3)[0], ArrayBuffer.prototype.transfer.length); try { ab.transfer() } catch (e) { console.log(String(e)) } try { new SharedArrayBuffer(8).constructor; ArrayBuffer.prototype.transfer.call(new SharedArrayBuffer(8)) } catch (e) { console.log(e.name) }
console.log(/[/]x\//.source, String(/[/]\//g), new RegExp('[/]/\\/').source);
