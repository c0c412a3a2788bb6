package httpwire

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

type recorder struct {
	typ Type
	out []string
	url string
}

func (r *recorder) MessageBegin() { r.out = append(r.out, "begin") }

func enc(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(v)
	return strings.TrimSpace(b.String())
}

func pairs(h *Head) []string {
	l := []string{}
	for i := range h.NumFields() {
		n, v := h.Field(i)
		l = append(l, Latin1(n), Latin1(v))
	}
	return l
}

func (r *recorder) HeadersComplete(h *Head) Action {
	var m, url, st, msg any
	if r.typ == Request {
		m, url = h.Method.Index(), Latin1(h.URL())
		if h.Method > methodPRI && h.Method != methodQuery {
			m = int(h.Method)
		}
		if h.Method == methodQuery {
			m = methodQuery
		}
	} else {
		st, msg = h.Status, Latin1(h.Reason())
	}
	r.url, _ = url.(string)
	r.out = append(r.out, "head "+enc([]any{h.Major, h.Minor, pairs(h), m, url, st, msg, h.Upgrade, h.KeepAlive}))
	return Continue
}

func (r *recorder) Body(b []byte) {
	t := Latin1(string(b))
	if n := len(r.out); n > 0 && strings.HasPrefix(r.out[n-1], "body ") {
		r.out[n-1] += t
		return
	}
	r.out = append(r.out, "body "+t)
}

func (r *recorder) MessageComplete(t *Head) {
	if t != nil {
		r.out = append(r.out, "headers "+enc(pairs(t))+enc(r.url))
	}
	r.out = append(r.out, "complete")
}

func unlatin1(s string) []byte {
	var b []byte
	for _, r := range s {
		b = append(b, byte(r))
	}
	return b
}

func parseAll(t Type, flags Lenient, data []byte, step int) []string {
	r := &recorder{typ: t}
	var p Parser
	p.Reset(t, r, 0, flags)
	used := 0
	for at := 0; at < len(data); {
		end := min(at+step, len(data))
		n, err := p.Execute(data[at:end])
		if err != nil {
			return append(r.out, "error "+enc([]any{err.Code, err.Reason, at + err.Pos}))
		}
		used += n
		at += n
		if p.Upgraded() {
			break
		}
		if n < end-at && n == 0 {
			return append(r.out, "stuck")
		}
	}
	r.out = append(r.out, fmt.Sprint("used ", used))
	if err := p.Finish(); err != nil {
		r.out = append(r.out, "finish "+err.Code)
	}
	return r.out
}

type recorded struct {
	Type  Type
	Flags Lenient
	S     string
	R     []string
}

// TestAgainstLLHTTP compares with what Node 24 made of the same bytes
// (testdata/record.js), given whole and byte by byte.
func TestAgainstLLHTTP(t *testing.T) {
	name := "testdata/llhttp.jsonl"
	if f := os.Getenv("LLHTTP_RECORDS"); f != "" {
		name = f
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	bad, n := 0, 0
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		var c recorded
		if err := json.Unmarshal(sc.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		n++
		data := unlatin1(c.S)
		for _, step := range []int{1 << 20, 1, 7} {
			got := parseAll(c.Type, c.Flags, data, step)
			if !slices.Equal(got, c.R) {
				bad++
				if bad <= 25 {
					t.Errorf("type %d flags %d step %d %q\n got %q\nwant %q", c.Type, c.Flags, step, c.S, got, c.R)
				}
				break
			}
		}
	}
	if bad > 0 {
		t.Errorf("%d of %d differ", bad, n)
	}
}

func FuzzParser(f *testing.F) {
	f.Add(uint8(1), uint16(0), 3, []byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n"))
	f.Add(uint8(1), uint16(1023), 5, []byte("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;a=\"b\"\r\nabc\r\n0\r\nA: b\r\n\r\n"))
	f.Add(uint8(2), uint16(0), 4, []byte("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"))
	f.Fuzz(func(t *testing.T, typ uint8, flags uint16, step int, data []byte) {
		if typ != 1 && typ != 2 || step <= 0 {
			return
		}
		whole := parseAll(Type(typ), Lenient(flags)&LenientAll, data, len(data)+1)
		split := parseAll(Type(typ), Lenient(flags)&LenientAll, data, step)
		if !slices.Equal(whole, split) {
			t.Fatalf("%q\nwhole %q\nsplit %q", data, whole, split)
		}
	})
}

type discard struct{ n int }

func (d *discard) MessageBegin()                {}
func (d *discard) HeadersComplete(*Head) Action { return Continue }
func (d *discard) Body([]byte)                  {}
func (d *discard) MessageComplete(*Head)        { d.n++ }

func BenchmarkRequest(b *testing.B) {
	req := []byte("GET /path?query=1 HTTP/1.1\r\nHost: localhost:8080\r\nUser-Agent: bench/1.0\r\nAccept: */*\r\nConnection: keep-alive\r\n\r\n")
	var p Parser
	d := &discard{}
	p.Reset(Request, d, 0, 0)
	b.ReportAllocs()
	b.SetBytes(int64(len(req)))
	for b.Loop() {
		if _, err := p.Execute(req); err != nil {
			b.Fatal(err)
		}
	}
}
