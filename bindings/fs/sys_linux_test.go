package fs

import "testing"

// FuzzParseDirents feeds the parser of getdents64's records anything.
func FuzzParseDirents(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 24, 0, 8, 'a', 'b', 0, 0, 0})
	f.Add(make([]byte, 64))
	f.Fuzz(func(t *testing.T, p []byte) {
		for _, e := range parseDirents(p, nil) {
			if e.name == "." || e.name == ".." || e.kind < direntUnknown || e.kind > direntBlock {
				t.Errorf("%q %d", e.name, e.kind)
			}
		}
	})
}
