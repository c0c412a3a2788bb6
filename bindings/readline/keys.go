package readline

import (
	"strings"
	"unicode/utf8"
)

const escape = '\x1b'

// A key is one key press, as the 'keypress' event describes it.
type key struct {
	sequence          string
	name              string // "" where Node has undefined
	code              string // of an escape sequence, without ESC and parameters
	ctrl, meta, shift bool
	escaped           bool   // came with an ESC: its text is not for a line
	text              string // that was pasted
}

// emitted reports whether the press is told of at all: an unnamed sequence of
// several characters that is no escape sequence is not.
func (k *key) emitted() bool {
	return k.name != "" || k.escaped || utf8.RuneCountInString(k.sequence) == 1
}

// A decoder makes key presses of a terminal's input, which may be cut anywhere.
type decoder struct {
	pending string
	// pasted collects what stands between the marks of a bracketed paste.
	pasted *strings.Builder
}

const (
	pasteStart = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
)

// feed returns the presses that text completes. With whole, a bracketed paste
// is one press of the key "paste".
func (d *decoder) feed(text string, whole bool) []key {
	d.pending += text
	var out []key
	for d.pending != "" {
		if d.pasted != nil {
			end := strings.Index(d.pending, pasteEnd)
			if end < 0 {
				// The mark may be cut.
				keep := min(len(d.pending), len(pasteEnd)-1)
				d.pasted.WriteString(d.pending[:len(d.pending)-keep])
				d.pending = d.pending[len(d.pending)-keep:]
				break
			}
			d.pasted.WriteString(d.pending[:end])
			out = append(out, key{name: "paste", text: d.pasted.String()})
			d.pasted, d.pending = nil, d.pending[end+len(pasteEnd):]
			continue
		}
		if whole && strings.HasPrefix(d.pending, pasteStart) {
			d.pasted, d.pending = &strings.Builder{}, d.pending[len(pasteStart):]
			continue
		}
		k, n := scan(d.pending, false)
		if n == 0 {
			break
		}
		out = append(out, k)
		d.pending = d.pending[n:]
	}
	return out
}

// waiting reports whether an ESC was the last thing that came: it may be the
// key itself or begin a sequence.
func (d *decoder) waiting() bool {
	return d.pasted == nil && strings.HasSuffix(d.pending, string(escape))
}

// flush ends what is pending: nothing more came for a while.
func (d *decoder) flush() []key {
	if d.pending == "" || d.pasted != nil {
		return nil
	}
	k, _ := scan(d.pending, true)
	d.pending = ""
	return []key{k}
}

// scan reads the press at the start of s and returns its length in bytes, 0 if
// s ends too early. With final, s is all there is.
func scan(s string, final bool) (k key, n int) {
	next := func() (rune, bool) {
		if n == len(s) {
			return 0, false
		}
		r, size := utf8.DecodeRuneInString(s[n:])
		n += size
		return r, true
	}
	ch, _ := next()
	if ch == escape {
		k.escaped = true
		for range 2 {
			var ok bool
			if ch, ok = next(); !ok {
				if !final {
					return k, 0
				}
				k.name, k.meta, k.sequence = "escape", true, s
				return k, n
			}
			if ch != escape {
				break
			}
		}
	}
	if k.escaped && (ch == 'O' || ch == '[') {
		length, ok := k.control(s[n-1:])
		if !ok {
			if !final {
				return k, 0
			}
			k.name, length = "undefined", len(s)-n+1
		}
		n += length - 1
		k.sequence = s[:n]
		return k, n
	}
	k.sequence = s[:n]
	switch {
	case ch == '\r':
		k.name, k.meta = "return", k.escaped
	case ch == '\n':
		k.name, k.meta = "enter", k.escaped
	case ch == '\t':
		k.name, k.meta = "tab", k.escaped
	case ch == '\b' || ch == 0x7f:
		k.name, k.meta = "backspace", k.escaped
	case ch == escape:
		k.name, k.meta = "escape", k.escaped
	case ch == ' ':
		k.name, k.meta = "space", k.escaped
	case !k.escaped && ch <= 0x1a:
		k.name, k.ctrl = string('a'+ch-1), true
	case '0' <= ch && ch <= '9', 'a' <= ch && ch <= 'z':
		k.name, k.meta = string(ch), k.escaped
	case 'A' <= ch && ch <= 'Z':
		k.name, k.shift, k.meta = string(ch-'A'+'a'), true, k.escaped
	case k.escaped:
		k.meta = true
	}
	return k, n
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// control reads what follows the ESC of a control sequence (ECMA-48's CSI and
// SS3) into k. The forms are those of xterm, gnome-terminal, rxvt, PuTTY and
// Cygwin:
//
//	O letter            O digit letter
//	[ letter            [ digit letter            [ digit ; digit letter
//	[ number ~^$        [ number ; digit ~^$      [[ letter   [[ number ~
func (k *key) control(s string) (n int, ok bool) {
	at := func(i int) byte {
		if i < len(s) {
			return s[i]
		}
		return 0
	}
	// last takes the character that ends the sequence.
	last := func() (string, bool) {
		if n >= len(s) {
			return "", false
		}
		_, size := utf8.DecodeRuneInString(s[n:])
		n += size
		return s[n-size : n], true
	}
	modifier := byte('1')
	n = 1
	if s[0] == 'O' {
		if digit(at(n)) {
			modifier = at(n)
			n++
		}
		end, ok := last()
		if !ok {
			return 0, false
		}
		k.code = "O" + end
	} else {
		prefix := "["
		if at(n) == '[' {
			prefix = "[["
			n++
		}
		start := n
		for n-start < 3 && digit(at(n)) {
			n++
		}
		number, second := s[start:n], byte(0)
		if number != "" && at(n) == ';' {
			n++
			if digit(at(n)) {
				second = at(n)
				n++
			}
		}
		plain := s[start:n] == number
		end, ok := last()
		if !ok {
			return 0, false
		}
		letter := 'a' <= end[0]|0x20 && end[0]|0x20 <= 'z'
		tilde := end == "~" || end == "^" || end == "$"
		k.code = prefix + s[start:n]
		switch {
		case tilde && (len(number) == 1 || len(number) == 2) && (plain || second != 0):
			k.code = prefix + number + end
			if second != 0 {
				modifier = second
			}
		case letter && number == "":
			k.code = prefix + end
		case letter && len(number) == 1 && plain:
			k.code, modifier = prefix+end, number[0]
		case letter && len(number) == 1 && second != 0:
			k.code, modifier = prefix+end, second
		}
	}
	bits := int(modifier) - '1'
	k.ctrl, k.meta, k.shift = bits&4 != 0, bits&10 != 0, bits&1 != 0
	k.name = name(k.code)
	// rxvt tells of a modifier by another last character.
	end := k.code[len(k.code)-1]
	switch {
	case k.name == unknown:
	case k.code == "[Z", end == '$':
		k.shift = true
	case end == '^':
		k.ctrl = true
	case 'a' <= end && end <= 'e' && k.code[0] == 'O':
		k.ctrl = true
	case 'a' <= end && end <= 'e':
		k.shift = true
	}
	return n, true
}

// unknown is Node's name for a control sequence that is no key's.
const unknown = "undefined"

// name is the key whose control sequence has the given code.
func name(code string) string {
	switch code {
	case "OP", "[P", "[11~", "[[A":
		return "f1"
	case "OQ", "[Q", "[12~", "[[B":
		return "f2"
	case "OR", "[R", "[13~", "[[C":
		return "f3"
	case "OS", "[S", "[14~", "[[D":
		return "f4"
	case "[15~", "[[E":
		return "f5"
	case "[17~":
		return "f6"
	case "[18~":
		return "f7"
	case "[19~":
		return "f8"
	case "[20~":
		return "f9"
	case "[21~":
		return "f10"
	case "[23~":
		return "f11"
	case "[24~":
		return "f12"
	case "[200~":
		return "paste-start"
	case "[201~":
		return "paste-end"
	case "[A", "OA", "[a", "Oa":
		return "up"
	case "[B", "OB", "[b", "Ob":
		return "down"
	case "[C", "OC", "[c", "Oc":
		return "right"
	case "[D", "OD", "[d", "Od":
		return "left"
	case "[E", "OE", "[e", "Oe":
		return "clear"
	case "[F", "OF", "[4~", "[8~", "[8$", "[8^":
		return "end"
	case "[H", "OH", "[1~", "[7~", "[7$", "[7^":
		return "home"
	case "[2~", "[2$", "[2^":
		return "insert"
	case "[3~", "[3$", "[3^":
		return "delete"
	case "[5~", "[[5~", "[5$", "[5^":
		return "pageup"
	case "[6~", "[[6~", "[6$", "[6^":
		return "pagedown"
	case "[Z":
		return "tab"
	}
	return unknown
}
