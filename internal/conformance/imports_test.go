package conformance

import (
	"os/exec"
	"strings"
	"testing"
)

const module = "github.com/gonode/gonode/"

// layer says how high a package stands; imports point to lower layers, and
// within one layer only inside a room.
func layer(pkg string) int {
	switch {
	case strings.HasPrefix(pkg, "cmd/"), strings.HasPrefix(pkg, "bench"), pkg == "internal/jstest", pkg == "internal/conformance":
		return 6
	case pkg == "runtime":
		return 5
	case strings.HasPrefix(pkg, "bindings/"):
		return 4
	case pkg == "internal/loader":
		return 3
	case pkg == "internal/inspect", pkg == "internal/streamwrap":
		return 3 // native objects that more than one room uses: they need Env
	case pkg == "bindings":
		return 2
	case strings.HasPrefix(pkg, "internal/"):
		return 1
	case pkg == "eventloop":
		return 0
	}
	return -1
}

// TestImportDirection holds the packages to
// cmd → runtime → bindings/* → bindings → internal/* → eventloop → std.
func TestImportDirection(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, module+"...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		f := strings.Fields(line)
		from := strings.TrimPrefix(f[0], module)
		if layer(from) < 0 {
			t.Errorf("%s has no place in the layout", from)
		}
		for _, imp := range f[1:] {
			to, ours := strings.CutPrefix(imp, module)
			if !ours {
				if from == "eventloop" && strings.Contains(imp, ".") && imp != "golang.org/x/sys/unix" {
					t.Errorf("eventloop imports %s", imp)
				}
				continue
			}
			switch {
			case layer(to) < layer(from):
			case layer(to) == layer(from) && layer(from) == 1, layer(to) == layer(from) && layer(from) == 3: // internal packages build on each other
			case room(to) == room(from):
			default:
				t.Errorf("%s imports %s", from, to)
			}
		}
	}
}

// room is a module's folder: bindings/fs for bindings/fs/glob.
func room(pkg string) string {
	parts := strings.SplitN(pkg, "/", 3)
	if len(parts) < 2 {
		return pkg
	}
	return parts[0] + "/" + parts[1]
}
