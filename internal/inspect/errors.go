package inspect

import (
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

// isError reports whether o is an error: by the engine, or by inheritance.
func (in *Inspector) isError(o *goja.Object, kind gojax.Kind) bool {
	if kind == gojax.KindError {
		return true
	}
	if kind != gojax.KindOrdinary {
		return false
	}
	for p := o.Prototype(); p != nil && p != in.objectProto; p = p.Prototype() {
		if p == in.errorProto {
			return true
		}
	}
	return false
}

func (c *context) stackOf(o *goja.Object) string {
	in := c.in
	if v := gojax.Get(o, in.kStack); v.ToBoolean() {
		if goja.IsString(v) {
			return Text(v)
		}
		c.seen = append(c.seen, o)
		c.indentation += 4
		s := c.format(v, 0)
		c.indentation -= 4
		c.seen = c.seen[:len(c.seen)-1]
		return s
	}
	return Text(in.must(in.errorToString(o)))
}

var (
	nullErrorName  = regexp.MustCompile(`^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n\s+at)`)
	nullErrorName2 = regexp.MustCompile(`^([a-z_A-Z0-9-]*Error)$`)
	coreFrame      = regexp.MustCompile(`^ {4}at (?:[^/\\(]+ \(|)node:(.+):\d+:\d+(?:\)|$)`)
	nodeModules    = regexp.MustCompile(`[/\\]node_modules[/\\](.+?)([/\\])`)
)

func (c *context) error(o *goja.Object, sh *shape) string {
	in := c.in
	name := "Error"
	if v := gojax.Get(o, in.kName); !goja.IsUndefined(v) && !goja.IsNull(v) {
		name = Text(v.ToString())
	}
	stack := c.stackOf(o)
	if !c.ShowHidden && len(sh.keys) > 0 {
		kept := sh.keys[:0:0]
		for _, k := range sh.keys {
			if s, ok := k.(goja.String); ok {
				switch s.String() {
				case "name", "message", "stack":
					v := gojax.Get(o, k)
					if !goja.IsString(v) || strings.Contains(stack, Text(v)) {
						continue
					}
				}
			}
			kept = append(kept, k)
		}
		sh.keys = kept
	}
	has := func(name string) bool {
		for _, k := range sh.keys {
			if s, ok := k.(goja.String); ok && s.String() == name {
				return true
			}
		}
		return false
	}
	if o.Get("cause") != nil && !has("cause") {
		if in.hasProperty(o, "cause") {
			sh.keys = append(sh.keys, in.vm.ToValue("cause"))
		}
	}
	if d, ok := gojax.GetOwn(o, in.vm.ToValue("errors")); ok && !has("errors") {
		if e, ok := d.Value.(*goja.Object); ok && isArray(e) {
			sh.keys = append(sh.keys, in.vm.ToValue("errors"))
		}
	}
	stack = improveStack(stack, sh, name)

	message := ""
	if v := gojax.Get(o, in.kMessage); v.ToBoolean() && goja.IsString(v) {
		message = Text(v)
	}
	pos := -1
	if message != "" {
		pos = strings.Index(stack, message)
	}
	if pos >= 0 {
		pos += len(message)
	}
	start := strings.Index(stack[max(pos, 0):], "\n    at")
	if start < 0 {
		stack = "[" + stack + "]"
	} else {
		start += max(pos, 0)
		lines := c.frames(o, stack[start+1:])
		var b strings.Builder
		b.WriteString(stack[:start])
		cwd := ""
		if c.colors {
			cwd, _ = os.Getwd()
		}
		for _, line := range lines {
			b.WriteByte('\n')
			if c.colors {
				line = c.colorFrame(line, cwd)
			}
			b.WriteString(line)
		}
		stack = b.String()
	}
	if c.indentation != 0 {
		stack = strings.ReplaceAll(stack, "\n", "\n"+indent(c.indentation))
	}
	return stack
}

func isArray(o *goja.Object) bool {
	k := gojax.KindOf(o)
	return k == gojax.KindArray || k == gojax.KindSparseArray
}

func (in *Inspector) hasProperty(o *goja.Object, name string) bool {
	key := in.vm.ToValue(name)
	for p := o; p != nil; p = p.Prototype() {
		if _, ok := gojax.GetOwn(p, key); ok {
			return true
		}
	}
	return false
}

// colorFrame greys Node's own frames and the working directory, and underlines packages.
func (c *context) colorFrame(line, cwd string) string {
	if coreFrame.MatchString(line) {
		return c.style(line, "undefined")
	}
	if m := nodeModules.FindAllStringSubmatchIndex(line, -1); m != nil {
		var b strings.Builder
		last := 0
		for _, loc := range m {
			b.WriteString(line[last:loc[2]])
			end := loc[3]
			b.WriteString(c.style(line[loc[2]:end], "module"))
			last = end
		}
		b.WriteString(line[last:])
		line = b.String()
	}
	if cwd != "" && cwd != "/" {
		for _, dir := range []string{cwd, "file://" + cwd} {
			if i := strings.Index(line, dir); i >= 0 {
				end := i + len(dir)
				if end < len(line) && (line[end] == '/' || line[end] == '\\') {
					end++
				}
				// an opening parenthesis before the path is grey, too
				line = line[:i] + c.style(line[i:end], "undefined") + line[end:]
				break
			}
		}
	}
	return line
}

// improveStack puts the class's real name into the first line.
func improveStack(stack string, sh *shape, name string) string {
	n := len(name)
	if sh.nullCtor || strings.HasSuffix(name, "Error") && strings.HasPrefix(stack, name) &&
		(len(stack) == n || stack[n] == ':' || stack[n] == '\n') {
		fallback := "Error"
		if sh.nullCtor {
			m := nullErrorName.FindStringSubmatch(stack)
			if m == nil {
				m = nullErrorName2.FindStringSubmatch(stack)
			}
			fallback = ""
			if m != nil {
				fallback = m[1]
			}
			n = len(fallback)
			if fallback == "" {
				fallback = "Error"
			}
		}
		prefix := strings.TrimSuffix(sh.prefix(fallback, ""), " ")
		if name != prefix {
			switch {
			case strings.Contains(prefix, name) && n == 0:
				stack = prefix + ": " + stack
			case strings.Contains(prefix, name):
				stack = prefix + stack[n:]
			default:
				stack = prefix + " [" + name + "]" + stack[n:]
			}
		}
	}
	return stack
}

// frames splits a stack and leaves out what its cause's stack repeats.
func (c *context) frames(o *goja.Object, stack string) []string {
	frames := strings.Split(stack, "\n")
	var cause *goja.Object
	_ = c.in.vm.Try(func() { cause, _ = o.Get("cause").(*goja.Object) })
	if cause == nil || !c.in.isError(cause, gojax.KindOf(cause)) {
		return frames
	}
	causeStack := c.stackOf(cause)
	start := strings.Index(causeStack, "\n    at")
	if start < 0 {
		return frames
	}
	n, offset := overlap(frames, strings.Split(causeStack[start+1:], "\n"))
	if n > 3 {
		skipped := n - 2
		msg := "    ... " + strconv.Itoa(skipped) + " lines matching cause stack trace ..."
		rest := append([]string{c.style(msg, "undefined")}, frames[offset+1+skipped:]...)
		frames = append(frames[:offset+1:offset+1], rest...)
	}
	return frames
}

func overlap(a, b []string) (n, offset int) {
	for i := 0; i < len(a)-3; i++ {
		pos := -1
		for j := range b {
			if b[j] == a[i] {
				pos = j
				break
			}
		}
		if pos < 0 {
			continue
		}
		if rest := len(b) - pos; rest > 3 {
			n := 1
			limit := min(len(a)-i, rest)
			for n < limit && a[i+n] == b[pos+n] {
				n++
			}
			if n > 3 {
				return n, i
			}
		}
	}
	return 0, 0
}
