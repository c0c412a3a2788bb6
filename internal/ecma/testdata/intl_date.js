// Date formats: each component alone, the usual groups of them, all styles; parts and ranges.
const out=[];
const ds=[Date.UTC(2026,10,3,16,41,7,123),Date.UTC(2024,1,29,0,0,0,0),Date.UTC(1999,11,31,23,59,59,999),Date.UTC(2026,6,4,12,0,0),Date.UTC(2000,0,1,9,5,3,45)];
const C={weekday:['narrow','short','long'],era:['short','long','narrow'],year:['2-digit','numeric'],month:['2-digit','numeric','narrow','short','long'],day:['2-digit','numeric'],dayPeriod:['narrow','short','long'],hour:['2-digit','numeric'],minute:['2-digit','numeric'],second:['2-digit','numeric'],fractionalSecondDigits:[1,2,3],timeZoneName:['short','long','shortOffset','longOffset','shortGeneric','longGeneric'],hour12:[true,false],hourCycle:['h11','h12','h23','h24']};
let seed=12345; const rnd=n=>{seed=(seed*1103515245+12345)&0x7fffffff;return (seed>>8)%n};
const opts=[undefined];
for(const k in C) for(const v of C[k]) opts.push({[k]:v});
for(const a of ['full','long','medium','short',undefined]) for(const b of ['full','long','medium','short',undefined]) if(a||b) opts.push({dateStyle:a,timeStyle:b},{dateStyle:a,timeStyle:b,hour12:false});
const common=[['year','month'],['year','month','day'],['month','day'],['weekday','month','day'],['weekday','year','month','day'],['hour','minute'],['hour','minute','second'],['minute','second'],['year','month','day','hour','minute'],['weekday','hour','minute'],['hour','minute','timeZoneName'],['era','year'],['era','year','month','day'],['hour','dayPeriod'],['month','weekday'],['day','hour'],['second','fractionalSecondDigits'],['minute','second','fractionalSecondDigits'],['hour','minute','second','fractionalSecondDigits']];
for(const c of common) for(let i=0;i<8;i++){const o={}; for(const k of c) o[k]=C[k][rnd(C[k].length)]; if(rnd(4)===0&&o.hour) o.hour12=!!rnd(2); opts.push(o)}
const L=['en-US']; const zones=['UTC','America/New_York','Asia/Kolkata'];
for(const l of L) opts.forEach((o,i)=>{ let f; const q={timeZone:zones[i%3],...o}; try{f=new Intl.DateTimeFormat(l,q)}catch(e){out.push(l+' '+JSON.stringify(o)+' '+e);return}
 for(const d of (l==='en-US'?ds:ds.slice(0,2))) out.push(l+' '+JSON.stringify(q)+' '+d+' '+JSON.stringify(f.format(d)));
 out.push(l+' '+JSON.stringify(q)+' parts '+f.formatToParts(ds[0]).map(p=>p.type+':'+p.value).join('|'));
 const a=ds[0]; for(const b of [a,a+500,a+3600e3,a+7200e3*5,a+86400e3*3,a+86400e3*40,a+86400e3*400]) {let s; try{s=f.formatRange(a,b)}catch(e){s=e.message}; out.push(l+' '+JSON.stringify(q)+' range '+(b-a)+' '+JSON.stringify(s));}
 // V8 takes letters of quoted words for fields there.
 if(!f.format(a).includes('(')) out.push(l+' '+JSON.stringify(f.resolvedOptions()));
});
console.log(out.join('\n'));
