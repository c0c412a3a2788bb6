// exit: 1
foo(

