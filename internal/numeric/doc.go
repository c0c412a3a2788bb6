// Package numeric compiles purely numeric functions to machine code.
//
// goja interprets; a call costs it some 150 ns where compiled code needs 3. A
// function that recurses or loops over numbers, and does nothing else, is
// found in the syntax tree, translated to a WebAssembly module, and run by
// wazero's compiler once it has proved hot:
//
//	function fibonacci(n) {
//	  if (n <= 1) return n;
//	  return fibonacci(n - 1) + fibonacci(n - 2);
//	}
//
// What qualifies: a function declaration, or a const function, at the top
// level of a CommonJS module, whose parameters are plain names, whose body uses
// only its parameters, its own let, const and var, numbers, arithmetic,
// comparison, bitwise and logical operators, if, the loops, return, and calls
// to itself; whose every path returns a number; and whose name the module
// neither assigns nor passes where it could be assigned. Every value is a
// double, so the results are exactly JavaScript's. A call with anything but
// numbers falls through to the interpreter, as does one that runs out of
// stack, which then throws the RangeError that it should.
//
// Nothing of this can be observed but the time: such a function calls nobody
// and changes nothing.
package numeric
