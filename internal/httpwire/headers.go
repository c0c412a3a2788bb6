package httpwire

// headers reads field lines, of the head or of the trailer section.
func (p *Parser) headers(b []byte, i int) (int, *Error) {
	for i < len(b) {
		c := b[i]
		switch p.state {
		case stHeadersStart:
			if p.afterURL {
				p.afterURL = false
				if c == '\t' || c == '\f' {
					return i + 1, fail("HPE_INVALID_URL", "Invalid characters in url")
				}
			}
			if c == ' ' {
				i++
				if !p.has(LenientHeaders) {
					return i, fail("HPE_UNEXPECTED_SPACE", "Unexpected space after start line")
				}
			}
			p.state = stFieldStart
		case stFieldStart:
			switch c {
			case '\r':
				i++
				p.state = stHeadersLF
			case '\n':
				i++
				if !p.has(LenientOptionalCRBeforeLF) {
					return i, fail("HPE_INVALID_HEADER_TOKEN", "Invalid header field char")
				}
				return p.endOfHeaders(b, i)
			case ':':
				return i, fail("HPE_INVALID_HEADER_TOKEN", "Invalid header token")
			default:
				p.mark, p.state = i-p.base, stFieldName
			}
		case stFieldName:
			for i < len(b) && classes[b[i]]&cToken != 0 {
				i++
			}
			if i == len(b) {
				return i, nil
			}
			start := p.base + p.mark
			name := b[start:i]
			if b[i] == ':' {
				var err *Error
				if i, err = p.endName(name, i); err != nil {
					return i, err
				}
				continue
			}
			if b[i] == ' ' && specialField(name) != fieldGeneral {
				if !p.has(LenientHeaders) {
					return i + 1, fail("HPE_INVALID_HEADER_TOKEN", "Invalid header field char")
				}
				p.state = stFieldNameWS
				continue
			}
			return i, fail("HPE_INVALID_HEADER_TOKEN", "Invalid header token")
		case stFieldNameWS:
			switch c {
			case ' ':
				i++
			case ':':
				var err *Error
				if i, err = p.endName(b[p.base+p.mark:i], i); err != nil {
					return i, err
				}
			default:
				p.state = stFieldName
				if classes[c]&cToken == 0 {
					return i, fail("HPE_INVALID_HEADER_TOKEN", "Invalid header token")
				}
			}
		case stValueWS:
			switch c {
			case ' ', '\t':
				i++
			case '\r':
				i++
				p.state = stValueWSLF
			case '\n':
				i++
				if !p.has(LenientOptionalCRBeforeLF) {
					return i, fail("HPE_INVALID_HEADER_TOKEN", "Invalid header value char")
				}
				p.state = stValueLWS
			default:
				if j, err := p.startValue(i); err != nil {
					return j, err
				}
			}
		case stValueWSLF:
			if c == '\n' {
				i++
			} else if !p.has(LenientHeaders) {
				return i, fail("HPE_STRICT", "Expected LF after CR")
			}
			p.state = stValueLWS
		case stValueLWS:
			if c == ' ' || c == '\t' {
				i++
				if !p.has(LenientHeaders) {
					return i, fail("HPE_INVALID_HEADER_TOKEN", "Invalid header value char")
				}
				p.state = stValueWS
				continue
			}
			switch p.kind {
			case fieldContentLength:
				return i, fail("HPE_INVALID_CONTENT_LENGTH", "Empty Content-Length")
			case fieldTransferEncoding:
				return i, fail("HPE_INVALID_TRANSFER_ENCODING", "Empty Transfer-Encoding")
			}
			p.field.value = span{}
			p.fields = append(p.fields, p.field)
			p.state = stFieldStart
		case stValue:
			j, err := p.value(b, i)
			if err != nil {
				return j, err
			}
			i = j
		case stValueLenient:
			for i < len(b) && b[i] != '\r' && b[i] != '\n' {
				if b[i] >= 0x80 {
					p.flags |= flagNonASCII
				}
				i++
			}
			if i == len(b) {
				return i, nil
			}
			if err := p.endValue(b, i); err != nil {
				return i, err
			}
			if b[i] == '\r' {
				i++
			}
			p.state = stValueLF
		case stValueLF:
			if c != '\n' {
				return i, fail("HPE_LF_EXPECTED", "Missing expected LF after header value")
			}
			i++
			p.state = stValueFold
		case stValueFold:
			if c == ' ' || c == '\t' {
				if !p.has(LenientHeaders) {
					return i, fail("HPE_INVALID_HEADER_TOKEN", "Unexpected whitespace after header value")
				}
				p.folding = true
				if j, err := p.startValue(i); err != nil {
					return j, err
				}
				continue
			}
			p.finishField(b)
			p.state = stFieldStart
		case stHeadersLF:
			if c == '\n' {
				i++
			} else if !p.has(LenientOptionalLFAfterCR) {
				return i, fail("HPE_STRICT", "Expected LF after headers")
			}
			return p.endOfHeaders(b, i)
		default:
			return i, nil
		}
	}
	return i, nil
}

func specialField(name []byte) uint8 {
	switch len(name) {
	case 7:
		if equalFoldBytes(name, "upgrade") {
			return fieldUpgrade
		}
	case 10:
		if equalFoldBytes(name, "connection") {
			return fieldConnection
		}
	case 14:
		if equalFoldBytes(name, "content-length") {
			return fieldContentLength
		}
	case 16:
		if equalFoldBytes(name, "proxy-connection") {
			return fieldConnection
		}
	case 17:
		if equalFoldBytes(name, "transfer-encoding") {
			return fieldTransferEncoding
		}
	}
	return fieldGeneral
}

func equalFoldBytes(b []byte, lower string) bool {
	for i := range len(lower) {
		c := b[i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}

func (p *Parser) endName(name []byte, i int) (int, *Error) {
	p.field = fieldSpan{name: span{int32(p.mark), int32(i - p.base)}}
	i++ // the colon
	trimmed := name
	for len(trimmed) > 0 && trimmed[len(trimmed)-1] == ' ' {
		trimmed = trimmed[:len(trimmed)-1]
	}
	p.kind, p.folding, p.fold = specialField(trimmed), false, p.fold[:0]
	if err := p.count(len(name)); err != nil {
		return i, err
	}
	if p.maxFields > 0 && len(p.fields) >= p.maxFields {
		e := errOverflow
		return i, &e
	}
	strict := !p.has(LenientChunkedLength)
	switch {
	case strict && p.kind == fieldTransferEncoding && p.flags&FlagContentLength != 0:
		return i, fail("HPE_INVALID_TRANSFER_ENCODING", "Transfer-Encoding can't be present with Content-Length")
	case strict && p.kind == fieldContentLength && p.flags&FlagTransferEncoding != 0:
		return i, fail("HPE_INVALID_CONTENT_LENGTH", "Content-Length can't be present with Transfer-Encoding")
	}
	p.state = stValueWS
	return i, nil
}

// startValue begins a value at its first byte, and again after a fold.
func (p *Parser) startValue(i int) (int, *Error) {
	p.mark, p.state = i-p.base, stValue
	switch p.kind {
	case fieldUpgrade:
		p.flags |= FlagUpgrade
	case fieldTransferEncoding:
		if p.folding {
			break
		}
		if p.flags&FlagChunked != 0 && p.typ == Request && !p.has(LenientTransferEncoding) {
			return i + 1, fail("HPE_INVALID_TRANSFER_ENCODING", "Invalid `Transfer-Encoding` header value")
		}
		p.flags = p.flags&^FlagChunked | FlagTransferEncoding
	case fieldContentLength:
		if p.flags&FlagContentLength != 0 {
			return i, fail("HPE_UNEXPECTED_CONTENT_LENGTH", "Duplicate Content-Length")
		}
		p.protoPos, p.remaining = 0, 0
	}
	return i, nil
}

// value reads a field value up to its line end.
func (p *Parser) value(b []byte, i int) (int, *Error) {
	if p.kind == fieldContentLength {
		var err *Error
		if i, err = p.contentLength(b, i); err != nil || i == len(b) {
			return i, err
		}
	} else {
		var seen byte
		for i < len(b) && classes[b[i]]&cValue != 0 {
			seen |= b[i]
			i++
		}
		if seen >= 0x80 {
			p.flags |= flagNonASCII
		}
		if p.kind == fieldTransferEncoding && !p.folding && p.typ == Request && !p.has(LenientTransferEncoding) {
			start := p.base + p.mark
			if _, comma := transferEncoding(b[start:i]); comma >= 0 {
				return start + comma + 1, fail("HPE_INVALID_TRANSFER_ENCODING", "Invalid `Transfer-Encoding` header value")
			}
		}
		if i == len(b) {
			return i, nil
		}
	}
	switch c := b[i]; {
	case c == '\r':
		if err := p.endValue(b, i); err != nil {
			return i + 1, err
		}
		i++
		p.state = stValueLF
	case c == '\n':
		if !p.has(LenientOptionalCRBeforeLF) {
			return i, fail("HPE_CR_EXPECTED", "Missing expected CR after header value")
		}
		if err := p.endValue(b, i); err != nil {
			return i, err
		}
		p.state = stValueLF
	case p.has(LenientHeaders):
		p.state = stValueLenient
	case p.has(LenientHeaderValueRelaxed) && classes[c]&cRelax != 0:
		i++
	default:
		return i, fail("HPE_INVALID_HEADER_TOKEN", "Invalid header value char")
	}
	return i, nil
}

func (p *Parser) contentLength(b []byte, i int) (int, *Error) {
	for ; i < len(b); i++ {
		c := b[i]
		switch {
		case c >= '0' && c <= '9' && p.protoPos == 0:
			d := uint64(c - '0')
			if p.remaining > (1<<64-1-d)/10 {
				return i + 1, fail("HPE_INVALID_CONTENT_LENGTH", "Content-Length overflow")
			}
			p.remaining = p.remaining*10 + d
		case c == ' ' || c == '\t':
			p.protoPos = 1
		case c == '\r' || c == '\n':
			p.flags |= FlagContentLength
			return i, nil
		default:
			return i, fail("HPE_INVALID_CONTENT_LENGTH", "Invalid character in Content-Length")
		}
	}
	return i, nil
}

// endValue closes the value's span at i.
func (p *Parser) endValue(b []byte, i int) *Error {
	start := p.base + p.mark
	if err := p.count(i - start); err != nil {
		return err
	}
	if p.folding {
		if len(p.fold) == 0 {
			p.fold = append(p.fold, b[p.base+int(p.field.value.s):p.base+int(p.field.value.e)]...)
		}
		p.fold = append(p.fold, b[start:i]...)
		return nil
	}
	p.field.value = span{int32(p.mark), int32(i - p.base)}
	return nil
}

// finishField stores a field whose last line has ended, and takes note of
// what it says about the connection and the body.
func (p *Parser) finishField(b []byte) {
	f := &p.field
	val := b[p.base+int(f.value.s) : p.base+int(f.value.e)]
	if p.folding {
		val = p.fold
	}
	end := len(val)
	for end > 0 && (val[end-1] == ' ' || val[end-1] == '\t') {
		end--
	}
	if p.folding {
		f.folded = string(val[:end])
	} else {
		f.value.e = f.value.s + int32(end)
	}
	switch p.kind {
	case fieldConnection:
		p.connection(val[:end])
	case fieldTransferEncoding:
		if chunked, _ := transferEncoding(val); chunked && !p.folding {
			p.flags |= FlagChunked
		}
	}
	p.fields = append(p.fields, *f)
}

// connection reads the tokens of a Connection field. Only whole members of
// the list count, and only those without inner white space.
func (p *Parser) connection(v []byte) {
	for len(v) > 0 {
		n := 0
		for n < len(v) && v[n] != ',' {
			n++
		}
		t := v[:n]
		for len(t) > 0 && (t[0] == ' ' || t[0] == '\t') {
			t = t[1:]
		}
		for len(t) > 0 && (t[len(t)-1] == ' ' || t[len(t)-1] == '\t') {
			t = t[:len(t)-1]
		}
		switch {
		case len(t) == 5 && equalFoldBytes(t, "close"):
			p.flags |= FlagClose
		case len(t) == 10 && equalFoldBytes(t, "keep-alive"):
			p.flags |= FlagKeepAlive
		case len(t) == 7 && equalFoldBytes(t, "upgrade"):
			p.flags |= FlagConnUpgrade
		}
		if n == len(v) {
			return
		}
		v = v[n+1:]
	}
}

// transferEncoding tells whether the last coding is chunked, and where a comma
// follows a "chunked" that is not the last, or -1.
func transferEncoding(v []byte) (chunked bool, comma int) {
	comma = -1
	for at := 0; ; {
		n := at
		for n < len(v) && v[n] != ',' {
			n++
		}
		t := v[at:n]
		for len(t) > 0 && (t[0] == ' ' || t[0] == '\t') && at > 0 {
			t = t[1:]
		}
		for len(t) > 0 && t[len(t)-1] == ' ' {
			t = t[:len(t)-1]
		}
		chunked = len(t) == 7 && equalFoldBytes(t, "chunked")
		if n == len(v) {
			return chunked, comma
		}
		if chunked && comma < 0 {
			comma = n
		}
		at = n + 1
	}
}

func (p *Parser) newHead(b []byte, i int) *Head {
	h := &Head{
		raw: string(b[p.base:i]), url: p.url, reason: p.reason,
		Method: p.method, Major: p.major, Minor: p.minor, Status: p.status,
		ContentLength: -1, ConnectionFlag: p.flags,
	}
	h.fields = append(make([]fieldSpan, 0, len(p.fields)), p.fields...)
	return h
}

// endOfHeaders is called behind the empty line.
func (p *Parser) endOfHeaders(b []byte, i int) (int, *Error) {
	if p.flags&flagTrailing != 0 {
		var t *Head
		if len(p.fields) > 0 {
			p.url, p.reason = span{}, span{}
			t = p.newHead(b, i)
		}
		p.messageDone(t)
		return i, nil
	}
	if p.flags&FlagUpgrade != 0 && p.flags&FlagConnUpgrade != 0 {
		p.upgrade = p.typ == Request || p.status == 101
	} else {
		p.upgrade = p.typ == Request && p.method == MethodConnect
	}
	h := p.newHead(b, i)
	h.Upgrade, h.KeepAlive = p.upgrade, p.shouldKeepAlive()
	h.Chunked = p.flags&FlagChunked != 0
	if p.flags&FlagContentLength != 0 {
		h.ContentLength = int64(min(p.remaining, 1<<63-1))
	}
	h.HasBody = p.flags&(FlagChunked|FlagTransferEncoding) != 0 || p.remaining > 0 || (p.typ == Response && p.needsEOF())
	p.nread = 0
	switch p.handler.HeadersComplete(h) {
	case SkipBody:
		p.flags |= flagSkipBody
	case Upgrade:
		p.flags |= flagSkipBody
		p.upgrade = true
	case NoUpgrade:
		p.upgrade = p.method == MethodConnect
	}
	hasBody := p.flags&FlagChunked != 0 || p.remaining > 0
	switch {
	case p.upgrade && (p.method == MethodConnect || p.flags&flagSkipBody != 0 || !hasBody):
		p.handler.MessageComplete(nil)
		p.afterMessage()
		p.state = stUpgraded
	case p.typ == Response && p.status == 101:
		p.handler.MessageComplete(nil)
		p.afterMessage()
		p.state, p.finish = stUpgraded, finishUnsafe
	case p.flags&flagSkipBody != 0 || p.bodyless():
		p.endMessage(nil)
	case p.flags&FlagChunked != 0:
		p.state = stChunkStart
	case p.flags&FlagTransferEncoding != 0:
		if p.typ == Request && !p.has(LenientChunkedLength) && !p.has(LenientTransferEncoding) {
			return i, fail("HPE_INVALID_TRANSFER_ENCODING", "Request has invalid `Transfer-Encoding`")
		}
		p.state, p.finish = stBodyEOF, finishSafeWithCallback
	case p.flags&FlagContentLength == 0:
		if p.needsEOF() {
			p.state, p.finish = stBodyEOF, finishSafeWithCallback
		} else {
			p.endMessage(nil)
		}
	case p.remaining == 0:
		p.endMessage(nil)
	default:
		p.state = stBodyIdentity
	}
	return i, nil
}

func (p *Parser) bodyless() bool {
	return p.typ == Response && (p.status/100 == 1 || p.status == 204 || p.status == 304)
}

func (p *Parser) needsEOF() bool {
	if p.typ == Request || p.bodyless() || p.flags&flagSkipBody != 0 {
		return false
	}
	if p.flags&FlagTransferEncoding != 0 && p.flags&FlagChunked == 0 {
		return true
	}
	return p.flags&(FlagChunked|FlagContentLength) == 0
}

func (p *Parser) shouldKeepAlive() bool {
	if p.major > 0 && p.minor > 0 {
		if p.flags&FlagClose != 0 {
			return false
		}
	} else if p.flags&FlagKeepAlive == 0 {
		return false
	}
	return !p.needsEOF()
}

// messageDone ends a message that had a body.
func (p *Parser) messageDone(trailers *Head) {
	if !p.upgrade {
		p.endMessage(trailers)
		return
	}
	p.handler.MessageComplete(trailers)
	p.afterMessage()
	p.state = stUpgraded
}

func (p *Parser) endMessage(trailers *Head) {
	p.handler.MessageComplete(trailers)
	p.afterMessage()
}

func (p *Parser) afterMessage() {
	keep := p.shouldKeepAlive()
	p.finish, p.flags, p.fields = finishSafe, 0, p.fields[:0]
	p.state = stClosed
	if keep || p.has(LenientKeepAlive) {
		p.state = stStart
	}
}
