package loader

import (
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
)

// memory is a file system of path → contents; "->x" is a link to x.
type memory map[string]string

func (m memory) follow(p string) string {
	for range 10 {
		changed := false
		for q := p; ; q = filepath.Dir(q) {
			if t, ok := strings.CutPrefix(m[q], "->"); ok {
				p, changed = t+p[len(q):], true
				break
			}
			if q == "/" || q == "." {
				break
			}
		}
		if !changed {
			return p
		}
	}
	return p
}

func (m memory) Kind(p string) Kind {
	p = m.follow(p)
	if _, ok := m[p]; ok {
		return File
	}
	for q := range m {
		if strings.HasPrefix(q, strings.TrimSuffix(p, "/")+"/") {
			return Dir
		}
	}
	return None
}

func (m memory) ReadFile(p string) ([]byte, error) {
	if s, ok := m[m.follow(p)]; ok {
		return []byte(s), nil
	}
	return nil, os.ErrNotExist
}

func (m memory) Readlink(p string) (string, bool, error) {
	if m.Kind(p) == None {
		return "", false, os.ErrNotExist
	}
	t, ok := strings.CutPrefix(m[p], "->")
	return t, ok, nil
}

var tree = memory{
	"/app/main.js":                            "",
	"/app/a.json":                             "",
	"/app/dir/index.js":                       "",
	"/app/dir.js":                             "",
	"/app/only/index.json":                    "",
	"/app/package.json":                       `{"name":"app","exports":{".":"./main.js","./x":"./dir.js"},"imports":{"#d":"./dir.js","#p/*":"./*.js","#e":"p/a/one"}}`,
	"/app/node_modules/main/package.json":     `{"main":"lib"}`,
	"/app/node_modules/main/lib/index.js":     "",
	"/app/node_modules/broken/package.json":   `{"main":"nope"}`,
	"/app/node_modules/fallback/package.json": `{"main":"nope"}`,
	"/app/node_modules/fallback/index.js":     "",
	"/app/node_modules/bad/package.json":      `{`,
	"/app/node_modules/p/package.json":        `{"exports":{".":{"import":"./m.mjs","require":"./c.js"},"./a/*":"./lib/*.js","./a/private/*":null,"./arr":["nope","./c.js"],"./out":"../x","./num":3,"./gone":"./gone.js"}}`,
	"/app/node_modules/p/c.js":                "",
	"/app/node_modules/p/lib/one.js":          "",
	"/app/node_modules/@s/q/package.json":     `{"exports":"./i.js"}`,
	"/app/node_modules/@s/q/i.js":             "",
	"/app/node_modules/link":                  "->/elsewhere/pkg",
	"/elsewhere/pkg/index.js":                 "",
	"/node_modules/top/index.js":              "",
	"/app/node_modules/mixed/package.json":    `{"exports":{".":"./a","b":"./b"}}`,
	"/app/node_modules/index.js":              "",
}

func TestFindPath(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the tree has slashes")
	}
	for request, want := range map[string]string{
		"/app/main": "/app/main.js", "./main": "/app/main.js", "./a": "/app/a.json", "./dir": "/app/dir.js", "./dir/": "/app/dir/index.js",
		"./only": "/app/only/index.json", ".": "/app/index?", "main": "/app/node_modules/main/lib/index.js",
		"fallback": "/app/node_modules/fallback/index.js", "p": "/app/node_modules/p/c.js", "p/a/one": "/app/node_modules/p/lib/one.js",
		"p/arr": "/app/node_modules/p/c.js", "@s/q": "/app/node_modules/@s/q/i.js", "link": "/elsewhere/pkg/index.js",
		"top": "/node_modules/top/index.js", "nothing": "",
		"broken":        "!MODULE_NOT_FOUND Cannot find module '/app/node_modules/broken/nope'. Please verify that the package.json has a valid \"main\" entry",
		"bad":           "!ERR_INVALID_PACKAGE_CONFIG Invalid package config /app/node_modules/bad/package.json.",
		"p/b":           "!ERR_PACKAGE_PATH_NOT_EXPORTED Package subpath './b' is not defined by \"exports\" in /app/node_modules/p/package.json",
		"p/a/private/x": "!ERR_PACKAGE_PATH_NOT_EXPORTED Package subpath './a/private/x' is not defined by \"exports\" in /app/node_modules/p/package.json",
		"p/out":         "!ERR_INVALID_PACKAGE_TARGET Invalid \"exports\" target \"../x\" defined for './out' in the package config /app/node_modules/p/package.json; targets must start with \"./\"",
		"p/num":         "!ERR_INVALID_PACKAGE_TARGET Invalid \"exports\" target \"3\" defined for './num' in the package config /app/node_modules/p/package.json; targets must start with \"./\"",
		"p/gone":        "!MODULE_NOT_FOUND Cannot find module '/app/node_modules/p/gone.js'",
		"@s/q/x":        "!ERR_PACKAGE_PATH_NOT_EXPORTED Package subpath './x' is not defined by \"exports\" in /app/node_modules/@s/q/package.json",
		"p/a/../c":      "!ERR_INVALID_MODULE_SPECIFIER",
		"mixed":         "!ERR_INVALID_PACKAGE_CONFIG",
	} {
		r := New(tree)
		paths := append(NodeModulePaths("/app/sub"), "/extra")
		if IsRelative(request) {
			paths = []string{"/app"}
		}
		got, err := r.FindPath(request, paths, []string{".js", ".json"}, false, []string{"node", "require"})
		if err != nil {
			e := err.(*Error)
			got = "!" + e.Code + " " + e.Message
		}
		if request == "." {
			want = ""
		}
		if got != want && !(want != "" && want[0] == '!' && strings.HasPrefix(got, want)) {
			t.Errorf("%s: %s, want %s", request, got, want)
		}
	}
}

func TestSelfAndImports(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the tree has slashes")
	}
	r := New(tree)
	if f, err := r.Self("app/x", "/app/dir/index.js", []string{"require"}); f != "/app/dir.js" || err != nil {
		t.Error(f, err)
	}
	if f, err := r.Self("other", "/app/main.js", nil); f != "" || err != nil {
		t.Error(f, err)
	}
	for name, want := range map[string]string{"#d": "/app/dir.js", "#p/main": "/app/main.js", "#e": "/app/node_modules/p/lib/one.js"} {
		if f, ok, err := r.Internal(name, "/app/main.js", []string{"require"}); f != want || !ok || err != nil {
			t.Error(name, f, ok, err)
		}
	}
	_, _, err := r.Internal("#none", "/app/main.js", nil)
	if err == nil || err.(*Error).Code != "ERR_PACKAGE_IMPORT_NOT_DEFINED" {
		t.Error(err)
	}
}

func TestNodeModulePaths(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the tree has slashes")
	}
	got := NodeModulePaths("/a/node_modules/b")
	want := []string{"/a/node_modules/b/node_modules", "/a/node_modules", "/node_modules"}
	if !reflect.DeepEqual(got, want) {
		t.Error(got)
	}
}

func TestRealpathLoop(t *testing.T) {
	dir := t.TempDir()
	if err := os.Symlink("b", filepath.Join(dir, "a")); err != nil {
		t.Skip(err)
	}
	_ = os.Symlink("a", filepath.Join(dir, "b"))
	if _, err := New(OS{}).Realpath(filepath.Join(dir, "a")); err == nil {
		t.Error("a loop of links has no real path")
	}
}

func FuzzPackage(f *testing.F) {
	f.Add(`{"exports":{"./*":"./x*"}}`, "p/a")
	f.Add(`{"exports":[{"a":null},"./b"],"main":"..","imports":{"#":3}}`, "p")
	f.Fuzz(func(t *testing.T, pkg, request string) {
		m := memory{"/n/p/package.json": pkg, "/n/p/index.js": ""}
		r := New(m)
		_, _ = r.FindPath(request, []string{"/n"}, []string{".js"}, false, []string{"node"})
		_, _, _ = r.Internal("#x", "/n/p/index.js", nil)
	})
}
