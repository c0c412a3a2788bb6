package runtime

import (
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/compile"
	"github.com/gonode/gonode/internal/gojax"
)

// arrow is Node's "arrow message": the place, the source line and the caret.
func arrow(file string, line int, source string, column, width int) string {
	var b strings.Builder
	b.WriteString(file + ":" + strconv.Itoa(line) + "\n" + source + "\n")
	for i, r := range source {
		if utf8.RuneCountInString(source[:i]) >= column-1 {
			break
		}
		if r == '\t' {
			b.WriteByte('\t')
		} else {
			b.WriteByte(' ')
		}
	}
	if column <= utf8.RuneCountInString(source) {
		b.WriteString(strings.Repeat("^", max(width, 1)))
	}
	b.WriteByte('\n')
	return b.String()
}

// setArrow puts a syntax error's place in front of its stack.
func (iso *Isolate) setArrow(o *goja.Object, se *compile.SyntaxError) {
	frames, ok := iso.inside.ErrorFrames(o)
	if !ok || len(frames) == 0 {
		return
	}
	relabel(frames, arrow(se.File, se.Line, se.SourceLine, se.Column, se.Width)+"\n"+iso.header(o))
	iso.markDecorated(o)
}

// decorate puts the place in front of an error's stack, once, as vm does for
// what a script throws.
func (iso *Isolate) decorate(v goja.Value) {
	o, ok := v.(*goja.Object)
	if !ok {
		return
	}
	frames, ok := iso.inside.ErrorFrames(o)
	if !ok || len(frames) < 2 || iso.errs.decorated != nil && o.GetSymbol(iso.errs.decorated) != nil {
		return
	}
	place := iso.placeOf(frames, true)
	if place == "" {
		return
	}
	label := labelText(frames)
	if text, done := strings.CutPrefix(label, formatted); done {
		relabel(frames, formatted+place+"\n"+text)
	} else if label == lateHeader {
		relabel(frames, place+"\n"+iso.header(o))
	} else {
		relabel(frames, place+"\n"+label)
	}
	iso.markDecorated(o)
}

func (iso *Isolate) markDecorated(o *goja.Object) {
	if iso.errs.decorated == nil {
		iso.errs.decorated = goja.NewSymbol("arrow")
	}
	_ = o.DefineDataPropertySymbol(iso.errs.decorated, iso.vm.ToValue(true), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
}

// reportFatal prints an error that ends the process, as Node does: the place,
// the error, the version.
func (iso *Isolate) reportFatal(v goja.Value, fromPromise bool) {
	thrown := iso.scope.thrown
	iso.scope.thrown = nil
	var b strings.Builder
	o, isObject := v.(*goja.Object)
	var own []goja.StackFrame // where an error was made
	isError := false
	if isObject {
		own, isError = iso.inside.ErrorFrames(o)
	}
	place := ""
	decorated := isObject && iso.errs.decorated != nil && o.GetSymbol(iso.errs.decorated) != nil
	if !decorated {
		if isError && len(own) > 0 {
			place = iso.placeOf(own, !fromPromise)
		} else {
			place = iso.arrowOf(thrown, !fromPromise)
		}
	}
	text, inspected := "", false
	if isObject {
		text, inspected = iso.describe(o)
	}
	switch {
	case isError && inspected:
		if place != "" {
			b.WriteString(place + "\n")
		}
		b.WriteString(text + "\n")
	case inspected:
		if place != "" {
			b.WriteString("\n" + place)
		} else {
			b.WriteString("Uncaught:\n")
		}
		b.WriteString(text + "\n")
	default:
		if place != "" {
			b.WriteString("\n" + place)
		} else {
			b.WriteString("Uncaught:\n")
		}
		if _, isSymbol := v.(*goja.Symbol); !isSymbol && !isObject {
			b.WriteString(v.String())
		}
		b.WriteString("\n")
		if iso.host.Flags["trace-uncaught"] != "true" {
			b.WriteString("(Use `" + iso.shortName() + " --trace-uncaught ...` to show where the exception was thrown)\n")
		}
	}
	if iso.host.Flags["trace-uncaught"] == "true" && len(thrown) > 0 && !isError {
		b.WriteString("Thrown at:" + formatFrames(append([]goja.StackFrame{gojax.LabelFrame(" ")}, shown(thrown)...))[1:] + "\n")
	}
	if iso.host.Flags["extra-info-on-fatal-exception"] != "false" {
		b.WriteString("\nNode.js " + Version + "\n")
	}
	_, _ = iso.host.Stderr.Write([]byte(b.String()))
}

func shown(frames []goja.StackFrame) []goja.StackFrame {
	var out []goja.StackFrame
	for i := range frames {
		if visible(&frames[i]) {
			out = append(out, frames[i])
		}
	}
	return out
}

// shortName is the command's name in hints.
func (iso *Isolate) shortName() string {
	if len(iso.host.Args) == 0 {
		return "node"
	}
	return strings.TrimSuffix(filepath.Base(iso.host.Args[0]), ".exe")
}

// describe is util.inspect of a thrown object, or its stack if that fails.
func (iso *Isolate) describe(o *goja.Object) (text string, ok bool) {
	ex := iso.vm.Try(func() {
		if iso.registry.modules["internal/util/inspect"] == nil {
			return
		}
		inspect, _ := goja.AssertFunction(iso.Require("internal/util/inspect").Get("inspect"))
		opts := iso.vm.NewObject()
		_ = opts.Set("customInspect", false)
		_ = opts.Set("depth", 5)
		v, err := inspect(goja.Undefined(), o, opts)
		if err != nil {
			panic(err)
		}
		text, ok = v.String(), true
	})
	if ok && ex == nil {
		return text, true
	}
	_ = iso.vm.Try(func() {
		if st := o.Get("stack"); st != nil && !goja.IsUndefined(st) {
			text, ok = st.String(), true
		}
	})
	return text, ok
}

// placeOf is the arrow message for an error with these frames: of the statement
// that threw it, or of where it was made.
func (iso *Isolate) placeOf(frames []goja.StackFrame, atThrow bool) string {
	if site, ok := gojax.ThrowSite(frames); ok && atThrow {
		if text := iso.arrowOf([]goja.StackFrame{site}, true); text != "" {
			return text
		}
	}
	return iso.arrowOf(frames[1:], atThrow)
}

// arrowOf is the arrow message of the first frame that is the user's, or of
// the first one with a source. atThrow moves the caret to the throw statement.
func (iso *Isolate) arrowOf(frames []goja.StackFrame, atThrow bool) string {
	var fallback string
	for i := range frames {
		f := &frames[i]
		if f.SrcName() == "<native>" || f.SrcName() == trampolineName {
			continue
		}
		file, line, col := place(f)
		if file == "" || line == 0 {
			continue
		}
		internal := strings.HasPrefix(file, "node:")
		if internal && fallback != "" {
			continue
		}
		if from := iso.sources[file].at; from != (compile.Offset{}) {
			line -= from.Line
			if line == 1 {
				col -= from.Column
			}
		}
		var src string
		var ok bool
		if origin, inEval := compile.ParseEvalOrigin(file); inEval {
			if text, _, found := gojax.FrameSource(f); found {
				if file = origin.URL; file == "" {
					file = "<anonymous_script>"
				}
				src, ok = lineOf(text.Source(), line)
			}
		} else {
			src, ok = iso.sourceLine(file, line)
		}
		if !ok {
			continue
		}
		line += iso.sources[file].at.Line
		if atThrow && col-1 <= len(src) && col > 0 {
			before := strings.TrimRight(src[:col-1], " \t")
			if strings.HasSuffix(before, "throw") {
				col = len(before) - len("throw") + 1
			}
		}
		text := arrow(file, line, src, col, 1)
		if !internal {
			return text
		}
		fallback = text
	}
	return fallback
}

// sourceLine finds a line of a program's source.
func (iso *Isolate) sourceLine(name string, line int) (string, bool) {
	var text string
	if id, ok := strings.CutPrefix(name, "node:"); ok {
		e := iso.registry.modules[id]
		if e == nil || e.JS == nil {
			return "", false
		}
		b, err := fs.ReadFile(e.JS, e.File)
		if err != nil {
			return "", false
		}
		text = string(b)
	} else if src, ok := iso.sources[name]; ok {
		text = src.text
	} else {
		if u, err := url.Parse(name); err == nil && u.Scheme == "file" {
			name = filepath.FromSlash(u.Path)
		}
		b, err := os.ReadFile(name)
		if err != nil {
			return "", false
		}
		text = string(b)
	}
	return lineOf(text, line)
}

func lineOf(text string, line int) (string, bool) {
	for n := 1; ; n++ {
		l, rest, more := strings.Cut(text, "\n")
		if n == line {
			return strings.TrimSuffix(l, "\r"), true
		}
		if !more {
			return "", false
		}
		text = rest
	}
}

// source is the text of a program that is no file, and where it begins.
type source struct {
	text string
	at   compile.Offset
}

// noteSource remembers what cannot be read back from a file, for messages.
func (iso *Isolate) noteSource(name, src string, at compile.Offset) {
	if filepath.IsAbs(name) || strings.HasPrefix(name, "file:") {
		return
	}
	if iso.sources == nil {
		iso.sources = map[string]source{}
	}
	if len(iso.sources) < 64 {
		iso.sources[name] = source{src, at}
	}
}
