'use strict';
// The bytes of V8's format.
const v8=require('v8');
const e = new RangeError('m', {cause: 5}); e.stack='st';
const e2 = new Error('x'); delete e2.stack; Object.defineProperty(e2,'stack',{value:undefined});
const vals = [undefined,null,true,false,0,-1,1.5,-0,2**31,2**31-1,-(2**31),2**53,NaN,10n,-(2n**70n),0n,'abc','é','€uro','', 'a€',[1,2,3],[1,,3],[],{a:1,b:{c:2}},{1:2,'x':3, '4294967295': 1,'4294967294':1, '2147483648': 1},new Date(0),new Date(NaN),/a+/gimsuy,/x/y,new Map([[1,{a:1}]]),new Set([1,'a']),Object(true),Object(false),Object(5),Object('s'),Object(7n),new ArrayBuffer(3),new Uint8Array([1,2,3]),Buffer.from('hi'),new Float64Array([1.5]),new DataView(new ArrayBuffer(2)),e,e2, new BigInt64Array(1), Object.assign([1,2],{x:1}), Object.assign([,2],{x:1})];
const circ={}; circ.self=circ; vals.push(circ); const sh={}; vals.push([sh,sh]);
try { vals.push(new Float16Array(2)) } catch {}
vals.push(new AggregateError([1],'agg'));vals[vals.length-1].stack='S';
class Foo { x=1 }; vals.push(new Foo());
vals.push(Object.create(null)); vals.push(new (class E2 extends TypeError{})('sub')); vals[vals.length-1].stack='S';
for (const v of vals) { try { console.log(v8.serialize(v).toString('hex')) } catch (e) { console.log(e.name, e.message) } }
