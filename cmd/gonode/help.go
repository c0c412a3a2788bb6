package main

import (
	"fmt"
	"io"
	"sort"

	"github.com/gonode/gonode/internal/options"
)

const usage = `Usage: gonode [options] [ script.js ] [arguments]

A script named - is read from standard input, which is also the default; without
a script on a terminal the REPL starts. -- ends the options.

  -c, --check                 parse the script, do not run it
  -C, --conditions=NAME       one more condition for package exports and imports
  -e, --eval=SCRIPT           run SCRIPT
      --env-file=FILE         set environment variables from FILE
  -h, --help                  print this text
  -i, --interactive           start the REPL
  -p, --print [SCRIPT]        run SCRIPT and print its result
  -r, --require=MODULE        load MODULE first
      --test                  run the tests
      --unhandled-rejections=MODE   strict, warn, none, throw, warn-with-error-code
  -v, --version               print the version of Node.js that this follows

The other options are Node's. Those that concern V8, OpenSSL, the inspector or
the permission model are accepted and change nothing:

`

func help(w io.Writer) {
	fmt.Fprint(w, usage)
	for i, n := range optionNames() {
		end := "  "
		if i%3 == 2 {
			end = "\n"
		}
		fmt.Fprintf(w, "%-42s%s", n, end)
	}
	fmt.Fprintln(w)
}

func optionNames() []string {
	var names []string
	options.All(func(o *options.Option) {
		n := "--" + o.Name
		switch {
		case o.Kind == options.Bool && o.On:
			n = "--no-" + o.Name
		case o.Kind == options.String || o.Kind == options.Int || o.Kind == options.List:
			n += "=..."
		}
		names = append(names, n)
	})
	sort.Strings(names)
	return names
}

func completion(w io.Writer) {
	fmt.Fprint(w, "_gonode_complete() {\n  local cur_word options\n  cur_word=\"${COMP_WORDS[COMP_CWORD]}\"\n"+
		"  if [[ \"${cur_word}\" == -* ]] ; then\n    COMPREPLY=( $(compgen -W '")
	for _, n := range optionNames() {
		fmt.Fprint(w, n, " ")
	}
	fmt.Fprint(w, "' -- \"${cur_word}\") )\n    return 0\n  else\n    COMPREPLY=( $(compgen -f \"${cur_word}\") )\n    return 0\n  fi\n}\n"+
		"complete -o filenames -o nospace -o bashdefault -F _gonode_complete gonode gonode_g\n")
}
