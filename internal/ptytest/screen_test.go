package ptytest

import "testing"

func TestScreen(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"ab\r\ncd", "cursor 2,1\n|ab\n|cd\n"},
		{"abcdefgh", "cursor 7,0\n|abcdefgh\n"},      // the wrap waits
		{"abcdefghi", "cursor 1,1\n|abcdefgh\n|i\n"}, // for the next character
		{"abcdefgh\r\nx", "cursor 1,1\n|abcdefgh\n|x\n"},
		{"a\r\nb\r\nc\r\nd", "cursor 1,2\n|b\n|c\n|d\n"},
		{"a\x1b[90mb\x1b[39mc", "cursor 3,0\n|abc\n~ g\n"},
		{"abc\x1b[2Gx\x1b[0K", "cursor 2,0\n|ax\n"},
		{"a\r\nb\x1b[1A\x1b[0Jc", "cursor 2,0\n|ac\n"},
		{"世界x", "cursor 5,0\n|世界x\n"},
		{"1234567世", "cursor 2,1\n|1234567\n|世\n"},
		{"e\u0301x", "cursor 2,0\n|e\u0301x\n"},
		{"a\x1b[?2004hb", "cursor 2,0\n|ab\n"},
	} {
		s := NewScreen(8, 3)
		for i := range len(tt.in) { // cut anywhere
			_, _ = s.Write([]byte(tt.in[i : i+1]))
		}
		if got := s.String(); got != tt.want {
			t.Errorf("%q:\n%s\nwant\n%s", tt.in, got, tt.want)
		}
	}
}

func FuzzScreen(f *testing.F) {
	f.Add("a\x1b[9;9H\x1b[2J世\t\b\n\x1b[5D")
	f.Fuzz(func(t *testing.T, in string) {
		s := NewScreen(5, 2)
		_, _ = s.Write([]byte(in))
		s.Resize(2, 1)
		_, _ = s.Write([]byte(in))
		_ = s.String()
	})
}
