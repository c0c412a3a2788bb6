package cli

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gonode/gonode/internal/options"
)

var update = flag.Bool("update", false, "write docs/gonode.1 and docs/cli.md anew")

func TestPages(t *testing.T) {
	for file, write := range map[string]func(io.Writer) error{"gonode.1": Man, "cli.md": Markdown} {
		var got bytes.Buffer
		if err := write(&got); err != nil {
			t.Fatal(err)
		}
		name := filepath.Join("..", "..", "docs", file)
		if *update {
			if err := os.WriteFile(name, got.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil || !bytes.Equal(want, got.Bytes()) {
			t.Errorf("docs/%s is not what the table says: go test ./internal/cli -update (%v)", file, err)
		}
	}
}

// Every option has a kind, a text, a group, and a place in the help unless it is hidden.
func TestHelp(t *testing.T) {
	var b strings.Builder
	if err := Help(&b, "gonode"); err != nil {
		t.Fatal(err)
	}
	for _, o := range options.All() {
		if o.Text == "" || o.Group == "" {
			t.Errorf("--%s says nothing of itself", o.Name)
		}
		if !o.Hidden && !strings.Contains(b.String(), form(o)) {
			t.Errorf("%s is not in the help", form(o))
		}
	}
	for line := range strings.Lines(b.String()) {
		if len(line) > columns+1 {
			t.Errorf("a line of %d columns: %s", len(line)-1, line)
		}
	}
}

func TestWords(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "package.json"), []byte(`{"scripts":{"build":"make","test":"x"}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--unhandled-rejections", "w"}, "strict\nwarn\nnone\nthrow\nwarn-with-error-code\n:4\n"},
		{[]string{"--unhandled-rejections=no"}, "strict\nwarn\nnone\nthrow\nwarn-with-error-code\n:4\n"},
		{[]string{"--run", ""}, "build\tmake\ntest\tx\n:4\n"},
		{[]string{"--env-file-if"}, "--env-file-if-exists\tas --env-file, but a missing file is no error\n:4\n"},
		{[]string{"--no-warnings", ""}, "js\nmjs\ncjs\nts\nmts\ncts\n:8\n"},
		{[]string{"a.js", "--unh"}, ":0\n"},
		{[]string{"--report-dir", ""}, ":16\n"},
	} {
		var out, errs bytes.Buffer
		if err := Words("gonode", c.args, &out, &errs); err != nil || out.String() != c.want {
			t.Errorf("%q: %q, want %q (%v)", c.args, out.String(), c.want, err)
		}
	}
}

func TestCompletion(t *testing.T) {
	for shell, want := range map[string]string{
		"bash": "complete -o filenames -o nospace -o bashdefault -F _gonode_complete gonode gonode_g",
		"zsh":  "#compdef gonode", "fish": "complete -c gonode", "powershell": "Register-ArgumentCompleter",
	} {
		var b strings.Builder
		if err := Completion(&b, "gonode", shell); err != nil || !strings.Contains(b.String(), want) {
			t.Errorf("%s: %v", shell, err)
		}
		if shell != "bash" && (!strings.Contains(b.String(), Complete) || strings.Contains(b.String(), " __complete ")) {
			t.Errorf("%s: asks in a way that is not an option", shell)
		}
	}
	if Completion(io.Discard, "gonode", "csh") == nil {
		t.Error("csh has completions")
	}
}
