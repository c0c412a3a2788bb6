package inspect

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/lazy"
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
	v := goja.Undefined()
	_ = in.vm.Try(func() { v = gojax.Get(o, in.kStack) })
	if goja.IsString(v) && v.ToBoolean() {
		return Text(v)
	}
	s := Text(in.must(in.errorToString(o)))
	if v.ToBoolean() { // a stack that is no string
		c.seen = append(c.seen, o)
		c.indentation += 4
		was := c.spread
		c.spread = true
		s += "\n    " + c.whole(c.format(v, 0))
		c.spread = was
		c.indentation -= 4
		c.seen = c.seen[:len(c.seen)-1]
	}
	return s
}

var (
	nullErrorName  = lazy.Regexp{Expr: `^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n\s+at)`}
	nullErrorName2 = lazy.Regexp{Expr: `^([a-z_A-Z0-9-]*Error)$`}
	coreFrame      = lazy.Regexp{Expr: `^ {4}at (?:[^/\\(]+ \(|)node:(.+):\d+:\d+(?:\)|$)`}
	nodeModules    = lazy.Regexp{Expr: `[/\\]node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)`}
)

// error is the base of an error. If its getters throw, that is what
// Object.prototype.toString says.
func (c *context) error(o *goja.Object, sh *shape) (base string) {
	keys := append([]goja.Value(nil), sh.keys...)
	if c.in.vm.Try(func() { base = c.errorBase(o, sh) }) != nil {
		sh.keys = keys
		base = "[object Error]"
		_ = c.in.vm.Try(func() { base = Text(c.in.must(c.in.objectToString(o))) })
	}
	return base
}

func (c *context) errorBase(o *goja.Object, sh *shape) string {
	in := c.in
	name, odd := "Error", false
	if v := gojax.Get(o, in.kName); !goja.IsUndefined(v) && !goja.IsNull(v) {
		if s, ok := v.(*goja.Symbol); ok {
			name = symbolText(s)
		} else {
			name = Text(v.ToString())
		}
		odd = !goja.IsString(v)
	}
	stack := c.stackOf(o)
	if !c.ShowHidden && len(sh.keys) > 0 {
		kept := sh.keys[:0:0]
		for _, k := range sh.keys {
			if s, ok := k.(goja.String); ok {
				switch s.String() {
				case "name", "message", "stack":
					v := goja.Undefined()
					_ = in.vm.Try(func() { v = gojax.Get(o, k) })
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
	if !has("cause") && in.hasProperty(o, "cause") {
		sh.keys = append(sh.keys, in.vm.ToValue("cause"))
	}
	if d, ok := gojax.GetOwn(o, in.vm.ToValue("errors")); ok && !has("errors") {
		if e, ok := d.Value.(*goja.Object); ok && isArray(e) {
			sh.keys = append(sh.keys, in.vm.ToValue("errors"))
		}
	}
	if odd {
		stack = strings.Replace(stack, name, name+" ["+strings.TrimSuffix(sh.prefix("Error", ""), " ")+"]", 1)
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
			cwd = c.in.cwd()
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

// cwd is process.cwd(), which programs may replace.
func (in *Inspector) cwd() (dir string) {
	_ = in.vm.Try(func() {
		if fn, ok := goja.AssertFunction(get(in.env.Process(), "cwd")); ok {
			if v, err := fn(in.env.Process()); err == nil {
				dir = Text(v)
			}
		}
	})
	return dir
}

// hasBuiltin reports whether Node has a module of its own of that name.
func (in *Inspector) hasBuiltin(name string) bool {
	switch name {
	case "vm", "internal/modules/helpers", "internal/modules/run_main", "internal/main/run_main_module":
		return true // where frames of Node are, whether or not we have them
	}
	fn, ok := goja.AssertFunction(get(in.env.Internal("runtime"), "hasBuiltin"))
	if !ok {
		return false
	}
	v, err := fn(goja.Undefined(), in.vm.ToValue(name))
	return err == nil && v.ToBoolean()
}

// colorFrame greys Node's own frames and the working directory, and underlines packages.
func (c *context) colorFrame(line, cwd string) string {
	if m := coreFrame.Get().FindStringSubmatch(line); m != nil && c.in.hasBuiltin(m[1]) {
		return c.style(line, "undefined")
	}
	if m := nodeModules.Get().FindAllStringSubmatchIndex(line, -1); m != nil {
		var b strings.Builder
		last := 0
		for _, loc := range m {
			b.WriteString(line[last:loc[2]])
			b.WriteString(c.style(line[loc[2]:loc[3]], "module"))
			last = loc[3]
		}
		b.WriteString(line[last:])
		line = b.String()
	}
	if cwd == "" || cwd == "/" {
		return line
	}
	if s := c.colorCwd(line, cwd); s != line {
		return s
	}
	return c.colorCwd(line, (&url.URL{Scheme: "file", Path: cwd}).String())
}

// colorCwd greys the working directory, with a parenthesis around the place.
func (c *context) colorCwd(line, cwd string) string {
	at := strings.Index(line, cwd)
	if at < 0 {
		return line
	}
	n := len(cwd)
	if strings.HasSuffix(line[:at], "file://") {
		at, n = at-7, n+7
	}
	start := at
	end := len(line)
	tail := ""
	if at > 0 && line[at-1] == '(' {
		start--
		if strings.HasSuffix(line, ")") {
			end--
			tail = c.style(")", "undefined")
		}
	}
	dirEnd := min(at+n+1, end)
	return line[:start] + c.style(line[start:dirEnd], "undefined") + line[dirEnd:end] + tail
}

// improveStack puts the class's real name into the first line.
func improveStack(stack string, sh *shape, name string) string {
	n := len(name)
	if sh.nullCtor || strings.HasSuffix(name, "Error") && strings.HasPrefix(stack, name) &&
		(len(stack) == n || stack[n] == ':' || stack[n] == '\n') {
		fallback := "Error"
		if sh.nullCtor {
			m := nullErrorName.Get().FindStringSubmatch(stack)
			if m == nil {
				m = nullErrorName2.Get().FindStringSubmatch(stack)
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

// frames splits a stack, leaves out what its cause's stack repeats, and in long
// stacks what recursion repeats.
func (c *context) frames(o *goja.Object, stack string) []string {
	frames := c.withoutCause(o, strings.Split(stack, "\n"))
	if len(frames) > longStack {
		frames = c.withoutRepeats(frames)
	}
	return frames
}

func (c *context) withoutCause(o *goja.Object, frames []string) []string {
	var cause *goja.Object
	_ = c.in.vm.Try(func() { cause, _ = get(o, "cause").(*goja.Object) })
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

const (
	longStack  = 10
	minRepeats = 3 // lines that are worth a note in their place
)

// withoutRepeats replaces blocks that repeat what stands right above them.
func (c *context) withoutRepeats(frames []string) []string {
	at := map[string][]int{}
	for i, f := range frames {
		at[f] = append(at[f], i)
	}
	if len(frames)-len(at) <= minRepeats {
		return frames
	}
	var out []string
	done := 0 // frames before this one are in out
	for i := 0; i < len(frames)-minRepeats; i++ {
		size, times := repetition(frames, i, at[frames[i]])
		if size*times < minRepeats {
			continue
		}
		msg := "    ... collapsed " + strconv.Itoa(size*times) + " duplicate lines matching above "
		if times == 1 {
			msg += "lines ..."
		} else {
			msg += strconv.Itoa(size) + " lines " + strconv.Itoa(times) + " times..."
		}
		out = append(append(out, frames[done:i+size]...), c.style(msg, "undefined"))
		done = i + size*(times+1)
		i = done - 1
	}
	return append(out, frames[done:]...)
}

// repetition finds the block that begins at i and repeats most lines right
// after itself. The sizes to try come from Euclid's algorithm over the
// distances to where the same line occurs again: their greatest common divisor
// first, then what it went through, last first.
func repetition(frames []string, i int, places []int) (size, times int) {
	next := slices.Index(places, i) + 1
	last := places[len(places)-1]
	if next == len(places) || last-i < minRepeats {
		return 0, 0
	}
	gcd := 0
	var through []int
	for _, p := range places[next:] {
		for d := p - i; d != 0; {
			r := 0
			if gcd != 0 {
				r = gcd % d
				if !slices.Contains(through, gcd) {
					through = append(through, gcd)
				}
			}
			gcd, d = d, r
		}
		if gcd == 1 {
			break
		}
	}
	if next+1 == len(places) {
		gcd, through = last-i, nil
	}
	sizes := []int{gcd}
	for _, s := range slices.Backward(through) {
		if s != gcd {
			sizes = append(sizes, s)
		}
	}
	for _, s := range sizes {
		n := 0
		for from := i + s; from+s <= len(frames) && slices.Equal(frames[i:i+s], frames[from:from+s]); from += s {
			n++
		}
		if s*n > size*times {
			size, times = s, n
		}
	}
	return size, times
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
