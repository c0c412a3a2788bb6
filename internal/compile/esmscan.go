package compile

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// A Request is a module that another one asks for, with its attributes.
type Request struct {
	Specifier  string
	Attributes []Attribute
	// Offset is where the statement's specifier begins.
	Offset int
}

// An Attribute is one key and value of an import's with clause.
type Attribute struct{ Key, Value string }

// An ImportEntry is ECMA-262's record of the same name. Name is "*" with
// Namespace set for import * as.
type ImportEntry struct {
	Request   int
	Name      string
	Namespace bool
	Local     string
	Offset    int // of the imported name
	Width     int
}

// An ExportEntry is ECMA-262's ExportEntry: a local one (Request -1, Local), an
// indirect one (Name of a request, or its namespace), or a star (neither Export
// nor Local).
type ExportEntry struct {
	Export    string
	Local     string
	Request   int
	Name      string
	Namespace bool
	Star      bool
	Offset    int
	Width     int
}

// moduleScan is what the declarations of a module's text say, and the text
// without them: of the same length, so that nothing moves.
type moduleScan struct {
	requests []Request
	imports  []ImportEntry
	exports  []ExportEntry
	// blanked are the statements that are now an empty block; exported those
	// that have lost their export keyword; defaults those with export default.
	blanked, exported map[int]bool
	defaults          map[int]defaultKind
	meta, dynamic     string // the names that stand for import.meta and import()
	usesMeta          bool
	usesImport        bool
	usesAwait         bool
	defaultName       string
	text              []byte
	src               string
	edits             [][2]int
}

type defaultKind uint8

const (
	defaultExpression defaultKind = iota
	defaultDeclaration
	defaultAnonymous // a function or class that has got a name
)

// scanError is a syntax error at an offset.
type scanError struct {
	off, width int
	msg        string
}

func (e *scanError) Error() string { return e.msg }

// unusedName finds an identifier of six bytes, import's length, that src does not contain.
func unusedName(src, base string) string {
	name := base
	for i := 0; strings.Contains(src, name); i++ {
		n := strconv.FormatInt(int64(i), 36)
		name = "$" + strings.Repeat("_", max(5-len(n), 0)) + n
		name = name[:6]
		if i > 1<<20 {
			break
		}
	}
	return name
}

// MayBeModule reports whether a text that nothing declares could be an ES
// module: it has module syntax, an await outside of functions, or declares a
// name that is a parameter of the wrapper around CommonJS modules.
func MayBeModule(src string) bool {
	if !namesModule(src) {
		return false
	}
	src = StripShebang(src)
	if HasModuleSyntax(src) {
		return true
	}
	s := newScanner(src)
	for {
		t := s.next()
		if t.kind == tokenEOF {
			return false
		}
		if t.kind != tokenWord {
			continue
		}
		switch s.text(t) {
		case "await":
			inside := false
			for _, b := range s.open {
				inside = inside || b.function
			}
			if !inside {
				return true
			}
		case "require", "module", "exports", "__filename", "__dirname":
			if t.depth == 0 && s.prev2.kind == tokenWord && oneOf(s.text(s.prev2), "const", "let", "class") {
				return true
			}
		}
	}
}

// namesModule reports whether one of the words is in src without which it is a
// script: most sources are told by that, and need not be scanned.
func namesModule(src string) bool {
	for _, word := range [...]string{"import", "export", "await"} {
		if strings.Contains(src, word) {
			return true
		}
	}
	for _, name := range [...]string{"require", "module", "exports", "__filename", "__dirname"} {
		for rest := src; ; {
			before, after, found := strings.Cut(rest, name)
			if !found {
				break
			}
			declared := strings.TrimRightFunc(before, unicode.IsSpace)
			if len(declared) < len(before) && (strings.HasSuffix(declared, "const") || strings.HasSuffix(declared, "let") ||
				strings.HasSuffix(declared, "class")) {
				return true
			}
			rest = after
		}
	}
	return false
}

// scanModule finds the import and export declarations of an ES module, import()
// and import.meta, and makes something that a parser of scripts accepts of them.
func scanModule(src string) (*moduleScan, error) {
	m := &moduleScan{src: src, text: []byte(src), blanked: map[int]bool{}, exported: map[int]bool{}, defaults: map[int]defaultKind{}}
	m.meta, m.dynamic, m.defaultName = unusedName(src, "$$meta"), unusedName(src, "$$impo"), unusedName(src, "$$dflt")
	s := newScanner(src)
	type call struct{ depth, start int }
	var calls []call // import( whose parenthesis is open
	for {
		t := s.next()
		if t.kind == tokenEOF {
			return m, nil
		}
		if t.kind == tokenPunct && src[t.start] == ')' && len(calls) > 0 && calls[len(calls)-1].depth == t.depth {
			c := calls[len(calls)-1]
			calls = calls[:len(calls)-1]
			// import(…) { is a method of that name.
			if n := s.peek(); !(n.kind == tokenPunct && src[n.start] == '{' && !n.newline) {
				copy(m.text[c.start:], m.dynamic)
				m.edits = append(m.edits, [2]int{c.start, c.start + 6})
				m.usesImport = true
			}
			continue
		}
		if t.kind != tokenWord || s.prev2.kind == tokenPunct && (s.is(s.prev2, ".") || s.is(s.prev2, "?.")) {
			continue
		}
		switch s.text(t) {
		case "await":
			m.usesAwait = true
		case "import":
			n := s.peek()
			switch {
			case n.kind == tokenPunct && src[n.start] == '(':
				calls = append(calls, call{t.depth, t.start})
			case n.kind == tokenPunct && s.is(n, "."):
				s.next()
				p := s.next()
				if !s.is(p, "meta") {
					return m, unexpectedToken(s, p)
				}
				m.fill(t.start, p.end, m.meta)
				m.usesMeta = true
			case n.kind == tokenPunct && s.is(n, ":") || n.kind == tokenPunct && t.depth > 0 && strings.IndexByte(",}=;", src[n.start]) >= 0:
				// A property's name.
			case t.depth > 0:
				return m, &scanError{t.start, 6, "Cannot use import statement outside a module"}
			default:
				if err := m.importDeclaration(s, t); err != nil {
					return m, err
				}
			}
		case "export":
			if n := s.peek(); t.depth > 0 {
				if n.kind == tokenPunct && strings.IndexByte(":(,}=;", src[n.start]) >= 0 {
					continue
				}
				return m, &scanError{t.start, 6, "Unexpected lexeme 'export'"}
			}
			if err := m.exportDeclaration(s, t); err != nil {
				return m, err
			}
		}
	}
}

// peek returns the next lexeme without taking it.
func (s *scanner) peek() lexeme {
	saved, open := *s, len(s.open)
	var top bracket
	if open > 0 {
		top = s.open[open-1]
	}
	t := s.next()
	*s = saved
	if open > 0 {
		s.open[open-1] = top // a template's end and beginning may have replaced it
	}
	return t
}

// fill puts text in place of a range, which keeps its line breaks.
func (m *moduleScan) fill(start, end int, text string) {
	m.edits = append(m.edits, [2]int{start, end})
	for i := start; i < end; i++ {
		if i-start < len(text) {
			m.text[i] = text[i-start]
		} else if c := m.text[i]; c != '\n' && c != '\r' && c < 0x80 {
			m.text[i] = ' '
		} else if c >= 0x80 {
			i += m.fillRune(i) - 1
		}
	}
}

// fillRune replaces a character outside of ASCII by one that counts as one
// column, too, and takes as many bytes: a no-break space, an ideographic one.
func (m *moduleScan) fillRune(i int) int {
	for _, n := range []int{2, 3, 4} {
		if i+n > len(m.src) {
			break
		}
		switch {
		case n == 2 && m.src[i] >= 0xC0 && m.src[i] < 0xE0:
			copy(m.text[i:], "\u00a0")
			return n
		case n == 3 && m.src[i] >= 0xE0 && m.src[i] < 0xF0:
			if r := m.src[i : i+3]; r == "\u2028" || r == "\u2029" {
				return n
			}
			copy(m.text[i:], "\u3000")
			return n
		case n == 4 && m.src[i] >= 0xF0:
			copy(m.text[i:], "\u00a0\u00a0")
			return n
		}
	}
	m.text[i] = ' '
	return 1
}

func unexpectedToken(s *scanner, t lexeme) error {
	w := max(t.end-t.start, 1)
	switch t.kind {
	case tokenEOF:
		return &scanError{t.start, 1, "Unexpected end of input"}
	case tokenString:
		return &scanError{t.start, w, "Unexpected string"}
	case tokenNumber:
		return &scanError{t.start, w, "Unexpected number"}
	case tokenTemplate:
		return &scanError{t.start, w, "Unexpected template string"}
	case tokenWord:
		if word := s.text(t); !reserved[word] {
			return &scanError{t.start, w, "Unexpected identifier '" + word + "'"}
		}
	}
	return &scanError{t.start, w, "Unexpected lexeme '" + s.text(t) + "'"}
}

// endStatement takes the semicolon or its absence; end is where the statement ends.
func (m *moduleScan) endStatement(s *scanner, last lexeme) (end int, err error) {
	n := s.peek()
	if n.kind == tokenPunct && s.is(n, ";") {
		s.next()
		return n.end, nil
	}
	if n.kind == tokenEOF || n.newline || n.kind == tokenPunct && s.is(n, "}") {
		return last.end, nil
	}
	return 0, unexpectedToken(s, n)
}

// blank makes a statement an empty block: no line's statement before it without
// a semicolon can take that for its own.
func (m *moduleScan) blank(start, end int) {
	m.blanked[start] = true
	m.fill(start, end, "{}")
}

// request returns the index of a request, a new one if there is none like it.
func (m *moduleScan) request(r Request) int {
	for i := range m.requests {
		if m.requests[i].Specifier == r.Specifier && sameAttributes(m.requests[i].Attributes, r.Attributes) {
			return i
		}
	}
	m.requests = append(m.requests, r)
	return len(m.requests) - 1
}

func sameAttributes(a, b []Attribute) bool {
	if len(a) != len(b) {
		return false
	}
	for _, x := range a {
		found := false
		for _, y := range b {
			found = found || x == y
		}
		if !found {
			return false
		}
	}
	return true
}

// fromClause reads the module specifier and its attributes, after "from".
func (m *moduleScan) fromClause(s *scanner) (request int, last lexeme, err error) {
	t := s.next()
	if t.kind != tokenString {
		return 0, t, unexpectedToken(s, t)
	}
	spec, ok := stringValue(s.text(t))
	if !ok {
		return 0, t, &scanError{t.start, 1, "Invalid or unexpected token"}
	}
	r := Request{Specifier: spec, Offset: t.start}
	last = t
	if n := s.peek(); n.kind == tokenWord && s.is(n, "with") {
		s.next()
		if last, err = m.attributes(s, &r); err != nil {
			return 0, last, err
		}
	}
	return m.request(r), last, nil
}

func (m *moduleScan) attributes(s *scanner, r *Request) (last lexeme, err error) {
	t := s.next()
	if !s.is(t, "{") {
		return t, unexpectedToken(s, t)
	}
	for {
		t = s.next()
		if t.kind == tokenPunct && s.is(t, "}") {
			return t, nil
		}
		key := s.text(t)
		switch t.kind {
		case tokenString:
			key, _ = stringValue(key)
		case tokenWord:
		default:
			return t, unexpectedToken(s, t)
		}
		if c := s.next(); !s.is(c, ":") {
			return c, unexpectedToken(s, c)
		}
		v := s.next()
		if v.kind != tokenString {
			return v, unexpectedToken(s, v)
		}
		value, _ := stringValue(s.text(v))
		for _, a := range r.Attributes {
			if a.Key == key {
				return t, &scanError{t.start, t.end - t.start, "Import attributes has a duplicate key '" + key + "'"}
			}
		}
		r.Attributes = append(r.Attributes, Attribute{key, value})
		t = s.next()
		if t.kind == tokenPunct && s.is(t, "}") {
			return t, nil
		}
		if !s.is(t, ",") {
			return t, unexpectedToken(s, t)
		}
	}
}

// moduleName is a ModuleExportName: an identifier, or a string.
func moduleName(s *scanner, t lexeme) (name string, err error) {
	switch t.kind {
	case tokenWord:
		return identifierValue(s.text(t)), nil
	case tokenString:
		v, ok := stringValue(s.text(t))
		if !ok {
			return "", &scanError{t.start, t.end - t.start, "Invalid module export name: contains unpaired surrogate character"}
		}
		return v, nil
	}
	return "", unexpectedToken(s, t)
}

func bindingName(s *scanner, t lexeme) (string, error) {
	if t.kind != tokenWord {
		return "", unexpectedToken(s, t)
	}
	name := identifierValue(s.text(t))
	if reserved[name] {
		return "", unexpectedToken(s, t)
	}
	if name == "eval" || name == "arguments" {
		return "", &scanError{t.start, t.end - t.start, "Unexpected eval or arguments in strict mode"}
	}
	if name == "await" || oneOf(name, "let", "static", "yield", "implements", "interface", "package", "private", "protected", "public") {
		if name == "await" {
			return "", &scanError{t.start, 5, "Unexpected reserved word"}
		}
		return "", &scanError{t.start, t.end - t.start, "Unexpected strict mode reserved word"}
	}
	return name, nil
}

func (m *moduleScan) importDeclaration(s *scanner, start lexeme) error {
	t := s.peek()
	if t.kind == tokenString {
		_, last, err := m.fromClause(s)
		if err != nil {
			return err
		}
		return m.finish(s, start, last)
	}
	s.next()
	var entries []ImportEntry
	if t.kind == tokenWord {
		name, err := bindingName(s, t)
		if err != nil {
			return err
		}
		entries = append(entries, ImportEntry{Name: "default", Local: name, Offset: t.start, Width: t.end - t.start})
		if n := s.peek(); n.kind == tokenPunct && s.is(n, ",") {
			s.next()
			t = s.next()
			if t.kind == tokenWord {
				return unexpectedToken(s, t)
			}
		} else {
			t = lexeme{}
		}
	}
	switch {
	case t.kind == tokenPunct && s.is(t, "*"):
		if as := s.next(); !s.is(as, "as") {
			return unexpectedToken(s, as)
		}
		local := s.next()
		name, err := bindingName(s, local)
		if err != nil {
			return err
		}
		entries = append(entries, ImportEntry{Name: "*", Namespace: true, Local: name, Offset: local.start, Width: local.end - local.start})
	case t.kind == tokenPunct && s.is(t, "{"):
		for {
			n := s.next()
			if n.kind == tokenPunct && s.is(n, "}") {
				break
			}
			name, err := moduleName(s, n)
			if err != nil {
				return err
			}
			local := n
			if as := s.peek(); as.kind == tokenWord && s.is(as, "as") {
				s.next()
				local = s.next()
			} else if n.kind == tokenString {
				return unexpectedToken(s, s.next())
			}
			bound, err := bindingName(s, local)
			if err != nil {
				return err
			}
			entries = append(entries, ImportEntry{Name: name, Local: bound, Offset: n.start, Width: n.end - n.start})
			n = s.next()
			if n.kind == tokenPunct && s.is(n, "}") {
				break
			}
			if !s.is(n, ",") {
				return unexpectedToken(s, n)
			}
		}
	case t.kind != tokenEOF || len(entries) == 0:
		return unexpectedToken(s, t)
	}
	if from := s.next(); from.kind != tokenWord || !s.is(from, "from") {
		return unexpectedToken(s, from)
	}
	req, last, err := m.fromClause(s)
	if err != nil {
		return err
	}
	for _, e := range entries {
		e.Request = req
		m.imports = append(m.imports, e)
	}
	return m.finish(s, start, last)
}

func (m *moduleScan) finish(s *scanner, start, last lexeme) error {
	end, err := m.endStatement(s, last)
	if err != nil {
		return err
	}
	m.blank(start.start, end)
	return nil
}

func (m *moduleScan) exportDeclaration(s *scanner, start lexeme) error {
	t := s.next()
	switch {
	case t.kind == tokenPunct && s.is(t, "*"):
		e := ExportEntry{Star: true, Offset: t.start, Width: 1}
		n := s.next()
		if n.kind == tokenWord && s.is(n, "as") {
			n = s.next()
			name, err := moduleName(s, n)
			if err != nil {
				return err
			}
			e = ExportEntry{Export: name, Namespace: true, Offset: n.start, Width: n.end - n.start}
			n = s.next()
		}
		if n.kind != tokenWord || !s.is(n, "from") {
			return unexpectedToken(s, n)
		}
		req, last, err := m.fromClause(s)
		if err != nil {
			return err
		}
		e.Request = req
		m.exports = append(m.exports, e)
		return m.finish(s, start, last)
	case t.kind == tokenPunct && s.is(t, "{"):
		return m.exportList(s, start)
	case t.kind != tokenWord:
		return unexpectedToken(s, t)
	}
	switch s.text(t) {
	case "default":
		return m.exportDefault(s, start, t)
	case "var", "let", "const", "class", "function":
	case "async":
		if n := s.peek(); n.newline || !s.is(n, "function") {
			return unexpectedToken(s, t)
		}
	case "using", "await": // lowered before, or an error
		return unexpectedToken(s, t)
	default:
		return unexpectedToken(s, t)
	}
	m.fill(start.start, start.end, "")
	m.exported[t.start] = true
	return nil
}

func (m *moduleScan) exportList(s *scanner, start lexeme) error {
	var list []ExportEntry
	var bad error // a local name that may not be one
	var last lexeme
	for {
		n := s.next()
		if n.kind == tokenPunct && s.is(n, "}") {
			last = n
			break
		}
		name, err := moduleName(s, n)
		if err != nil {
			return err
		}
		if n.kind == tokenString {
			bad = unexpectedToken(s, n)
		} else if reserved[name] {
			bad = unexpectedToken(s, n)
		}
		e := ExportEntry{Export: name, Name: name, Offset: n.start, Width: n.end - n.start}
		if as := s.peek(); as.kind == tokenWord && s.is(as, "as") {
			s.next()
			if e.Export, err = moduleName(s, s.next()); err != nil {
				return err
			}
		}
		list = append(list, e)
		n = s.next()
		if n.kind == tokenPunct && s.is(n, "}") {
			last = n
			break
		}
		if !s.is(n, ",") {
			return unexpectedToken(s, n)
		}
	}
	if n := s.peek(); n.kind == tokenWord && s.is(n, "from") {
		s.next()
		req, end, err := m.fromClause(s)
		if err != nil {
			return err
		}
		for i := range list {
			list[i].Request = req
		}
		m.exports = append(m.exports, list...)
		return m.finish(s, start, end)
	}
	if bad != nil {
		return bad
	}
	for i := range list {
		list[i].Request, list[i].Local = -1, list[i].Name
	}
	m.exports = append(m.exports, list...)
	return m.finish(s, start, last)
}

// exportDefault leaves a declaration that has a name as it is, gives one to a
// nameless one, and makes any other expression an assignment.
func (m *moduleScan) exportDefault(s *scanner, start, def lexeme) error {
	e := ExportEntry{Export: "default", Local: "default", Request: -1, Offset: def.start, Width: 7}
	t := s.peek()
	saved := *s
	saved.open = append([]bracket(nil), s.open...)
	if t.kind == tokenWord && (s.is(t, "function") || s.is(t, "class") || s.is(t, "async")) {
		s.next()
		head := s.text(t)
		last := t
		isAsync := head == "async"
		if isAsync {
			if n := s.peek(); s.is(n, "function") && !n.newline {
				s.next()
				head, last = "async function", n
			} else {
				head = ""
			}
		}
		if n := s.peek(); head != "" && head != "class" && s.is(n, "*") {
			s.next()
			head, last = head+"*", n
		}
		if head != "" {
			n := s.peek()
			named := n.kind == tokenWord && !(head == "class" && s.is(n, "extends"))
			switch {
			case named:
				name, err := bindingName(s, n)
				if err != nil && !oneOf(s.text(n), "await", "yield") {
					return err
				}
				e.Local = name
				m.fill(start.start, def.end, "")
				m.defaults[t.start] = defaultDeclaration
			case !strings.ContainsAny(s.src[start.start:last.end], "\r\n"):
				m.fill(start.start, last.end, head+" "+m.defaultName)
				m.defaults[start.start] = defaultAnonymous
			default:
				head = "" // no line may be lost: an expression then, which is not hoisted
			}
			if head != "" {
				m.exports = append(m.exports, e)
				return nil
			}
		}
	}
	*s = saved
	m.fill(start.start, def.end, m.defaultName)
	m.text[def.end-1] = '='
	m.defaults[start.start] = defaultExpression
	m.exports = append(m.exports, e)
	return nil
}

// stringValue is a string literal's value; ok is false for lone surrogates,
// which neither a module specifier nor an export name may have.
func stringValue(lit string) (v string, ok bool) {
	if len(lit) < 2 || lit[len(lit)-1] != lit[0] {
		return "", false
	}
	body := lit[1 : len(lit)-1]
	if !strings.Contains(body, `\`) {
		return body, true
	}
	var units []uint16
	for i := 0; i < len(body); {
		if body[i] != '\\' {
			j := strings.IndexByte(body[i:], '\\')
			if j < 0 {
				j = len(body) - i
			}
			units = append(units, utf16.Encode([]rune(body[i:i+j]))...)
			i += j
			continue
		}
		i++
		if i >= len(body) {
			break
		}
		c := body[i]
		i++
		hex := func(n int) bool {
			if i+n > len(body) {
				return false
			}
			x, err := strconv.ParseUint(body[i:i+n], 16, 16)
			i += n
			units = append(units, uint16(x))
			return err == nil
		}
		switch c {
		case 'n':
			units = append(units, '\n')
		case 't':
			units = append(units, '\t')
		case 'r':
			units = append(units, '\r')
		case 'b':
			units = append(units, '\b')
		case 'f':
			units = append(units, '\f')
		case 'v':
			units = append(units, '\v')
		case '0':
			units = append(units, 0)
		case '\r':
			if i < len(body) && body[i] == '\n' {
				i++
			}
		case '\n':
		case 'x':
			if !hex(2) {
				return "", false
			}
		case 'u':
			if i < len(body) && body[i] == '{' {
				j := strings.IndexByte(body[i:], '}')
				if j < 0 {
					return "", false
				}
				x, err := strconv.ParseUint(body[i+1:i+j], 16, 32)
				if err != nil || x > 0x10FFFF {
					return "", false
				}
				i += j + 1
				if x >= 0xD800 && x < 0xE000 {
					units = append(units, uint16(x))
				} else {
					units = append(units, utf16.Encode([]rune{rune(x)})...)
				}
			} else if !hex(4) {
				return "", false
			}
		default:
			i--
			_, n := utf8.DecodeRuneInString(body[i:])
			units = append(units, utf16.Encode([]rune(body[i:i+n]))...)
			i += n
		}
	}
	runes := utf16.Decode(units)
	for _, r := range runes {
		if r == utf8.RuneError && !strings.ContainsRune(body, r) && !strings.Contains(strings.ToLower(body), "fffd") {
			return "", false
		}
	}
	return string(runes), true
}

// identifierValue resolves the unicode escapes of an identifier.
func identifierValue(word string) string {
	if !strings.Contains(word, `\`) {
		return word
	}
	v, _ := stringValue(`"` + word + `"`)
	return v
}
