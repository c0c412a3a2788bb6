package numeric

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
)

// eval runs a module's text as the wrapper does and returns what it exports as
// `out`, with and without the compiler.
func eval(t *testing.T, src string, rewrite bool) (string, *Engine) {
	t.Helper()
	vm := goja.New()
	e := New(vm, func() bool { return false })
	t.Cleanup(e.Close)
	_ = vm.GlobalObject().Set(Hook, e.Call)
	prog, err := parser.ParseFile(nil, "x.js", "(function(out){"+src+"\n})", 0)
	if err != nil {
		t.Fatal(err)
	}
	if rewrite {
		Rewrite(prog, src)
	}
	p, err := goja.CompileAST(prog, false)
	if err != nil {
		t.Fatal(err)
	}
	v, err := vm.RunProgram(p)
	if err != nil {
		t.Fatal(err)
	}
	fn, _ := goja.AssertFunction(v)
	var b strings.Builder
	out := vm.ToValue(func(c goja.FunctionCall) goja.Value {
		for _, a := range c.Arguments {
			fmt.Fprintf(&b, "%s %v;", a, a.ExportType())
		}
		return nil
	})
	if _, err := fn(goja.Undefined(), out); err != nil {
		fmt.Fprint(&b, err.Error()[:20])
	}
	return b.String(), e
}

var qualify = map[string]string{
	"fib":       `function fib(n) { if (n <= 1) return n; return fib(n - 1) + fib(n - 2); } out(fib(20), fib(1.5), fib("7"), fib(-0));`,
	"arrow":     `const fib = n => n < 2 ? n : fib(n - 1) + fib(n - 2); out(fib(18));`,
	"sum":       `function sum(n) { let s = 0; for (let i = 1; i <= n; i++) { if (i % 3 === 0) continue; if (i > 900) break; s += i; } return s; } for (let k = 0; k < 400; k++) sum(k); out(sum(1000), sum(NaN), sum(), sum(null));`,
	"collatz":   `function collatz(n) { let c = 0; while (n !== 1) { n = n % 2 === 0 ? n / 2 : 3 * n + 1; c++; } return c; } let m = 0; for (let i = 1; i < 500; i++) { const c = collatz(i); if (c > m) m = c; } out(m);`,
	"bits":      `function mix(a, b) { let h = a; do { h ^= h << 13; h ^= h >>> 17; h ^= h << 5; b--; } while (b > 0); return h >>> 0; } for (let i = 0; i < 300; i++) mix(i, 3); out(mix(1, 10), mix(2 ** 40, 5), mix(-1.5, 2), mix(Infinity, 1), ~5);`,
	"ackermann": `function ack(m, n) { if (m === 0) { return n + 1; } else if (n === 0) { return ack(m - 1, 1); } else { return ack(m - 1, ack(m, n - 1)); } } out(ack(2, 20));`,
	"gcd":       `function gcd(a, b) { return b ? gcd(b, a % b) : a; } for (let i = 0; i < 300; i++) gcd(i, 36); out(gcd(48, 36), gcd(-48, 36), gcd(0, 0), 1 / gcd(-0, 0));`,
	"logic":     `function f(a) { let n = 0; while (!(a > 10 && a < 20) || n < 2) { a += 1; n += 1; if (n > 50) return -n; } return a; } for (let i = 0; i < 300; i++) f(i); out(f(3), f(30));`,
	"mixed":     `function f(a) { let s = 0; for (let i = 0; i < a; i++) s += i; return s; } for (let i = 0; i < 300; i++) f(3); out(f(4), f("5"), f({ valueOf() { return 6; } }), f(7n));`,
}

func TestResultsAreTheInterpreters(t *testing.T) {
	for name, src := range qualify {
		want, _ := eval(t, src, false)
		got, e := eval(t, src, true)
		if got != want {
			t.Errorf("%s: %s, interpreted %s", name, got, want)
		}
		compiled := false
		for _, u := range e.units {
			compiled = compiled || u.fn != nil
		}
		if !compiled {
			t.Errorf("%s was not compiled", name)
		}
	}
}

func TestWhatDoesNotQualify(t *testing.T) {
	for _, src := range []string{
		`function f(n) { return n <= 1 ? n : f(n - 1) + f(n - 2); } f = null;`,
		`function f(n) { return n <= 1 ? n : f(n - 1); } [f] = [1];`,
		`function f(n) { return n <= 1 ? n : f(n - 1); } function f() { return 1; }`,
		`function f(n) { return n <= 1 ? n : f(n - 1); } eval("f = 1");`,
		`function f(n) { return n <= 1 ? n : f(n - 1) + g; } var g = 1;`,
		`function f(n) { if (n > 1) return f(n - 1); }`,
		`function f(n) { return n <= 1 ? "x" : f(n - 1); }`,
		`function f(n) { n.x = 1; return f(n); }`,
		`function f(...n) { return f(n); }`,
		`function f(n = 1) { return n < 1 ? n : f(n); }`,
		`function f({ n }) { return n < 1 ? n : f(n); }`,
		`function f(n) { return n + 1; }`,
		`function f(n) { return n < 1 ? arguments : f(n); }`,
		`function* f(n) { return n < 1 ? n : f(n); }`,
		`async function f(n) { return n < 1 ? n : f(n); }`,
		`function f(n) { let x; while (n) { x = n; n--; } return x; }`,
		`function f(n) { while (n) { x = n; n--; let x = 1; } return n; }`,
	} {
		prog, err := parser.ParseFile(nil, "x.js", "(function(out){"+src+"\n})", 0)
		if err != nil {
			t.Fatal(src, err)
		}
		before := fmt.Sprint(countStatements(prog))
		Rewrite(prog, src)
		if after := fmt.Sprint(countStatements(prog)); after != before {
			t.Errorf("rewritten: %s", src)
		}
	}
}

func TestEndlessCodeStops(t *testing.T) {
	vm := goja.New()
	calls := 0
	e := New(vm, func() bool { calls++; return calls > 3 })
	defer e.Close()
	prog, err := parser.ParseFile(nil, "x.js", "(function(){function f(n) { while (n > 0) n += 0; return n; }})", 0)
	if err != nil {
		t.Fatal(err)
	}
	c := candidateOf(wrapperBody(prog)[0])
	code, ok := translate(c)
	if !ok {
		t.Fatal("does not qualify")
	}
	addPrologue(c, string(code))
	fn := e.compile(b64(code))
	if _, err := fn.Call(t.Context(), 0x3ff0000000000000); err == nil {
		t.Fatal("it ended")
	}
}

func BenchmarkFibonacci(b *testing.B) {
	src := `function fib(n) { if (n <= 1) return n; return fib(n - 1) + fib(n - 2); }`
	prog, _ := parser.ParseFile(nil, "x.js", "(function(){"+src+"\n})", 0)
	code, _ := translate(candidateOf(wrapperBody(prog)[0]))
	e := New(goja.New(), func() bool { return false })
	defer e.Close()
	fn := e.compile(b64(code))
	for b.Loop() {
		if _, err := fn.Call(b.Context(), 0x4038000000000000); err != nil { // 24: 150,049 calls
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/150049, "ns/call")
}

func b64(code []byte) string { return base64.StdEncoding.EncodeToString(code) }

func wrapperBody(p *ast.Program) []ast.Statement {
	return p.Body[0].(*ast.ExpressionStatement).Expression.(*ast.FunctionLiteral).Body.List
}

// countStatements counts the statements in each function of the wrapper.
func countStatements(p *ast.Program) (n []int) {
	for _, st := range wrapperBody(p) {
		if f, ok := st.(*ast.FunctionDeclaration); ok {
			n = append(n, len(f.Function.Body.List))
		}
	}
	return n
}
