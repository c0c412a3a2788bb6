// exit: 1
function f() {
	throw "a\nb";
}
f();
