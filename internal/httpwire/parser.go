package httpwire

// Type says what a parser reads.
type Type uint8

// The values are Node's HTTPParser.REQUEST and RESPONSE.
const (
	Request  Type = 1
	Response Type = 2
)

// Lenient switches off single checks of the parser, with Node's bit values.
type Lenient uint16

// Leniencies.
const (
	LenientHeaders Lenient = 1 << iota
	LenientChunkedLength
	LenientKeepAlive
	LenientTransferEncoding
	LenientVersion
	LenientDataAfterClose
	LenientOptionalLFAfterCR
	LenientOptionalCRLFAfterChunk
	LenientOptionalCRBeforeLF
	LenientSpacesAfterChunkSize
	LenientHeaderValueRelaxed
	// LenientAll is what insecureHTTPParser means.
	LenientAll = LenientHeaderValueRelaxed - 1
)

// DefaultMaxHeaderSize is http.maxHeaderSize without --max-http-header-size.
const DefaultMaxHeaderSize = 16 * 1024

// maxChunkExtensions bounds the extensions of one chunk.
const maxChunkExtensions = 16384

// An Error is a violation of the protocol, with llhttp's code and text.
type Error struct {
	Code   string // "HPE_INVALID_METHOD"
	Reason string
	// Pos is how many bytes of the data given to Execute had been accepted.
	Pos int
}

func (e *Error) Error() string { return "Parse Error: " + e.Reason }

// An Action is what a handler decides on a complete head.
type Action uint8

// Actions: SkipBody is for responses to HEAD; Upgrade ends HTTP on the connection.
const (
	Continue Action = iota
	SkipBody
	Upgrade
	// NoUpgrade goes on with HTTP although the message asks for an upgrade.
	NoUpgrade
)

// A Handler receives what a parser reads. It may call Pause, and must not
// call Execute. Slices are valid during the call only; a Head for ever.
type Handler interface {
	MessageBegin()
	HeadersComplete(h *Head) Action
	Body(b []byte)
	// MessageComplete gets the trailer fields, nil if there are none.
	MessageComplete(trailers *Head)
}

// A Head is the start line and the fields of a message, or its trailer fields alone.
type Head struct {
	raw    string
	fields []fieldSpan
	url    span
	reason span

	Method         Method
	Major, Minor   uint8
	Status         int
	Upgrade        bool
	KeepAlive      bool // llhttp_should_keep_alive
	HasBody        bool // chunked, a positive Content-Length, or until the end
	Chunked        bool
	ContentLength  int64 // -1 if not given
	ConnectionFlag Flags
}

// Flags tell what a head's Connection field and its relatives said.
type Flags uint16

// Flags of a message.
const (
	FlagKeepAlive Flags = 1 << iota
	FlagClose
	FlagConnUpgrade
	FlagUpgrade
	FlagChunked
	FlagContentLength
	FlagTransferEncoding
	flagSkipBody
	flagTrailing
	flagNonASCII
)

type span struct{ s, e int32 }

type fieldSpan struct {
	name, value span
	folded      string // the value, where it was folded over lines
}

// NumFields is the number of header lines.
func (h *Head) NumFields() int { return len(h.fields) }

// Field returns a header line; the name is as sent, the value without
// surrounding white space. Bytes above 0x7f stand for themselves (latin1).
func (h *Head) Field(i int) (name, value string) {
	f := &h.fields[i]
	if f.folded != "" {
		return h.raw[f.name.s:f.name.e], f.folded
	}
	return h.raw[f.name.s:f.name.e], h.raw[f.value.s:f.value.e]
}

// NonASCII reports whether there are bytes above 0x7f in the head.
func (h *Head) NonASCII() bool { return h.ConnectionFlag&flagNonASCII != 0 }

// Get returns the first value of a field, by its name in lower case.
func (h *Head) Get(lower string) (value string, ok bool) {
	for i := range h.fields {
		f := &h.fields[i]
		if int(f.name.e-f.name.s) == len(lower) && equalFold(h.raw[f.name.s:f.name.e], lower) {
			_, v := h.Field(i)
			return v, true
		}
	}
	return "", false
}

// URL is the request target.
func (h *Head) URL() string { return h.raw[h.url.s:h.url.e] }

// Reason is a response's reason phrase.
func (h *Head) Reason() string { return h.raw[h.reason.s:h.reason.e] }

// Raw is the text of the head from the start line on.
func (h *Head) Raw() string { return h.raw }

// Latin1 returns s, whose bytes are latin1, as UTF-8.
func Latin1(s string) string {
	i := 0
	for i < len(s) && s[i] < 0x80 {
		i++
	}
	if i == len(s) {
		return s
	}
	b := make([]byte, 0, len(s)+8)
	b = append(b, s[:i]...)
	for ; i < len(s); i++ {
		if c := s[i]; c < 0x80 {
			b = append(b, c)
		} else {
			b = append(b, 0xc0|c>>6, 0x80|c&0x3f)
		}
	}
	return string(b)
}

type state uint8

const (
	stStart state = iota
	stMethod
	stSpaceBeforeURL
	stSpacesBeforeURL
	stURLStart
	stURLSchema
	stURLSchemaDelim // '/' twice
	stURLServer
	stURLPath
	stURLQuery
	stURLFragment
	stURLEndCR // '\n' after HTTP/0.9's '\r'
	stReqHTTPStart
	stProtocol // HTTP, RTSP, ICE
	stProtocolSlash
	stMajor
	stDot
	stMinor
	stReqEnd
	stReqEndLF
	stPRI
	stResAfterVersion
	stStatus1
	stStatus2
	stStatus3
	stStatusEnd
	stReason
	stResLF
	stHeadersStart
	stFieldStart
	stFieldName
	stFieldNameWS // lenient: white space before the colon
	stValueWS
	stValueWSLF
	stValueLWS
	stValue
	stValueLenient
	stValueLF
	stValueFold
	stHeadersLF
	stBodyIdentity
	stBodyEOF
	stChunkStart
	stChunkSize
	stChunkSizeSpaces
	stChunkSizeLF
	stChunkExt
	stChunkExtName
	stChunkExtValue
	stChunkExtQuoted
	stChunkExtPair
	stChunkExtDone
	stChunkData
	stChunkDataCR
	stChunkDataLF
	stClosed
	stUpgraded
	stDead
)

// inHead reports whether bytes must be kept until the head is complete.
func (s state) inHead() bool { return s >= stMethod && s <= stHeadersLF }

const (
	fieldGeneral = iota
	fieldConnection
	fieldContentLength
	fieldTransferEncoding
	fieldUpgrade
)

const (
	finishSafe = iota
	finishSafeWithCallback
	finishUnsafe
)

// A Parser reads messages from chunks of bytes. Create it with Reset.
type Parser struct {
	handler Handler
	typ     Type
	lenient Lenient
	maxHead int
	// maxFields bounds the fields of a head; 0 is no bound.
	maxFields int

	state  state
	paused bool
	finish uint8
	flags  Flags
	method Method
	major  uint8
	minor  uint8
	status int
	// remaining is llhttp's content_length: declared, then left to read.
	remaining uint64
	upgrade   bool
	err       *Error

	// The head under construction: spans are relative to base, which is the
	// index of its first byte in the buffer being parsed.
	carry    []byte
	base     int
	mark     int // start of the open span
	nread    int // header bytes that count against maxHead
	url      span
	reason   span
	fields   []fieldSpan
	field    fieldSpan
	kind     uint8
	fold     []byte
	folding  bool
	afterURL bool // the target's end was the last byte
	proto    uint8
	protoPos uint8
	extRead  int
}

// Reset makes p ready for a new connection. maxHeaderSize 0 is the default.
func (p *Parser) Reset(t Type, h Handler, maxHeaderSize int, lenient Lenient) {
	if maxHeaderSize <= 0 {
		maxHeaderSize = DefaultMaxHeaderSize
	}
	carry, fields, fold := p.carry[:0], p.fields[:0], p.fold[:0]
	*p = Parser{handler: h, typ: t, maxHead: maxHeaderSize, lenient: lenient, carry: carry, fields: fields, fold: fold}
}

// SetHandler gives what is read from now on to another handler; also from
// within a call of the present one.
func (p *Parser) SetHandler(h Handler) { p.handler = h }

// Pause makes Execute return after the current callback, with the bytes that
// it has used; Resume takes it back.
func (p *Parser) Pause() { p.paused = true }

// Resume undoes Pause; give the rest of the data to Execute again.
func (p *Parser) Resume() { p.paused = false }

// Paused reports whether Pause is in effect.
func (p *Parser) Paused() bool { return p.paused }

// Upgraded reports whether a message has ended HTTP on this connection: what
// follows belongs to another protocol.
func (p *Parser) Upgraded() bool { return p.state == stUpgraded }

// Err is the error that stopped the parser.
func (p *Parser) Err() *Error { return p.err }

// Idle reports whether the parser is between messages.
func (p *Parser) Idle() bool { return p.state == stStart || p.state == stClosed }

// Finish tells the parser that the peer has ended its side.
func (p *Parser) Finish() *Error {
	if p.err != nil {
		return nil
	}
	switch p.finish {
	case finishSafeWithCallback:
		p.finish = finishSafe
		p.handler.MessageComplete(nil)
		p.afterMessage()
	case finishUnsafe:
		if p.upgrade {
			return nil
		}
		return &Error{Code: "HPE_INVALID_EOF_STATE", Reason: "Invalid EOF state"}
	}
	return nil
}

func (p *Parser) has(l Lenient) bool { return p.lenient&l != 0 }

// Execute parses data. n is how many bytes were used: all of them, unless
// the parser was paused, an upgrade ended the protocol, or there is an error.
func (p *Parser) Execute(data []byte) (n int, err *Error) {
	if p.err != nil {
		return 0, p.err
	}
	cur, old := data, 0
	if p.state.inHead() {
		old = len(p.carry)
		p.carry = append(p.carry, data...)
		cur = p.carry
		p.base = 0
	}
	i, err := p.run(cur, old)
	if err != nil {
		err.Pos = max(i-old, 0)
		p.err, p.state = err, stDead
		return err.Pos, err
	}
	if p.state.inHead() {
		if e := p.checkOpenSpan(i); e != nil {
			e.Pos = len(data)
			p.err, p.state = e, stDead
			return e.Pos, e
		}
		if old > 0 && p.base == 0 {
			p.carry = p.carry[:i]
		} else {
			p.carry = append(p.carry[:0], cur[p.base:i]...)
		}
		p.base = 0
	} else if cap(p.carry) > 0 {
		p.carry = p.carry[:0]
	}
	return i - old, nil
}

// SetMaxFields bounds the number of fields in a head: one more is an overflow.
// 0 is no bound, which is also what Reset sets.
func (p *Parser) SetMaxFields(n int) { p.maxFields = n }

func fail(code, reason string) *Error { return &Error{Code: code, Reason: reason} }

var errOverflow = Error{Code: "HPE_HEADER_OVERFLOW", Reason: "Header overflow"}

// checkOpenSpan bounds heads that are still incomplete.
func (p *Parser) checkOpenSpan(end int) *Error {
	open := 0
	switch p.state {
	case stURLStart, stURLSchema, stURLSchemaDelim, stURLServer, stURLPath, stURLQuery, stURLFragment,
		stReason, stFieldName, stValue, stValueLenient:
		open = end - p.base - p.mark
	}
	// White space is not counted, but not unlimited either.
	if p.nread+open >= p.maxHead || end-p.base > 4*p.maxHead+1<<16 {
		e := errOverflow
		return &e
	}
	return nil
}

func (p *Parser) count(n int) *Error {
	p.nread += n
	if p.nread >= p.maxHead {
		e := errOverflow
		return &e
	}
	return nil
}

// run is the state machine. It returns the index of the first byte not used.
func (p *Parser) run(b []byte, i int) (int, *Error) {
	for {
		if p.paused {
			return i, nil
		}
		// These states need no byte to go on.
		switch p.state {
		case stUpgraded, stDead:
			return i, nil
		}
		if i >= len(b) {
			return i, nil
		}
		var err *Error
		switch {
		case p.state <= stResLF:
			i, err = p.startLine(b, i)
		case p.state <= stHeadersLF:
			i, err = p.headers(b, i)
		default:
			i, err = p.body(b, i)
		}
		if err != nil {
			return i, err
		}
	}
}
