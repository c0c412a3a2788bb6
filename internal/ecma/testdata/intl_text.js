// Plurals, relative times, lists, names, durations, tags, segments, collation, case.
const out=[]; const L=['en-US','de','es','pl'];
const j=(k,f)=>{let s; try{s=f(); if(typeof s!=='string') s=JSON.stringify(s)}catch(e){s=e.name+': '+e.message} out.push(k+' '+s)};
for(const l of L){
 for(const type of ['cardinal','ordinal']) { const p=new Intl.PluralRules(l,{type}); j(l+' cat '+type,()=>p.resolvedOptions());
  for(const n of [0,1,2,3,4,5,6,7,8,9,10,11,12,13,20,21,22,23,100,101,102,111,1.5,1.0,0.5,1000000,2000000,-1,NaN,Infinity]) j(l+' plural '+type+' '+n,()=>p.select(n));
  j(l+' range',()=>p.selectRange(0,1)+p.selectRange(1,2)+p.selectRange(5,10)); }
 for(const numeric of ['always','auto']) for(const style of ['long','short','narrow']) { const f=new Intl.RelativeTimeFormat(l,{numeric,style});
  for(const u of ['second','minute','hour','day','week','month','quarter','year','days']) for(const n of [-2,-1,-0,0,1,2,5,1000,-1.5]) { j([l,numeric,style,u,Object.is(n,-0)?'-0':n].join(' '),()=>f.format(n,u)); }
  j(l+' rtf parts',()=>f.formatToParts(-1234.5,'day')); j(l+'p',()=>f.formatToParts(1,'day')); j(l,()=>f.resolvedOptions()); }
 for(const type of ['conjunction','disjunction','unit']) for(const style of ['long','short','narrow']) { const f=new Intl.ListFormat(l,{type,style});
  for(const a of [[],['a'],['a','b'],['a','b','c'],['a','b','c','d'],['Italia','inglés'],['ocho','once','8']]) j([l,type,style,a].join(' '),()=>f.format(a)); j(l,()=>f.formatToParts(['x','y','z'])); j(l,()=>f.resolvedOptions()) }
 for(const style of ['long','short','narrow']) { for(const languageDisplay of ['dialect','standard']) { const f=new Intl.DisplayNames(l,{type:'language',style,languageDisplay}); for(const c of ['en','fr','de','zh-Hans','zh-Hant-TW','pt-BR','en-US','en-GB','es-419','sr-Latn-BA','xx','nl-BE','ja-Latn','de-CH-1996']) j([l,style,languageDisplay,c].join(' '),()=>f.of(c)); }
  const g=(type,cs)=>{const f=new Intl.DisplayNames(l,{type,style}); for(const c of cs) j([l,type,style,c].join(' '),()=>f.of(c)); j(l,()=>f.resolvedOptions())};
  g('region',['US','DE','419','UN','GB','HK','ZZ','XX']); g('script',['Latn','Cyrl','Hans','Arab','Zzzz']); g('currency',['USD','EUR','JPY','XXX','ABC']); g('calendar',['gregory','japanese','roc','foo-bar']); g('dateTimeField',['era','year','quarter','month','weekOfYear','weekday','day','dayPeriod','hour','minute','second','timeZoneName']); }
 for(const o of [undefined,{style:'long'},{style:'narrow'},{style:'digital'},{style:'short',hours:'numeric'},{fractionalDigits:2,style:'digital'},{style:'long',hoursDisplay:'always'},{milliseconds:'numeric'}]) { const f=new Intl.DurationFormat(l,o); for(const d of [{hours:1,minutes:2,seconds:3},{years:1,months:2,days:3},{seconds:1},{hours:10,seconds:5,milliseconds:123},{minutes:-5,seconds:-3},{weeks:2,hours:0},{microseconds:1234,nanoseconds:5},{years:1,months:2,weeks:3,days:4,hours:5,minutes:6,seconds:7,milliseconds:8,microseconds:9,nanoseconds:10}]) {j([l,JSON.stringify(o),JSON.stringify(d)].join(' '),()=>f.format(d));j(l+' dparts',()=>f.formatToParts(d).map(p=>p.type+(p.unit?'/'+p.unit:'')+':'+p.value).join('|'))} j(l,()=>f.resolvedOptions()); }
}
for(const t of ['en','en-us','EN-latn-us','zh-TW','sr','de-u-co-phonebk-kn','en-u-hc-h12-ca-buddhist','iw','no','sh','zh-guoyu','hy-arevela','en-t-de-m0-true','und','xx-YY','en-u-ca-islamicc','en-a-bb-x-cc','sgn-BR','ja-Latn-hepburn-heploc','en-840','ru-SU','de-1996-1901','fr-u-rg-gbzzzz','mo','sl-rozaj-biske-1994']) {
 j('canon '+t,()=>Intl.getCanonicalLocales(t)); j('loc '+t,()=>{const l=new Intl.Locale(t);return [l.toString(),l.baseName,l.language,l.script,l.region,l.calendar,l.collation,l.hourCycle,l.caseFirst,l.numeric,l.numberingSystem,l.maximize()+'',l.minimize()+'',l.getCalendars(),l.getHourCycles(),l.getNumberingSystems(),l.getTextInfo(),l.getWeekInfo()]});
 for(const s of ['NumberFormat']) j(s+' '+t,()=>Intl[s].supportedLocalesOf(t)+' '+new Intl[s](t).resolvedOptions().locale); }
j('opt',()=>new Intl.Locale('en',{region:'gb',calendar:'buddhist',numeric:true,hourCycle:'h11',script:'latn',collation:'emoji',numberingSystem:'arab',caseFirst:'upper',language:'de',firstDayOfWeek:1})+'');
const g=(l,gr,s)=>j(['seg',l,gr,s].join(' '),()=>[...new Intl.Segmenter(l,{granularity:gr}).segment(s)].map(x=>x.segment+(x.isWordLike===undefined?'':x.isWordLike?'+':'-')).join('|'));
for(const s of ['Hello, world! How are you? I am 3.5 years.','e\u0301👨‍👩‍👧‍👦🇩🇪🇫🇷x','can\'t stop_it 1,234.56 foo.bar a-b','"Hi." He said. "Yes!" Mr. Smith went.','a\r\nb\n\nc','привет мир. как дела?','']) for(const gr of ['grapheme','word','sentence']) g('en',gr,s);
j('containing',()=>new Intl.Segmenter('en',{granularity:'word'}).segment('foo bar').containing(5));
const words=['a','A','b','B','ä','Ä','z','Z','é','e','E','ñ','n','o','ö','ø','å','1','2','10','a1','a10','a2','_','-',' ','ab','a b','a-b','coop','co-op','résumé','resume','Resume','ß','ss','я','Я','а','中','文','😀','$','€','!','?','.','Æ','ae','th','þ','ı','i','I','İ','ch','c','cz','ll','lz','œ','oe'];
for(const l of ['en',...L.filter(x=>x!=='en-US')]) for(const o of [undefined,{numeric:true},{sensitivity:'base'},{sensitivity:'accent'},{caseFirst:'upper'},{caseFirst:'lower'},{ignorePunctuation:true}]) { const c=new Intl.Collator(l,o); j(l+' sort '+JSON.stringify(o),()=>[...words].sort(c.compare).map((w,i,a)=>(i&&c.compare(a[i-1],w)===0?'=':' ')+w).join('')); j(l,()=>c.resolvedOptions()); }
j('case',()=>['i'.toLocaleUpperCase('tr'),'I'.toLocaleLowerCase('tr'),'İ'.toLocaleLowerCase('az'),'ì'.toLocaleUpperCase('lt'),'Ì'.toLocaleLowerCase('lt'),'ß'.toLocaleUpperCase(),'ά'.toLocaleUpperCase('el'),'Σας ΟΣ'.toLocaleLowerCase()]);
j('lc',()=>['a'.localeCompare('b'),'a'.localeCompare('A'),'ä'.localeCompare('z','sv'),'ä'.localeCompare('z','de'),'a'.localeCompare('á',undefined,{sensitivity:'base'}),['b','a','C','A'].sort((x,y)=>x.localeCompare(y))]);
j('arr',()=>[[1234.5,new Date(0)].toLocaleString('de',{timeZone:'UTC'}),new Float64Array([1234.5,2]).toLocaleString('de'),[1,null,undefined,'x'].toLocaleString()]);
for(const k of ['numberingSystem','unit']) j('values '+k,()=>Intl.supportedValuesOf(k));
console.log(out.join('\n'));
