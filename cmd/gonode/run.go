package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/gonode/gonode/bindings"
)

// A shellRun is what --run starts: a script of the nearest package.json, in its folder.
type shellRun struct {
	file, dir, name, command string
	path                     []string // the node_modules/.bin around
}

// runScript is --run: it returns the exit code of the script's shell.
func runScript(name string, args []string, env *bindings.Environ, stdin io.Reader, stdout, stderr io.Writer) int {
	r, err := findScript(name)
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 1
	}
	for _, a := range args {
		r.command += " " + quoteArgument(a)
	}
	shell := []string{"/bin/sh", "-c", r.command}
	if runtime.GOOS == "windows" {
		shell = []string{"cmd.exe", "/d", "/s", "/c", r.command}
	}
	if dir := strings.Join(r.path, string(os.PathListSeparator)); dir != "" {
		old, _ := env.Get("PATH")
		env.Set("PATH", dir+string(os.PathListSeparator)+old)
	}
	env.Set("NODE_RUN_SCRIPT_NAME", r.name)
	env.Set("NODE_RUN_PACKAGE_JSON_PATH", r.file)
	cmd := exec.Command(shell[0], shell[1:]...)
	cmd.Dir = r.dir
	cmd.Stdin, cmd.Stdout, cmd.Stderr = stdin, stdout, stderr
	for _, k := range env.Keys() {
		v, _ := env.Get(k)
		cmd.Env = append(cmd.Env, k+"="+v)
	}
	err = cmd.Run()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit) && exit.ExitCode() >= 0:
		return exit.ExitCode()
	case err != nil && !errors.As(err, &exit):
		fmt.Fprintln(stderr, err)
		return 1
	}
	return signalCode(cmd.ProcessState)
}

// findScript looks for the script from the working directory upwards.
func findScript(name string) (*shellRun, error) {
	cwd, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	r := &shellRun{name: name}
	var text []byte
	for dir := cwd; ; dir = filepath.Dir(dir) {
		if bin := filepath.Join(dir, "node_modules", ".bin"); isDir(bin) {
			r.path = append(r.path, bin)
		}
		if r.file == "" {
			file := filepath.Join(dir, "package.json")
			if text, err = os.ReadFile(file); err == nil {
				r.file, r.dir = file, dir
			}
		}
		if filepath.Dir(dir) == dir {
			break
		}
	}
	if r.file == "" {
		//lint:ignore ST1005 Node's texts
		return nil, fmt.Errorf("Can't find package.json for directory %s", cwd)
	}
	scripts, err := packageScripts(text)
	switch {
	case errors.Is(err, errNoScripts):
		//lint:ignore ST1005 Node's texts
		return nil, fmt.Errorf("Can't find \"scripts\" field in %s", r.file)
	case err != nil:
		//lint:ignore ST1005 Node's texts
		return nil, fmt.Errorf("Can't parse %s", r.file)
	}
	var known []string
	for _, s := range scripts {
		text, isText := s.command.(string)
		switch {
		case s.name == name && isText:
			r.command = text
			return r, nil
		case s.name == name:
			//lint:ignore ST1005 Node's texts
			return nil, fmt.Errorf("Script %q is unexpectedly malformed for %s", name, r.file)
		case isText:
			known = append(known, "  "+s.name+": "+text)
		}
	}
	list := ""
	if len(known) > 0 {
		list = "\n\nAvailable scripts are:\n" + strings.Join(known, "\n")
	}
	//lint:ignore ST1005 Node's texts
	return nil, fmt.Errorf("Missing script: %q for %s%s", name, r.file, list)
}

type packageScript struct {
	name    string
	command any
}

var errNoScripts = errors.New("no scripts")

// packageScripts reads the scripts of a package.json, in their order.
func packageScripts(text []byte) ([]packageScript, error) {
	var pkg struct {
		Scripts json.RawMessage `json:"scripts"`
	}
	if err := json.Unmarshal(text, &pkg); err != nil {
		return nil, err
	}
	d := json.NewDecoder(strings.NewReader(string(pkg.Scripts)))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, errNoScripts
	}
	var out []packageScript
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		var v any
		if err := d.Decode(&v); err != nil {
			return nil, err
		}
		out = append(out, packageScript{fmt.Sprint(key), v})
	}
	return out, nil
}

func isDir(name string) bool {
	s, err := os.Stat(name)
	return err == nil && s.IsDir()
}

// quoteArgument makes one word of the shell's of an argument.
func quoteArgument(s string) string {
	plain := func(r rune) bool {
		return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune("_-./", r)
	}
	if s != "" && !slices.ContainsFunc([]rune(s), func(r rune) bool { return !plain(r) }) {
		return s
	}
	if runtime.GOOS == "windows" {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
