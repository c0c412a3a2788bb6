package compile

import (
	"slices"
	"strings"
)

// CommonJSExports guesses the export names of a CommonJS module from its text,
// and the modules whose exports it passes on: what Node's cjs-module-lexer
// finds, by the same rules. Nothing is run, so what is computed is not found.
func CommonJSExports(src string) (names, reexports []string) {
	src = StripShebang(src)
	if !strings.Contains(src, "exports") && !strings.Contains(src, "__export") {
		return nil, nil
	}
	l := &cjsScanner{src: src, bound: map[string]string{}, seen: map[string]bool{}}
	s := newScanner(src)
	for {
		t := s.next()
		if t.kind == tokenEOF {
			break
		}
		l.toks = append(l.toks, t)
	}
	for l.i = 0; l.i < len(l.toks); l.i++ {
		l.statement()
	}
	reexports = l.reexports
	if l.assigned != "" && !slices.Contains(reexports, l.assigned) {
		reexports = append(reexports, l.assigned)
	}
	return l.names, reexports
}

type cjsScanner struct {
	src       string
	toks      []lexeme
	i         int
	names     []string
	seen      map[string]bool
	reexports []string
	assigned  string            // of the last module.exports = require(…)
	bound     map[string]string // variable → what it requires, for Babel's reexports
}

func (l *cjsScanner) at(i int) string {
	if i < 0 || i >= len(l.toks) {
		return ""
	}
	return l.src[l.toks[i].start:l.toks[i].end]
}

// have reports whether the tokens from i on are these texts; "" stands for any word.
func (l *cjsScanner) have(i int, texts ...string) bool {
	for k, x := range texts {
		if x == "" {
			if i+k >= len(l.toks) || l.toks[i+k].kind != tokenWord {
				return false
			}
		} else if l.at(i+k) != x {
			return false
		}
	}
	return true
}

// str is the string literal at i.
func (l *cjsScanner) str(i int) (string, bool) {
	if i >= len(l.toks) || l.toks[i].kind != tokenString {
		return "", false
	}
	return stringValue(l.at(i))
}

func (l *cjsScanner) export(name string) {
	if !l.seen[name] {
		l.seen[name] = true
		l.names = append(l.names, name)
	}
}

func (l *cjsScanner) reexport(spec string) {
	if !slices.Contains(l.reexports, spec) {
		l.reexports = append(l.reexports, spec)
	}
}

// require reads require("x") at i; end is behind it.
func (l *cjsScanner) require(i int) (spec string, end int, ok bool) {
	if !l.have(i, "require", "(") {
		return "", i, false
	}
	spec, ok = l.str(i + 2)
	return spec, i + 4, ok && l.at(i+3) == ")"
}

// exportsAt reads exports or module.exports at i.
func (l *cjsScanner) exportsAt(i int) (end int, ok bool) {
	switch {
	case l.have(i, "exports"):
		return i + 1, true
	case l.have(i, "module", ".", "exports"):
		return i + 3, true
	}
	return i, false
}

func (l *cjsScanner) statement() {
	if l.toks[l.i].kind != tokenWord {
		return
	}
	if l.at(l.i-1) == "." {
		if l.at(l.i) == "__exportStar" && strings.HasPrefix(l.at(l.i-2), "tslib") {
			l.exportStar(l.i + 1)
		}
		return
	}
	switch l.at(l.i) {
	case "exports", "module":
		if end, ok := l.exportsAt(l.i); ok {
			l.member(end, l.at(l.i) == "module")
		}
	case "Object":
		switch {
		case l.have(l.i, "Object", ".", "defineProperty", "("):
			l.defineProperty(l.i + 4)
		case l.have(l.i, "Object", ".", "keys", "(", "", ")", ".", "forEach", "(", "function", "(", "", ")", "{"):
			if l.toks[l.i].depth == 0 {
				l.forEach()
			}
		}
	case "__exportStar", "__export":
		l.exportStar(l.i + 1)
	case "var", "let", "const":
		if l.toks[l.i].depth == 0 && l.have(l.i+1, "", "=") {
			at := l.i + 3
			if l.have(at, "_interopRequireWildcard", "(") || l.have(at, "__importStar", "(") {
				at += 2
			}
			if spec, _, ok := l.require(at); ok {
				l.bound[l.at(l.i+1)] = spec
			}
		}
	}
}

// member reads what follows exports or module.exports.
func (l *cjsScanner) member(i int, whole bool) {
	switch {
	case l.have(i, ".", "") && assigns(l.at(i+2)):
		l.export(identifierValue(l.at(i + 1)))
	case l.have(i, "["):
		if name, ok := l.str(i + 1); ok && l.at(i+2) == "]" && assigns(l.at(i+3)) {
			l.export(name)
		}
	case l.have(i, "=") && whole:
		l.assigned, l.reexports = "", nil
		if spec, _, ok := l.require(i + 1); ok {
			l.assigned = spec
		} else if l.have(i+1, "{") {
			l.literal(i + 2)
		}
	}
}

// assigns reports whether a token looks like an assignment to Node's lexer,
// which does not tell = from ==.
func assigns(op string) bool { return strings.HasPrefix(op, "=") && op != "=>" }

// literal reads the properties of module.exports = {…}, up to the first one
// whose value is more than a name.
func (l *cjsScanner) literal(i int) {
	for i < len(l.toks) {
		t := l.toks[i]
		switch {
		case t.kind == tokenWord:
			if l.at(i) == "get" && l.have(i+1, "") {
				return
			}
			name := identifierValue(l.at(i))
			if i++; l.at(i) == ":" {
				if !l.have(i+1, "") {
					return
				}
				i += 2
			}
			l.export(name)
		case l.at(i) == "...":
			if spec, end, ok := l.require(i + 1); ok {
				l.reexport(spec)
				i = end
			} else if l.have(i+1, "") {
				i += 2
			} else {
				return
			}
		case t.kind == tokenString:
			name, ok := l.str(i)
			if !ok || !l.have(i+1, ":", "") {
				return
			}
			l.export(name)
			i += 3
		default:
			return
		}
		if l.at(i) != "," {
			return
		}
		i++
	}
}

// defineProperty reads Object.defineProperty's arguments.
func (l *cjsScanner) defineProperty(i int) {
	end, ok := l.exportsAt(i)
	if !ok || l.at(end) != "," {
		return
	}
	name, ok := l.str(end + 1)
	if !ok || !l.have(end+2, ",", "{") {
		return
	}
	i = end + 4
	if l.have(i, "enumerable", ":", "true", ",") {
		i += 4
	}
	switch {
	case l.have(i, "value", ":"):
		l.export(name)
	case l.have(i, "get"):
		i++
		if l.at(i) == ":" { // get: function () { … }, get: function name() { … }
			i++
			if !l.have(i, "function") {
				return
			}
			i++
			if l.have(i, "") {
				i++
			}
		}
		if !l.have(i, "(", ")", "{", "return", "") {
			return
		}
		i += 5
		if l.have(i, ".", "") {
			i += 2
		} else if l.have(i, "[") {
			if _, ok := l.str(i + 1); !ok || l.at(i+2) != "]" {
				return
			}
			i += 3
		}
		if l.at(i) == ";" {
			i++
		}
		if !l.have(i, "}") {
			return
		}
		i++
		if l.at(i) == "," {
			i++
		}
		if l.have(i, "}", ")") {
			l.export(name)
		}
	}
}

// exportStar reads TypeScript's __exportStar(require("x"), exports).
func (l *cjsScanner) exportStar(i int) {
	if l.at(i) != "(" {
		return
	}
	if spec, _, ok := l.require(i + 1); ok {
		l.reexport(spec)
	}
}

// forEach reads Babel's and Rollup's loops that copy all exports of a module:
// Object.keys(m).forEach(function (k) { … exports[k] = m[k] … }).
func (l *cjsScanner) forEach() {
	id, key := l.at(l.i+4), l.at(l.i+11)
	spec, ok := l.bound[id]
	if !ok {
		return
	}
	i := l.i + 14
	skip := func(texts ...string) bool {
		if !l.have(i, texts...) {
			return false
		}
		i += len(texts)
		return true
	}
	quoted := func(name string) bool {
		if s, ok := l.str(i); ok && s == name {
			i++
			return true
		}
		return false
	}
	if !skip("if", "(", key) {
		return
	}
	switch {
	case skip("==="): // if (k === "default" || k === "__esModule") return;
		if !quoted("default") || !skip("|", "|", key, "===") || !quoted("__esModule") || !skip(")", "return") {
			return
		}
		skip(";")
		l.babelGuards(&i, id, key)
		l.copy(i, id, key, spec)
	case skip("!", "=="): // if (k !== "default" && !exports.hasOwnProperty(k)) exports[k] = m[k];
		if !quoted("default") {
			return
		}
		if skip("&", "&", "!") {
			if !skip("exports", ".", "hasOwnProperty", "(", key, ")") &&
				!skip("Object", ".", "prototype", ".", "hasOwnProperty", ".", "call", "(", "exports", ",", key, ")") {
				return
			}
		}
		if skip(")") {
			l.copy(i, id, key, spec)
		}
	}
}

// babelGuards skips the conditions that Babel puts before the copy.
func (l *cjsScanner) babelGuards(i *int, id, key string) {
	for l.have(*i, "if", "(") {
		depth, k := l.toks[*i+1].depth, *i+2
		for k < len(l.toks) && !(l.toks[k].depth == depth && l.at(k) == ")") {
			k++
		}
		if !l.have(k+1, "return") {
			return
		}
		*i = k + 2
		if l.at(*i) == ";" {
			*i++
		}
	}
}

func (l *cjsScanner) copy(i int, id, key, spec string) {
	if l.have(i, "exports", "[", key, "]", "=", id, "[", key, "]") {
		l.reexport(spec)
		return
	}
	if l.have(i, "Object", ".", "defineProperty", "(", "exports", ",", key, ",", "{", "enumerable", ":", "true", ",", "get") {
		l.reexport(spec)
	}
}
