for (const n of ['MySetThing','FooBARSet','Set2','Set_x','XSet','set','mySet','FOOSet','$Set','SetX','_Set','Foo_Set','1Set','MySetting','ASetting','MySet2','MySet_','SetsSet','ÄSet','ResetSet','XSetY','aSetB','Offset','OffSet', 'SetÄ', 'Set$','FSet1','Sets','SetSet','abcSetdefSet']) {
 const C={[n]:class extends Set{}}[n]; process.stdout.write(n+': '+require('util').inspect(new C([1]))+'\n');
}
const mk=(name,tag)=>{const C={[name]:class{get [Symbol.toStringTag](){return tag}}}[name]; return new C};
for (const [n,t] of [['Foo','FooBar'],['FooBar','Foo'],['FooBar','Bar'],['FooBar','bar'],['foobar','bar'],['Foo','foo'],['URL','URL'],['MyURL','URL'],['a.b','a'],['A1','A'],['XMLHttp','Http'],['XMLHttp','XML'],['Foo Bar','Bar']]) process.stdout.write(n+','+t+': '+require('util').inspect(mk(n,t))+'\n');
