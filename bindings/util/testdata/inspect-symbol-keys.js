const u=require('util');
console.log({[Symbol('a')]:1,[Symbol()]:2,[Symbol("it's")]:3, [Symbol('a b')]:{[Symbol.iterator]:1}});
console.log([1,2,Object.assign([],{[Symbol('x')]:1,foo:2})]);
const o={};Object.defineProperty(o,Symbol('hid'),{value:1});Object.defineProperty(o,'hid2',{value:1}); console.log(u.inspect(o,{showHidden:true}));
console.log(u.inspect({[Symbol('a')]:1},{colors:true}), u.inspect(new Map([[Symbol('q'),Symbol('\n')]])));
console.log(u.formatWithOptions({numericSeparator:true},'%s %d %i %f %o %O',1234567,1234567,1234567,1234567.1234567,1234567,1234567, 1234567));
console.log(u.formatWithOptions({numericSeparator:true},'%s %d %i %f',1234567n,1234567n,1234567n,1234567n));
