// Command gonode runs Node.js programs.
package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/runtime"
)

func main() { os.Exit(run(os.Args, os.Stdin, os.Stdout, os.Stderr)) }

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	iso, err := runtime.New(runtime.Options{Host: &bindings.Host{
		Args: args, Env: bindings.ProcessEnviron(), Stdin: stdin, Stdout: stdout, Stderr: stderr, OwnsProcess: true,
	}})
	if err != nil {
		fmt.Fprintln(stderr, "gonode:", err)
		return 1
	}
	defer iso.Close()
	code, err := iso.Run(context.Background())
	if err != nil {
		fmt.Fprintln(stderr, "gonode:", err)
		return 1
	}
	return code
}
