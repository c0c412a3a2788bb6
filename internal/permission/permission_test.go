package permission

import (
	"os"
	"path/filepath"
	"testing"
)

func TestPaths(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for _, d := range []string{"in/sub", "out"} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	s := New(map[string]string{
		"permission": "true", "allow-fs-read": "in\x00file.txt\x00pre*ignored\x00out/*", "allow-fs-write": "*", "allow-worker": "true",
	}, "main.js")
	for path, want := range map[string]bool{
		"in": true, "in/": true, "in/a": true, "in/sub/b": true, "inside": false, "in/../secret": false, "./in/../in/a": true,
		"file.txt": true, "file.txt2": false, "file.txt/x": false, "prefix": true, "pre": true, "pr": false, "out": true, "out/x": true,
		"outer": false, "main.js": true, filepath.Join(dir, "in", "x"): true, "": false, "..": false,
	} {
		if got := s.Read(path) == nil; got != want {
			t.Errorf("read %q: %v, want %v", path, got, want)
		}
	}
	if s.Write("anything") != nil || s.Check("worker", "") != nil || s.Check("child", "sh") == nil {
		t.Error("scopes are mixed up")
	}
	for scope, want := range map[string]bool{"fs": false, "fs.read": false, "fs.write": true, "worker": true, "child": false, "nonsense": false} {
		if got := s.Has(scope, "", false); got != want {
			t.Errorf("has %s: %v, want %v", scope, got, want)
		}
	}
	var none *Set
	if New(nil) != none || none.Read("x") != nil || none.Check("child", "") != nil {
		t.Error("without --permission something is refused")
	}
}
