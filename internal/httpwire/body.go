package httpwire

// body reads message bodies and what lies behind the last message.
func (p *Parser) body(b []byte, i int) (int, *Error) {
	for i < len(b) && !p.paused {
		c := b[i]
		switch p.state {
		case stBodyIdentity, stChunkData:
			n := len(b) - i
			if uint64(n) > p.remaining {
				n = int(p.remaining)
			}
			p.remaining -= uint64(n)
			done := p.remaining == 0
			if done && p.state == stChunkData {
				p.state = stChunkDataCR
				done = false
			}
			p.handler.Body(b[i : i+n])
			i += n
			if done {
				p.messageDone(nil)
			}
		case stBodyEOF:
			p.handler.Body(b[i:])
			return len(b), nil
		case stChunkStart:
			d := hexDigit(c)
			if d < 0 {
				return i, fail("HPE_INVALID_CHUNK_SIZE", "Invalid character in chunk size")
			}
			p.remaining, p.extRead = uint64(d), 0
			i++
			p.state = stChunkSize
		case stChunkSize:
			if d := hexDigit(c); d >= 0 {
				i++
				if p.remaining >= 1<<60 {
					return i, fail("HPE_INVALID_CHUNK_SIZE", "Chunk size overflow")
				}
				p.remaining = p.remaining<<4 | uint64(d)
				continue
			}
			i++
			switch c {
			case ' ', '\t':
				if !p.has(LenientSpacesAfterChunkSize) {
					return i, fail("HPE_INVALID_CHUNK_SIZE", "Invalid character in chunk size")
				}
				p.state = stChunkSizeSpaces
			case '\r':
				p.state = stChunkSizeLF
			case '\n':
				if !p.has(LenientOptionalCRBeforeLF) {
					return i, fail("HPE_CR_EXPECTED", "Missing expected CR after chunk size")
				}
				p.state = stChunkSizeLF
			case ';':
				p.state = stChunkExt
			default:
				return i - 1, fail("HPE_INVALID_CHUNK_SIZE", "Invalid character in chunk size")
			}
		case stChunkSizeSpaces:
			switch c {
			case ' ', '\t':
				i++
			case '\r', '\n', ';':
				p.state = stChunkSize
			default:
				return i, fail("HPE_INVALID_CHUNK_SIZE", "Invalid character in chunk size")
			}
		case stChunkSizeLF:
			if c == '\n' {
				i++
			} else if !p.has(LenientOptionalLFAfterCR) {
				return i, fail("HPE_STRICT", "Expected LF after chunk size")
			}
			p.nread, p.extRead = 0, 0
			if p.remaining > 0 {
				p.state = stChunkData
				continue
			}
			p.flags |= flagTrailing
			p.base, p.fields, p.state = i, p.fields[:0], stFieldStart
			return i, nil
		case stChunkDataCR:
			switch {
			case c == '\r':
				i++
				p.state = stChunkDataLF
			case c == '\n':
				i++
				if !p.has(LenientOptionalCRBeforeLF) {
					return i, fail("HPE_CR_EXPECTED", "Missing expected CR after chunk data")
				}
				p.state = stChunkStart
			case p.has(LenientOptionalCRLFAfterChunk):
				p.state = stChunkStart
			default:
				return i, fail("HPE_STRICT", "Expected LF after chunk data")
			}
		case stChunkDataLF:
			if c != '\n' && !p.has(LenientOptionalCRLFAfterChunk) {
				return i, fail("HPE_STRICT", "Expected LF after chunk data")
			}
			if c == '\n' {
				i++
			}
			p.state = stChunkStart
		case stChunkExt, stChunkExtName, stChunkExtValue, stChunkExtQuoted, stChunkExtPair, stChunkExtDone:
			j, err := p.extensions(b, i)
			p.extRead += j - i
			if err == nil && p.extRead > maxChunkExtensions {
				err = fail("HPE_CHUNK_EXTENSIONS_OVERFLOW", "Chunk extensions overflow")
			}
			if err != nil {
				return j, err
			}
			i = j
		case stClosed:
			i++
			if c != '\r' && c != '\n' && !p.has(LenientDataAfterClose) {
				return i, fail("HPE_CLOSED_CONNECTION", "Data after `Connection: close`")
			}
		default:
			return i, nil
		}
	}
	return i, nil
}

// extensions reads the extensions behind a chunk's size.
func (p *Parser) extensions(b []byte, i int) (int, *Error) {
	for ; i < len(b); i++ {
		c := b[i]
		switch p.state {
		case stChunkExt:
			if c == ' ' || c == '\r' {
				return i + 1, fail("HPE_STRICT", "Invalid character in chunk extensions")
			}
			p.state = stChunkExtName
			i--
		case stChunkExtName:
			switch {
			case classes[c]&cToken != 0:
			case c == '=':
				p.state = stChunkExtValue
			case c == ';':
				p.state = stChunkExt
			case c == '\r':
				p.state = stChunkSizeLF
				return i + 1, nil
			case c == '\n':
				if !p.has(LenientOptionalCRBeforeLF) {
					return i, fail("HPE_CR_EXPECTED", "Missing expected CR after chunk extension name")
				}
				p.state = stChunkSizeLF
				return i, nil
			default:
				return i + 1, fail("HPE_STRICT", "Invalid character in chunk extensions name")
			}
		case stChunkExtValue:
			switch {
			case c == '"':
				p.state = stChunkExtQuoted
			case classes[c]&cToken != 0:
			case c == ';':
				p.state = stChunkExt
			case c == '\r':
				p.state = stChunkSizeLF
				return i + 1, nil
			case c == '\n':
				if !p.has(LenientOptionalCRBeforeLF) {
					return i, fail("HPE_CR_EXPECTED", "Missing expected CR after chunk extension value")
				}
				p.state = stChunkSizeLF
				return i, nil
			default:
				return i + 1, fail("HPE_STRICT", "Invalid character in chunk extensions value")
			}
		case stChunkExtQuoted:
			switch {
			case classes[c]&cQuoted != 0:
			case c == '"':
				p.state = stChunkExtDone
			case c == '\\':
				p.state = stChunkExtPair
			default:
				return i + 1, fail("HPE_STRICT", "Invalid character in chunk extensions quoted value")
			}
		case stChunkExtPair:
			if classes[c]&cPair == 0 {
				return i + 1, fail("HPE_STRICT", "Invalid quoted-pair in chunk extensions quoted value")
			}
			p.state = stChunkExtQuoted
		case stChunkExtDone:
			switch {
			case c == ';':
				p.state = stChunkExt
			case c == '\r':
				p.state = stChunkSizeLF
				return i + 1, nil
			case c == '\n':
				if !p.has(LenientOptionalCRBeforeLF) {
					return i, fail("HPE_CR_EXPECTED", "Missing expected CR after chunk extension value")
				}
				p.state = stChunkSizeLF
				return i, nil
			default:
				return i, fail("HPE_STRICT", "Invalid character in chunk extensions quote value")
			}
		}
	}
	return i, nil
}
