package runtime

import (
	"strings"
	"testing"
)

func TestCalledName(t *testing.T) {
	for _, c := range []struct{ source, want string }{ // the parenthesis, or new, is at the |
		{"setTimeout|(f)", "setTimeout"}, {"x = fs.promises.readFile |(f)", "fs.promises.readFile"},
		{"net.createServer().listen|(0)", "listen"}, {"a().b.c|(0)", "c"}, {"|new Worker(f)", "new Worker"},
		{"return |(0)", ""}, {"await |x", ""}, {"|", ""}, {"|new ", "new "},
	} {
		off := strings.IndexByte(c.source, '|')
		if got := calledName(strings.Replace(c.source, "|", "", 1), off); got != c.want {
			t.Errorf("%s: %q, want %q", c.source, got, c.want)
		}
	}
}
