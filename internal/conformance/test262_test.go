package conformance

import (
	"bytes"
	"context"
	"fmt"
	iofs "io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/compile"
	isolate "github.com/gonode/gonode/runtime"
)

// A test of tc39/test262: what its front matter says.
type test262 struct {
	name          string // below test/
	src           string
	strict, async bool
	module, raw   bool
	skip          bool
	includes      []string
	features      []string
	negative      string // the constructor's name
	negativePhase string
}

var (
	frontMatter = regexp.MustCompile(`(?s)/\*---(.*?)---\*/`)
	negativeRE  = regexp.MustCompile(`(?m)^negative:[ \t]*\n((?:[ \t]+.*\n?)+)`)
	phaseRE     = regexp.MustCompile(`phase:[ \t]*(\S+)`)
	typeRE      = regexp.MustCompile(`type:[ \t]*(\S+)`)
	listItemRE  = regexp.MustCompile(`(?m)^[ \t]*-[ \t]+(.*\S)`)
)

// frontList reads one list of the front matter, which is YAML of a simple kind.
func frontList(front, key string) []string {
	m := regexp.MustCompile(`(?m)^` + key + `:[ \t]*(.*(?:\n[ \t]+.*|\n[ \t]*)*)`).FindStringSubmatch(front)
	if m == nil {
		return nil
	}
	body := regexp.MustCompile(`#.*`).ReplaceAllString(m[1], "")
	if list, ok := strings.CutPrefix(strings.TrimSpace(body), "["); ok {
		list, _, _ = strings.Cut(list, "]")
		return strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune(", \t\r\n'\"", r) })
	}
	var out []string
	for _, it := range listItemRE.FindAllStringSubmatch(body, -1) {
		out = append(out, it[1])
	}
	return out
}

func parseTest262(name, src string) *test262 {
	t := &test262{name: name, src: src}
	m := frontMatter.FindStringSubmatch(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(src))
	if m == nil {
		return t
	}
	flags := frontList(m[1], "flags")
	has := func(f string) bool { return slices.Contains(flags, f) }
	t.strict, t.async, t.module, t.raw = has("onlyStrict"), has("async"), has("module"), has("raw")
	t.skip = has("CanBlockIsFalse")
	t.features = frontList(m[1], "features")
	if !t.raw {
		t.includes = []string{"assert.js", "sta.js"}
	}
	if t.async {
		t.includes = append(t.includes, "doneprintHandle.js")
	}
	for _, i := range frontList(m[1], "includes") {
		if !slices.Contains(t.includes, i) {
			t.includes = append(t.includes, i)
		}
	}
	if n := negativeRE.FindStringSubmatch(m[1]); n != nil {
		if p := typeRE.FindStringSubmatch(n[1]); p != nil {
			t.negative = p[1]
		}
		if p := phaseRE.FindStringSubmatch(n[1]); p != nil {
			t.negativePhase = p[1]
		}
	}
	return t
}

// outside are the features that are not part of ECMAScript 2025: proposals, and
// what only ECMA-402 or a browser has.
var outside = regexp.MustCompile(`^(Temporal|canonical-tz|ShadowRealm|decorators|source-phase-imports.*|import-defer|` +
	`export-defer|import-text|import-bytes|immutable-arraybuffer|nonextensible-applies-to-private|await-dictionary|` +
	`error-stack-accessor|Iterator\.prototype\.join|legacy-regexp|Intl\..*|IsHTMLDDA)$`)

// host262 is what runs one test inside an isolate.
type host262 struct {
	suite    string
	programs sync.Map // harness file → *goja.Program
}

const glue262 = `
'use strict';
const native = internalBinding('internal/test262');
process.on('unhandledRejection', () => {});
const { structuredClone } = globalThis;
function hide(o, name, value) {
  Object.defineProperty(o, name, { __proto__: null, value, writable: true, enumerable: false, configurable: true });
}
exports.runMain = function() {
  const host = {
    createRealm() {
      const vm = require('vm');
      const context = vm.createContext(vm.constants.DONT_CONTEXTIFY);
      const global = vm.runInContext('this', context);
      const other = { ...host, global, evalScript(source) { return vm.runInContext(String(source), context); } };
      hide(global, '$262', other);
      hide(global, 'print', native.print);
      return other;
    },
    detachArrayBuffer(buffer) {
      try { structuredClone(buffer, { transfer: [buffer] }); } catch (e) {
        try { new Uint8Array(buffer); } catch { return null; }
        throw e;
      }
      return null;
    },
    evalScript(source) { return native.evalScript(String(source)); },
    gc() {},
    global: globalThis,
    agent: {},
  };
  hide(globalThis, '$262', host);
  hide(globalThis, 'print', native.print);
  native.run();
};
`

type outcome struct {
	ok     bool
	detail string
}

func (h *host262) program(file string) (*goja.Program, error) {
	if p, ok := h.programs.Load(file); ok {
		return p.(*goja.Program), nil
	}
	src, err := os.ReadFile(filepath.Join(h.suite, "harness", file))
	if err != nil {
		return nil, err
	}
	p, err := compile.Script(file, string(src))
	if err == nil {
		h.programs.Store(file, p)
	}
	return p, err
}

// run runs one test in an isolate of its own.
func (h *host262) run(t *test262, limit time.Duration) outcome {
	var printed, errs bytes.Buffer
	phase, thrown := "", ""
	src := t.src
	if t.strict {
		src = "\"use strict\";\n" + src
	}
	fail := func(at string, v goja.Value) {
		phase, thrown = at, "?"
		if o, ok := v.(*goja.Object); ok {
			if c, ok := o.Get("constructor").(*goja.Object); ok {
				thrown = c.Get("name").String()
			}
		}
		panic(v)
	}
	native := func(env bindings.Env) *goja.Object {
		vm := env.VM()
		o := vm.NewObject()
		_ = o.Set("print", func(c goja.FunctionCall) goja.Value {
			printed.WriteString(c.Argument(0).String() + "\n")
			return goja.Undefined()
		})
		_ = o.Set("evalScript", func(c goja.FunctionCall) goja.Value {
			p, err := compile.Script("evalScript.js", c.Argument(0).String())
			if err != nil {
				panic(syntaxError(vm, err))
			}
			v, err := vm.RunProgram(p)
			if err != nil {
				panic(err)
			}
			return v
		})
		_ = o.Set("run", func(goja.FunctionCall) goja.Value {
			for _, inc := range t.includes {
				p, err := h.program(inc)
				if err != nil {
					phase, thrown = "harness", inc
					panic(vm.NewGoError(err))
				}
				if _, err := vm.RunProgram(p); err != nil {
					phase, thrown = "harness", inc
					panic(err)
				}
			}
			p, err := compile.Script(filepath.Join(h.suite, "test", t.name), src)
			if err != nil {
				fail("parse", syntaxError(vm, err))
			}
			if _, err := vm.RunProgram(p); err != nil {
				if ex, ok := err.(*goja.Exception); ok {
					fail("runtime", ex.Value())
				}
				panic(err)
			}
			return nil
		})
		return o
	}
	iso, err := isolate.New(isolate.Options{
		Host: &bindings.Host{Args: []string{"gonode", "test262"}, Env: bindings.NewEnviron([]string{"TZ=America/Los_Angeles"}), Stdout: &printed, Stderr: &errs},
		Modules: []bindings.Module{{Name: "internal/test262", JS: fstest.MapFS{"t.js": {Data: []byte(glue262)}}, File: "t.js",
			Native: native}},
		Main: "internal/test262",
	})
	if err != nil {
		return outcome{false, err.Error()}
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	code, err := iso.Run(ctx)
	iso.Close()
	detail := strings.TrimSpace(errs.String())
	switch {
	case err != nil:
		return outcome{false, "timeout"}
	case t.negative != "":
		ok := code != 0 && thrown == t.negative && (phase == "runtime" || phase == "parse")
		if t.negativePhase == "runtime" && phase != "runtime" {
			ok = false
		}
		return outcome{ok, fmt.Sprintf("want %s %s, got %s %s\n%s", t.negativePhase, t.negative, phase, thrown, detail)}
	case code != 0 || phase != "":
		return outcome{false, detail}
	case t.async:
		out := printed.String()
		return outcome{strings.Contains(out, "Test262:AsyncTestComplete") && !strings.Contains(out, "Test262:AsyncTestFailure"), out + detail}
	}
	return outcome{ok: true}
}

func syntaxError(vm *goja.Runtime, err error) *goja.Object {
	msg := err.Error()
	if se, ok := err.(*compile.SyntaxError); ok {
		msg = se.Message
	}
	o, nerr := vm.New(vm.Get("SyntaxError"), vm.ToValue(msg))
	if nerr != nil {
		panic(nerr)
	}
	return o
}

// failureList is what the list of expected failures says.
type failureList struct {
	names map[string]bool
	some  *regexp.Regexp // tests of which some fail
}

// expectedFailures reads the list: a name a line, groups headed by # reason.
func expectedFailures(t *testing.T) failureList {
	text, err := os.ReadFile("../../testdata/test262/expected-failures.txt")
	if err != nil {
		t.Fatal(err)
	}
	out := failureList{names: map[string]bool{}}
	var some []string
	for line := range strings.Lines(string(text)) {
		switch line = strings.TrimSpace(line); {
		case line == "" || line[0] == '#':
		case strings.Contains(line, "*"):
			some = append(some, strings.ReplaceAll(regexp.QuoteMeta(line), `\*`, ".*"))
		default:
			out.names[line] = true
		}
	}
	out.some = regexp.MustCompile("^(?:" + strings.Join(some, "|") + ")$")
	return out
}

// TestTest262 runs tc39/test262 from the folder in $TEST262. Without the
// folder it is skipped. $TEST262_ONLY is a regular expression of the tests'
// names, $TEST262_EVERY=10 takes every tenth, $TEST262_LOG names a file for
// each failure's output. Tests that fail must stand in
// testdata/test262/expected-failures.txt, and those named there must fail.
//
// Modules are left out: they need files beside them. So are intl402, staging,
// and the features of proposals.
func TestTest262(t *testing.T) {
	suite := os.Getenv("TEST262")
	if suite == "" {
		t.Skip("TEST262 does not name the suite's folder")
	}
	only := regexp.MustCompile(os.Getenv("TEST262_ONLY"))
	every, _ := strconv.Atoi(os.Getenv("TEST262_EVERY"))
	every = max(every, 1)
	var log *os.File
	if name := os.Getenv("TEST262_LOG"); name != "" {
		f, err := os.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		log = f
	}
	expected := expectedFailures(t)
	root := filepath.Join(suite, "test")
	var names []string
	for _, top := range []string{"annexB", "built-ins", "harness", "language"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(path string, d iofs.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(path, ".js") && !strings.Contains(path, "_FIXTURE") {
				rel, _ := filepath.Rel(root, path)
				names = append(names, filepath.ToSlash(rel))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(names)
	h := &host262{suite: suite}
	type folder struct{ ran, passed int }
	folders := map[string]*folder{}
	var mu sync.Mutex
	work := make(chan *test262)
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	if n, err := strconv.Atoi(os.Getenv("TEST262_JOBS")); err == nil {
		workers = n
	}
	for range workers {
		wg.Go(func() {
			for tt := range work {
				if log != nil {
					_ = os.WriteFile(log.Name()+".current", []byte(tt.name), 0o644)
				}
				res := h.run(tt, 20*time.Second)
				mu.Lock()
				parts := strings.SplitN(tt.name, "/", 3)
				f := folders[parts[0]+"/"+parts[1]]
				if f == nil {
					f = &folder{}
					folders[parts[0]+"/"+parts[1]] = f
				}
				f.ran++
				if res.ok {
					f.passed++
				}
				switch {
				case res.ok && expected.names[tt.name]:
					t.Errorf("%s passes now: take it off the list", tt.name)
				case !res.ok && !expected.names[tt.name] && !expected.some.MatchString(tt.name):
					t.Errorf("%s", tt.name)
				}
				if !res.ok && log != nil {
					fmt.Fprintf(log, "== %s\n%s\n", tt.name, strings.TrimSpace(res.detail))
				}
				mu.Unlock()
			}
		})
	}
	for i, name := range names {
		if i%every != 0 || !only.MatchString(name) {
			continue
		}
		src, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		tt := parseTest262(name, string(src))
		if tt.module || tt.skip || slices.ContainsFunc(tt.features, outside.MatchString) {
			continue
		}
		work <- tt
	}
	close(work)
	wg.Wait()
	var keys []string
	total := folder{}
	for k, f := range folders {
		keys = append(keys, k)
		total.ran += f.ran
		total.passed += f.passed
	}
	slices.Sort(keys)
	for _, k := range keys {
		t.Logf("%-45s %5d of %5d", k, folders[k].passed, folders[k].ran)
	}
	t.Logf("%-45s %5d of %5d (%.1f %%)", "all", total.passed, total.ran, 100*float64(total.passed)/float64(max(total.ran, 1)))
}
