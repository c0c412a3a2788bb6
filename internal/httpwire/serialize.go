package httpwire

import "time"

// A Date keeps the current value of the Date field; it changes once a second.
type Date struct {
	unix int64
	text string
}

// Get returns the date as RFC 9110 wants it.
func (d *Date) Get(now time.Time) string {
	if u := now.Unix(); u != d.unix || d.text == "" {
		d.unix, d.text = u, now.UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT")
	}
	return d.text
}

// An Outgoing is the head of a message that goes out, under construction: the
// start line, then fields with Field, then Finish, which decides on framing
// and on the connection as Node does.
type Outgoing struct {
	// Buf is the text so far; characters above U+007F are UTF-8.
	Buf []byte

	SendDate          bool
	ShouldKeepAlive   bool
	DefaultKeepAlive  bool
	RemovedConnection bool
	RemovedLength     bool
	RemovedTE         bool
	HasBody           bool
	ChunkedByDefault  bool
	MaxReached        bool // the connection's last request
	HasAgent          bool
	Status            int
	KeepAliveSeconds  int // for the Keep-Alive field; negative: none
	MaxRequests       int
	ContentLength     int64 // -1 if not known

	// What the fields and Finish have decided.
	Chunked bool
	Last    bool // the connection ends with this message
	Expect  bool

	hasConnection, hasTE, hasLength, hasDate, hasTrailer bool
}

// A KnownField is one that decides on framing or on the connection.
type KnownField uint8

// Known fields.
const (
	FieldOther KnownField = iota
	FieldConnection
	FieldTransferEncoding
	FieldContentLength
	FieldDate
	FieldExpect
	FieldTrailer
	FieldKeepAlive
)

// Known classifies a field name.
func Known(name string) KnownField {
	switch len(name) {
	case 4:
		if equalFold(name, "date") {
			return FieldDate
		}
	case 6:
		if equalFold(name, "expect") {
			return FieldExpect
		}
	case 7:
		if equalFold(name, "trailer") {
			return FieldTrailer
		}
	case 10:
		if equalFold(name, "connection") {
			return FieldConnection
		}
		if equalFold(name, "keep-alive") {
			return FieldKeepAlive
		}
	case 14:
		if equalFold(name, "content-length") {
			return FieldContentLength
		}
	case 17:
		if equalFold(name, "transfer-encoding") {
			return FieldTransferEncoding
		}
	}
	return FieldOther
}

// Field appends a field line. A Content-Length's value is what its number is
// for the message, which the caller parses: NaN counts as unknown, -1.
func (o *Outgoing) Field(name, value string, length int64) {
	o.Buf = append(o.Buf, name...)
	o.Buf = append(o.Buf, ':', ' ')
	o.Buf = append(o.Buf, value...)
	o.Buf = append(o.Buf, '\r', '\n')
	switch Known(name) {
	case FieldConnection:
		o.hasConnection, o.RemovedConnection = true, false
		if HasWord(value, "close") {
			o.Last = true
		} else {
			o.ShouldKeepAlive = true
		}
	case FieldTransferEncoding:
		o.hasTE, o.RemovedTE = true, false
		if HasWord(value, "chunked") {
			o.Chunked = true
		}
	case FieldContentLength:
		o.hasLength, o.RemovedLength, o.ContentLength = true, false, length
	case FieldDate:
		o.hasDate = true
	case FieldExpect:
		o.Expect = true
	case FieldTrailer:
		o.hasTrailer = true
	case FieldKeepAlive:
		o.DefaultKeepAlive = false
	}
}

// HasWord reports whether s has word (in lower case) between non-word characters.
func HasWord(s, word string) bool {
	isWord := func(c byte) bool {
		return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
	}
	for i := 0; i+len(word) <= len(s); i++ {
		if equalFold(s[i:i+len(word)], word) && (i == 0 || !isWord(s[i-1])) &&
			(i+len(word) == len(s) || !isWord(s[i+len(word)])) {
			return true
		}
	}
	return false
}

// Finish appends the fields that the message needs and the empty line. It is
// false when there is a Trailer field on a message that is not chunked.
func (o *Outgoing) Finish(date string) bool {
	b := o.Buf
	if o.SendDate && !o.hasDate {
		b = append(append(append(b, "Date: "...), date...), "\r\n"...)
	}
	// A 204 or 304 has no body: chunked framing would put bytes on the wire
	// that the peer takes for the next message.
	if o.Chunked && (o.Status == 204 || o.Status == 304) {
		o.Chunked, o.ShouldKeepAlive = false, false
	}
	switch {
	case o.RemovedConnection:
		// The lack of the field is taken by both sides as HTTP's default.
		o.Last = !o.ShouldKeepAlive
	case !o.hasConnection:
		keep := o.ShouldKeepAlive && (o.hasLength || o.ChunkedByDefault || o.HasAgent)
		switch {
		case keep && o.MaxReached:
			b = append(b, "Connection: close\r\n"...)
		case keep:
			b = append(b, "Connection: keep-alive\r\n"...)
			if o.KeepAliveSeconds >= 0 && o.DefaultKeepAlive {
				b = appendInt(append(b, "Keep-Alive: timeout="...), int64(o.KeepAliveSeconds))
				if o.MaxRequests > 0 {
					b = appendInt(append(b, ", max="...), int64(o.MaxRequests))
				}
				b = append(b, "\r\n"...)
			}
		default:
			o.Last = true
			b = append(b, "Connection: close\r\n"...)
		}
	}
	if !o.hasLength && !o.hasTE {
		switch {
		case !o.HasBody:
			o.Chunked = false
		case !o.ChunkedByDefault:
			o.Last = true
		case !o.hasTrailer && !o.RemovedLength && o.ContentLength >= 0:
			b = append(appendInt(append(b, "Content-Length: "...), o.ContentLength), "\r\n"...)
		case !o.RemovedTE:
			b = append(b, "Transfer-Encoding: chunked\r\n"...)
			o.Chunked = true
		default:
			// With neither, the body ends with the connection.
			o.Last = true
		}
	}
	o.Buf = append(b, '\r', '\n')
	return o.Chunked || !o.hasTrailer
}

func appendInt(b []byte, n int64) []byte {
	if n < 0 {
		return append(b, '0')
	}
	var d [20]byte
	i := len(d)
	for {
		i--
		d[i] = byte('0' + n%10)
		if n /= 10; n == 0 {
			return append(b, d[i:]...)
		}
	}
}

// AppendHex appends n in hexadecimal, as a chunk's size.
func AppendHex(b []byte, n int) []byte {
	const digits = "0123456789abcdef"
	shift := 0
	for n>>shift > 15 {
		shift += 4
	}
	for ; shift >= 0; shift -= 4 {
		b = append(b, digits[n>>shift&15])
	}
	return b
}
