package repl_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gonode/gonode/internal/jstest"
	"github.com/gonode/gonode/internal/ptytest"
)

// TestTerminal plays the sessions of testdata/terminal and compares the screen
// at each "screen" step with the one recorded in NAME.screen. A session's first
// line names who recorded it: "# node" is real Node.js, "# gonode" is ourselves,
// where Node has nothing to compare.
//
//	RECORD_NODE=/path/to/node go test ./bindings/repl -run TestTerminal
//
// records anew. The steps, one a line:
//
//	size COLUMNS ROWS   the terminal's size, as the first step
//	env NAME=VALUE      for the program
//	type "TEXT"         a Go string
//	key NAME …          keys by name: enter, up, C-r, M-b
//	wait "TEXT"         until the screen has TEXT
//	file NAME           until the program has made a file
//	resize COLUMNS ROWS
//	screen              until the screen is the recorded one
func TestTerminal(t *testing.T) {
	files, _ := filepath.Glob("testdata/terminal/*.txt")
	if len(files) == 0 {
		t.Fatal("no sessions")
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			play(t, file)
		})
	}
}

var keys = map[string]string{
	"enter": "\r", "tab": "\t", "escape": "\x1b", "backspace": "\x7f", "delete": "\x1b[3~",
	"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
	"C-left": "\x1b[1;5D", "C-right": "\x1b[1;5C", "C-_": "\x1f", "C-^": "\x1e",
	"paste-start": "\x1b[200~", "paste-end": "\x1b[201~",
}

func key(name string) string {
	if k, ok := keys[name]; ok {
		return k
	}
	switch rest, letter := strings.TrimLeft(name, "CM-"), byte(0); {
	case len(rest) == 1 && strings.HasPrefix(name, "C-"):
		letter = rest[0] & 0x1f
		return string(letter)
	case len(rest) == 1 && strings.HasPrefix(name, "M-"):
		return "\x1b" + rest
	}
	panic("no key " + name)
}

var versions = regexp.MustCompile(`Node\.js v[0-9.]+`)

func play(t *testing.T, file string) {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	golden := strings.TrimSuffix(file, ".txt") + ".screen"
	binary := jstest.Binary(t)
	node := os.Getenv("RECORD_NODE")
	if node != "" && strings.HasPrefix(string(text), "# node\n") {
		binary = node
	}
	var want []string
	if node == "" {
		recorded, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		want = strings.Split(strings.TrimPrefix(string(recorded), "=\n"), "=\n")
	}
	home := t.TempDir()
	cmd := exec.Command(binary)
	cmd.Dir = home
	cmd.Env = []string{"HOME=" + home, "PATH=" + os.Getenv("PATH"), "TERM=xterm-256color", "GONODE_REPL_HIGHLIGHT=0"}
	var term *ptytest.Terminal
	var cols, rows, shot int
	var typed string
	var out strings.Builder
	snapshot := func() string { return versions.ReplaceAllString(term.Snapshot(), "Node.js vX") }
	for n, line := range strings.Split(string(text), "\n") {
		word, rest, _ := strings.Cut(line, " ")
		if word == "" || word == "#" {
			continue
		}
		if term == nil && word != "size" && word != "env" {
			term = ptytest.Start(t, cols, rows, cmd)
		}
		where := fmt.Sprintf("%s:%d", file, n+1)
		// What is typed between two looks at the screen arrives in one piece:
		// whether a preview is shown in between must not depend on the machine.
		if word != "type" && word != "key" && typed != "" {
			term.Type(typed)
			typed = ""
		}
		unquote := func() string {
			s, err := strconv.Unquote(rest)
			if err != nil {
				t.Fatalf("%s: %v", where, err)
			}
			return s
		}
		size := func() {
			if _, err := fmt.Sscan(rest, &cols, &rows); err != nil {
				t.Fatalf("%s: %v", where, err)
			}
		}
		switch word {
		case "size":
			size()
		case "env":
			cmd.Env = append(cmd.Env, rest)
		case "type":
			typed += unquote()
		case "key":
			for k := range strings.FieldsSeq(rest) {
				typed += key(k)
			}
		case "wait":
			if want := unquote(); !term.Wait(func(s string) bool { return strings.Contains(s, want) }) {
				t.Fatalf("%s: waited for %q on\n%s", where, want, term.Snapshot())
			}
		case "file":
			for end := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
				if _, err := os.Stat(filepath.Join(home, rest)); err == nil {
					break
				} else if time.Now().After(end) {
					t.Fatalf("%s: no such file", where)
				}
			}
		case "resize":
			size()
			term.Resize(cols, rows)
		case "screen":
			if node != "" {
				term.Settle(700 * time.Millisecond)
				out.WriteString("=\n" + snapshot())
				continue
			}
			if shot == len(want) {
				t.Fatalf("%s: no such screen was recorded", where)
			}
			if !term.Wait(func(string) bool { return snapshot() == want[shot] }) {
				t.Fatalf("%s: the screen is\n%s\nwant\n%s", where, snapshot(), want[shot])
			}
			shot++
		default:
			t.Fatalf("%s: what is %s?", where, word)
		}
	}
	if node != "" {
		if err := os.WriteFile(golden, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
