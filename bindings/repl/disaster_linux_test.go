package repl_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gonode/gonode/internal/jstest"
	"github.com/gonode/gonode/internal/ptytest"
)

func start(t *testing.T, home string, args ...string) *ptytest.Terminal {
	cmd := exec.Command(jstest.Binary(t), args...)
	cmd.Dir = home
	cmd.Env = []string{"HOME=" + home, "PATH=" + os.Getenv("PATH"), "TERM=xterm-256color"}
	return ptytest.Start(t, 60, 12, cmd)
}

func waitFor(t *testing.T, p *ptytest.Terminal, text string) {
	t.Helper()
	if !p.Wait(func(s string) bool { return strings.Contains(s, text) }) {
		t.Fatalf("waited for %q on\n%s", text, p.Snapshot())
	}
}

// However a program ends that has changed the terminal's mode, the shell gets
// the terminal as it was.
func TestTerminalIsRestored(t *testing.T) {
	script := filepath.Join(t.TempDir(), "raw.js")
	text := `process.stdin.setRawMode(true);
process.stdin.once('data', () => {
  const how = process.argv[2];
  if (how === 'throw') throw new Error('x');
  if (how === 'exit') process.exit();
  process.kill(process.pid, how);
});
console.log('ready');`
	if err := os.WriteFile(script, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, how := range []string{"throw", "exit", "SIGTERM", "SIGINT", "SIGHUP"} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			p := start(t, t.TempDir(), script, how)
			waitFor(t, p, "ready")
			if p.Cooked() {
				t.Fatal("the mode has not changed")
			}
			p.Type("x")
			_ = p.Cmd.Wait()
			if !p.Cooked() {
				t.Error("the terminal is still raw")
			}
		})
	}
}

// A window that is closed ends the REPL, and its history is kept.
func TestHangUp(t *testing.T) {
	home := t.TempDir()
	p := start(t, home)
	waitFor(t, p, "|>")
	p.Type("'kept'\r")
	waitFor(t, p, "|'kept'")
	p.Type("'too'\r")
	waitFor(t, p, "|'too'")
	p.HangUp()
	_ = p.Cmd.Wait()
	history, err := os.ReadFile(filepath.Join(home, ".node_repl_history"))
	if err != nil || string(history) != "'too'\n'kept'\n" {
		t.Errorf("history %q, %v", history, err)
	}
}

// A paste is one insertion, however long it is.
func TestLongPaste(t *testing.T) {
	p := start(t, t.TempDir())
	waitFor(t, p, "|>")
	p.Type("\x1b[200~'" + strings.Repeat("0123456789abcdef", 1<<16) + "'.length\x1b[201~\r")
	waitFor(t, p, "|1048576")
}
