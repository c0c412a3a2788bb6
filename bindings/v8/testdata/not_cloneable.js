'use strict';
const v8 = require('v8');
for (const v of [()=>{}, Symbol('q'), new WeakMap, Promise.resolve(), new Proxy({}, {}), function named(){}, class A{}, new (class X { })().constructor, {a: ()=>1}, new WeakSet, (function(){return arguments})(1), new (require('events'))(), function*(){}(), new SharedArrayBuffer(4)]) { try { console.log(v8.serialize(v).toString('hex').slice(0,40)) } catch (e) { console.log(e.name, e.code, e.message, e.constructor.name) } }
