'use strict';
function f() { return f(); }
try { f(); } catch (e) { console.log(e instanceof RangeError, e.message); }
(async () => { await null; try { f(); } catch (e) { console.log('async', e.message); } })();
setTimeout(() => { try { [1].map(function g() { return [1].map(g); }); } catch (e) { console.log('native', e.message); } }, 1);
process.nextTick(() => { try { f(); } catch (e) { console.log('tick', e.message); } });
