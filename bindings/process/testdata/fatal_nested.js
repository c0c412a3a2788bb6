// exit: 1
function a() { b(); }
function b() { null.foo; }
a();
