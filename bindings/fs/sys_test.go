package fs

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/gonode/gonode/internal/glob"
	"github.com/gonode/gonode/internal/nodeerr"
)

func write(t *testing.T, path, data string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestReadAllFollowsTheFile(t *testing.T) {
	dir := t.TempDir()
	for _, size := range []int{0, 1, 8192, readChunk + 3, 20 * readChunk} {
		p := filepath.Join(dir, "f")
		want := bytes.Repeat([]byte("x"), size)
		write(t, p, string(want))
		fd, err := sysOpen(p, oRDONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		got, err := readAll(context.Background(), fd, sysRead)
		_ = sysClose(fd)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%d bytes: got %d, %v", size, len(got), err)
		}
	}
}

func TestReadAllStopsWhenCancelled(t *testing.T) {
	p := filepath.Join(t.TempDir(), "f")
	write(t, p, "x")
	fd, err := sysOpen(p, oRDONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer sysClose(fd)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := readAll(ctx, fd, sysRead); err != context.Canceled {
		t.Errorf("got %v", err)
	}
}

func TestMkdirAll(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "f"), "")
	for _, c := range []struct{ path, first, code string }{
		{"a/b/c", "a", ""}, {"a/b/c", "", ""}, {"a/b/d/e", "a/b/d", ""}, {"f", "", "EEXIST"}, {"f/g", "", "ENOTDIR"},
		{"n/../o", "n", ""}, {"p//q/", "p", ""},
	} {
		first, err := mkdirAll(dir+"/"+c.path, 0o777)
		want := c.first
		if want != "" {
			want = dir + "/" + want
		}
		code := ""
		if err != nil {
			code = nodeerr.CodeOf(err)
		}
		if first != want || code != c.code {
			t.Errorf("%s: %q %q, want %q %q", c.path, first, code, want, c.code)
		}
	}
}

func TestMkdirAllInParallel(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			if _, err := mkdirAll(dir+"/a/b/c/d/e", 0o777); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestRemoveAll(t *testing.T) {
	dir := t.TempDir()
	write(t, dir+"/a/b/c/f", "")
	write(t, dir+"/keep", "x")
	if err := os.Symlink(dir+"/keep", dir+"/a/link"); err != nil {
		t.Skip(err)
	}
	if err := os.Symlink(dir, dir+"/a/up"); err != nil {
		t.Fatal(err)
	}
	if err := removeAll(dir+"/a", removeOptions{recursive: true}); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir + "/keep"); err != nil {
		t.Error("a link was followed")
	}
	if err := removeAll(dir+"/a", removeOptions{recursive: true}); nodeerr.CodeOf(err) != "ENOENT" {
		t.Errorf("missing: %v", err)
	}
	if err := removeAll(dir+"/a", removeOptions{force: true}); err != nil {
		t.Errorf("force: %v", err)
	}
}

func TestRealpath(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir+"/a/f", "")
	for link, to := range map[string]string{"l1": "a", "l2": "l1/../a", "loop1": "loop2", "loop2": "loop1", "abs": dir + "/a"} {
		if err := os.Symlink(to, dir+"/"+link); err != nil {
			t.Skip(err)
		}
	}
	for in, want := range map[string]string{"a/f": "a/f", "l1/f": "a/f", "l2": "a", "abs/./f": "a/f", "a/../l1": "a"} {
		if got, err := realpath(dir + "/" + in); err != nil || got != filepath.Join(dir, want) {
			t.Errorf("%s: %q %v", in, got, err)
		}
	}
	if _, err := realpath(dir + "/loop1"); nodeerr.CodeOf(err) != "ELOOP" {
		t.Errorf("loop: %v", err)
	}
	_, err = realpath(dir + "/a/none/x")
	if err == nil || !strings.HasSuffix(err.Error(), "lstat '"+dir+"/a/none'") {
		t.Errorf("missing: %v", err)
	}
}

func TestCopyFile(t *testing.T) {
	dir := t.TempDir()
	write(t, dir+"/a", strings.Repeat("data", 1<<16))
	write(t, dir+"/b", strings.Repeat("longer than a", 1<<16))
	if err := copyFile(dir+"/a", dir+"/b", 0); err != nil {
		t.Fatal(err)
	}
	a, _ := os.ReadFile(dir + "/a")
	b, _ := os.ReadFile(dir + "/b")
	if !bytes.Equal(a, b) {
		t.Error("contents differ")
	}
	if err := copyFile(dir+"/a", dir+"/b", copyExcl); nodeerr.CodeOf(err) != "EEXIST" {
		t.Errorf("excl: %v", err)
	}
	if err := copyFile(dir+"/a", dir+"/a", 0); err != nil {
		t.Errorf("itself: %v", err)
	}
	if b, _ := os.ReadFile(dir + "/a"); len(b) != len(a) {
		t.Error("copying onto itself emptied the file")
	}
}

func TestReaddirRecursive(t *testing.T) {
	dir := t.TempDir()
	for _, f := range []string{"b/2", "a", "b/c/3"} {
		write(t, dir+"/"+f, "")
	}
	list, err := readdir(dir, true)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range list {
		got = append(got, filepath.ToSlash(e.rel))
	}
	if s := strings.Join(got, " "); s != "a b b/2 b/c b/c/3" {
		t.Errorf("got %s", s)
	}
}

func TestGlobStopsAtCycles(t *testing.T) {
	dir := t.TempDir()
	write(t, dir+"/a/f", "")
	if err := os.Symlink("..", dir+"/a/up"); err != nil {
		t.Skip(err)
	}
	for _, p := range []string{"**", "./**/f", "**/up/**", "a/up/a/up/a/*"} {
		g := &globWalk{ctx: context.Background(), cwd: dir, patterns: []*glob.Pattern{glob.Compile(p, globOptions())}}
		if err := g.run(); err != nil || len(g.found) == 0 {
			t.Errorf("%s: %v %v", p, g.found, err)
		}
	}
}

func TestParent(t *testing.T) {
	for in, want := range map[string]string{"a/b": "a", "a": "", "/a": "/", "/": "", "a//b/": "a", "/a/b": "/a"} {
		if got := parentOf(in); got != want && !onWindows {
			t.Errorf("%q: %q", in, got)
		}
	}
}

func TestSplitSeconds(t *testing.T) {
	p := filepath.Join(t.TempDir(), "f")
	write(t, p, "")
	for _, s := range []float64{0, 1.5, 1e9 + 0.25, 4294967296} {
		if err := sysUtimes(p, s, s, true); err != nil {
			t.Fatal(err)
		}
		var st fileStat
		if err := sysStat(p, &st); err != nil || st.mtime.ms() != s*1000 {
			t.Errorf("%v: %v %v", s, st.mtime, err)
		}
	}
}
