(async()=>{ const rs=new ReadableStream({start(c){c.enqueue('a');c.enqueue({b:1});c.close()}});
const r2=structuredClone(rs,{transfer:[rs]}); console.log(rs.locked, r2); for await (const v of r2) console.log(v);
const out=[]; const ws=new WritableStream({write(c){out.push(c)},close(){out.push('closed')}}); const w2=structuredClone(ws,{transfer:[ws]}); const w=w2.getWriter(); await w.write(1); await w.write(2); await w.close(); await new Promise(r=>setTimeout(r,20)); console.log(out);
try{ structuredClone(new ReadableStream()) }catch(e){console.log(e.name,e.message)}
const l=new ReadableStream(); l.getReader(); try{ structuredClone(l,{transfer:[l]}) }catch(e){console.log(e.name,e.message)}
const ts=new TransformStream({transform(c,k){k.enqueue(c*2)}}); const t2=structuredClone(ts,{transfer:[ts]}); const tw=t2.writable.getWriter(); tw.write(21); console.log(await t2.readable.getReader().read());
})();
