package weburl

import "testing"

func TestParse(t *testing.T) {
	for in, want := range map[string]string{
		"HTTP://User:Pa ss@EXAMPLE.com:80/a/../b/./c?q=1 2#f g": "http://User:Pa%20ss@example.com/b/c?q=1%202#f%20g",
		"https://[1:2:0:0:5:0:0:0]/":                            "https://[1:2:0:0:5::]/",
		"http://0x7f.1":                                         "http://127.0.0.1/",
		"http://faß.de":                                         "http://xn--fa-hia.de/",
		"file:c|/x/..":                                          "file:///c:/",
		"data:text/plain,x y":                                   "data:text/plain,x y",
		"foo:/.//p":                                             "foo:/.//p",
	} {
		u, ok := Parse(in, nil)
		if !ok || u.String() != want {
			t.Errorf("%q: %v", in, u)
		}
	}
	for _, in := range []string{"", "x", "http://", "http://a b", "http://[1::2::3]", "http://1.2.3.256", "http://a:b", "http://a:65536"} {
		if u, ok := Parse(in, nil); ok {
			t.Errorf("%q: accepted as %v", in, u)
		}
	}
}

// FuzzParse checks that a serialization parses to itself.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"http://u:p@h:1/a/../b?c#d", "file:c|/", "foo:/.//x", "data: x ?", "//h/..", "http://[::1.2.3.4]/"} {
		f.Add(s, "http://base/x/y?z")
	}
	f.Fuzz(func(t *testing.T, in, base string) {
		b, _ := Parse(base, nil)
		u, ok := Parse(in, b)
		if !ok {
			return
		}
		href := u.String()
		v, ok := Parse(href, nil)
		if !ok || v.String() != href {
			t.Errorf("%q (base %q): %q is not stable: %v", in, base, href, v)
		}
		for _, what := range []string{"protocol", "username", "password", "host", "hostname", "port", "pathname", "search", "hash"} {
			u.Set(what, base)
		}
	})
}
