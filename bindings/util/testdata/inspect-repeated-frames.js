function f(n){ if(n==0) return new Error('x'); return f(n-1)}
const c=(l)=>{Error.stackTraceLimit=l; const s=require('util').inspect(f(20)); console.log(l, s.split('\n').length, /collapsed.*/.exec(s)?.[0])};
for (const l of [5,9,10,11,12,20]) c(l);
const mk=(a)=>{const e=new Error('z'); e.stack='Error: z\n'+a.split('').map(x=>`    at ${x} (/x/${x}.js:1:1)`).join('\n'); return require('util').inspect(e).split('\n').slice(1).map(x=>/at (\w)/.exec(x)?.[1]||x.trim()).join(' ')};
for (const a of ['abcdefghijkl','aabbccddeeffgghh','ababababababab','aaabaaabaaab','abcabcabcabcd','aabaabaabaab','abcdabcdefgh','abcdefgabcdefg','aaaabbbbccccdd','abababcabababc','aaaaaaaaaaaa','xabcabcyabcabcz','aabbaabbaabbcc','abcbcbcbcdefg','aababaababaababb']) console.log(a,'=>',mk(a));
