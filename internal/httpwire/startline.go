package httpwire

const (
	protoHTTP = iota
	protoRTSP
	protoICE
)

var protocols = [...]string{"HTTP", "RTSP", "ICE"}

const priPreface = "\r\n\r\nSM\r\n\r\n"

// startLine reads request and status lines.
func (p *Parser) startLine(b []byte, i int) (int, *Error) {
	for i < len(b) {
		c := b[i]
		switch p.state {
		case stStart:
			if c == '\r' || c == '\n' {
				i++
				continue
			}
			p.base, p.nread, p.flags, p.remaining = i, 0, 0, 0
			p.fields = p.fields[:0]
			p.method, p.status, p.major, p.minor = methodNone, 0, 0, 0
			p.url, p.reason = span{}, span{}
			p.finish = finishUnsafe
			p.handler.MessageBegin()
			if p.typ == Response {
				p.state, p.protoPos = stProtocol, 0
				continue
			}
			p.state = stMethod
		case stMethod:
			rest := b[p.base:]
			var m Method
			n, more := 0, false
			switch {
			case len(rest) > 4 && rest[0] == 'G' && string(rest[:4]) == "GET ":
				m, n = MethodGet, 3
			case len(rest) > 5 && rest[0] == 'P' && string(rest[:5]) == "POST ":
				m, n = MethodPost, 4
			default:
				m, n, more = matchMethod(rest)
			}
			i = p.base + n
			if more {
				return i, nil
			}
			if m == methodNone {
				return i, fail("HPE_INVALID_METHOD", "Invalid method encountered")
			}
			p.method, p.state = m, stSpaceBeforeURL
		case stSpaceBeforeURL:
			if c != ' ' {
				return i, fail("HPE_INVALID_METHOD", "Expected space after method")
			}
			i++
			p.state = stSpacesBeforeURL
		case stSpacesBeforeURL:
			if c == ' ' {
				i++
				continue
			}
			p.mark, p.protoPos = i-p.base, 0
			p.state = stURLStart
			if p.method == MethodConnect {
				p.state = stURLServer
			}
		case stURLStart, stURLSchema, stURLSchemaDelim, stURLServer, stURLPath, stURLQuery, stURLFragment:
			var err *Error
			if i, err = p.target(b, i); err != nil {
				return i, err
			}
		case stURLEndCR:
			if c != '\n' {
				return i, fail("HPE_INVALID_URL", "Expected CRLF")
			}
			i++
			p.major, p.minor, p.state = 0, 9, stHeadersStart
			return i, nil
		case stReqHTTPStart:
			if p.afterURL {
				p.afterURL = false
				if c == '\t' || c == '\f' {
					return i + 1, fail("HPE_INVALID_URL", "Invalid characters in url")
				}
			}
			if c == ' ' {
				i++
				continue
			}
			p.state, p.protoPos = stProtocol, 0
		case stProtocol:
			if p.protoPos == 0 {
				switch c {
				case 'H':
					p.proto = protoHTTP
				case 'R':
					p.proto = protoRTSP
				case 'I':
					p.proto = protoICE
				default:
					return i, fail("HPE_INVALID_CONSTANT", "Expected HTTP/, RTSP/ or ICE/")
				}
			}
			word := protocols[p.proto]
			if c != word[p.protoPos] {
				return i, fail("HPE_INVALID_CONSTANT", "Expected HTTP/, RTSP/ or ICE/")
			}
			i++
			p.protoPos++
			if int(p.protoPos) < len(word) {
				continue
			}
			if p.typ == Request {
				switch {
				case p.proto == protoHTTP && !p.method.isHTTP():
					return i, fail("HPE_INVALID_CONSTANT", "Invalid method for HTTP/x.x request")
				case p.proto == protoRTSP && !p.method.isRTSP():
					return i, fail("HPE_INVALID_CONSTANT", "Invalid method for RTSP/x.x request")
				case p.proto == protoICE && p.method != MethodSource:
					return i, fail("HPE_INVALID_CONSTANT", "Expected SOURCE method for ICE/x.x request")
				}
			}
			p.state = stProtocolSlash
		case stProtocolSlash:
			if c != '/' {
				return i, fail("HPE_INVALID_CONSTANT", "Expected HTTP/, RTSP/ or ICE/")
			}
			i++
			p.state = stMajor
		case stMajor:
			if c < '0' || c > '9' {
				return i, fail("HPE_INVALID_VERSION", "Invalid major version")
			}
			p.major, p.state = c-'0', stDot
			i++
		case stDot:
			if c != '.' {
				return i, fail("HPE_INVALID_VERSION", "Expected dot")
			}
			i++
			p.state = stMinor
		case stMinor:
			if c < '0' || c > '9' {
				return i, fail("HPE_INVALID_VERSION", "Invalid minor version")
			}
			p.minor = c - '0'
			i++
			if !p.has(LenientVersion) && !knownVersion(p.major, p.minor) {
				return i, fail("HPE_INVALID_VERSION", "Invalid HTTP version")
			}
			switch {
			case p.typ == Response:
				p.state = stResAfterVersion
			case p.method == methodPRI:
				p.state, p.protoPos = stPRI, 0
			default:
				p.state = stReqEnd
			}
		case stReqEnd:
			switch {
			case c == '\r', c == '\n' && p.has(LenientOptionalCRBeforeLF):
				i++
				p.state = stReqEndLF
			case c == '\n':
				return i + 1, fail("HPE_INVALID_VERSION", "Expected CRLF after version")
			default:
				return i, fail("HPE_INVALID_VERSION", "Expected CRLF after version")
			}
		case stReqEndLF:
			switch {
			case c == '\n':
				i++
			case p.has(LenientOptionalLFAfterCR):
			default:
				return i, fail("HPE_STRICT", "Expected CRLF after version")
			}
			p.state = stHeadersStart
			return i, nil
		case stPRI:
			if c != priPreface[p.protoPos] {
				return i, fail("HPE_INVALID_VERSION", "Expected HTTP/2 Connection Preface")
			}
			i++
			if p.protoPos++; int(p.protoPos) == len(priPreface) {
				return i, fail("HPE_PAUSED_H2_UPGRADE", "Pause on PRI/Upgrade")
			}
		case stResAfterVersion:
			if c != ' ' {
				return i, fail("HPE_INVALID_VERSION", "Expected space after version")
			}
			i++
			p.status, p.state = 0, stStatus1
		case stStatus1, stStatus2, stStatus3:
			if c < '0' || c > '9' {
				return i, fail("HPE_INVALID_STATUS", "Invalid status code")
			}
			p.status = p.status*10 + int(c-'0')
			p.state++
			i++
		case stStatusEnd:
			i++
			switch c {
			case ' ':
				p.state, p.mark = stReason, i-p.base
			case '\r':
				p.state = stResLF
			case '\n':
				if !p.has(LenientOptionalCRBeforeLF) {
					return i, fail("HPE_INVALID_STATUS", "Invalid response status")
				}
				p.state = stHeadersStart
				return i, nil
			default:
				return i - 1, fail("HPE_INVALID_STATUS", "Invalid response status")
			}
		case stReason:
			for i < len(b) && b[i] != '\r' && b[i] != '\n' {
				if b[i] >= 0x80 {
					p.flags |= flagNonASCII
				}
				i++
			}
			if i == len(b) {
				return i, nil
			}
			p.reason = span{int32(p.mark), int32(i - p.base)}
			i++
			if err := p.count(i - 1 - p.base - p.mark); err != nil {
				return i, err
			}
			if b[i-1] == '\r' {
				p.state = stResLF
				continue
			}
			if !p.has(LenientOptionalCRBeforeLF) {
				return i, fail("HPE_CR_EXPECTED", "Missing expected CR after response line")
			}
			p.state = stHeadersStart
			return i, nil
		case stResLF:
			switch {
			case c == '\n':
				i++
			case p.has(LenientOptionalLFAfterCR):
			default:
				return i, fail("HPE_STRICT", "Expected LF after CR")
			}
			p.state = stHeadersStart
			return i, nil
		default:
			return i, nil
		}
	}
	return i, nil
}

func knownVersion(major, minor uint8) bool {
	switch major {
	case 0:
		return minor == 9
	case 1:
		return minor <= 1
	case 2:
		return minor == 0
	}
	return false
}

// target reads the request target.
func (p *Parser) target(b []byte, i int) (int, *Error) {
	for i < len(b) {
		c := b[i]
		if c == '\t' || c == '\f' {
			return i + 1, fail("HPE_INVALID_URL", "Invalid characters in url")
		}
		switch p.state {
		case stURLStart:
			switch {
			case c == '/' || c == '*':
				p.state = stURLPath
				i++
			case classes[c]&cAlpha != 0:
				p.state = stURLSchema
			case c == ' ' || c == '\r' || c == '\n':
				return i + 1, fail("HPE_INVALID_URL", "Invalid characters in url")
			default:
				return i, fail("HPE_INVALID_URL", "Unexpected start char in url")
			}
		case stURLSchema:
			switch {
			case classes[c]&cAlpha != 0:
				i++
			case c == ':':
				i++
				p.state, p.protoPos = stURLSchemaDelim, 0
			case c == ' ' || c == '\r' || c == '\n':
				return i + 1, fail("HPE_INVALID_URL", "Invalid characters in url")
			default:
				return i, fail("HPE_INVALID_URL", "Unexpected char in url schema")
			}
		case stURLSchemaDelim:
			switch {
			case c == '/':
				i++
				if p.protoPos++; p.protoPos == 2 {
					p.state, p.protoPos = stURLServer, 0
				}
			case p.protoPos == 0 && (c == ' ' || c == '\r' || c == '\n'):
				return i + 1, fail("HPE_INVALID_URL", "Invalid characters in url")
			default:
				return i, fail("HPE_INVALID_URL", "Unexpected char in url schema")
			}
		case stURLServer:
			// protoPos 1: the last character was an '@'
			switch {
			case c == '/':
				i++
				p.state = stURLPath
			case c == '?':
				i++
				p.state = stURLQuery
			case c == '@':
				i++
				if p.protoPos == 1 {
					return i, fail("HPE_INVALID_URL", "Double @ in url")
				}
				p.protoPos = 1
			case classes[c]&cServer != 0:
				i++
				p.protoPos = 0
			case c == ' ' || c == '\r' || c == '\n':
				return p.endTarget(i, c)
			default:
				return i, fail("HPE_INVALID_URL", "Unexpected char in url server")
			}
		case stURLPath:
			for i < len(b) && classes[b[i]]&cURL != 0 {
				i++
			}
			if i == len(b) {
				return i, nil
			}
			switch c = b[i]; c {
			case '\t', '\f':
			case '?':
				i++
				p.state = stURLQuery
			case '#':
				i++
				p.state = stURLFragment
			case ' ', '\r', '\n':
				return p.endTarget(i, c)
			default:
				return i, fail("HPE_INVALID_URL", "Invalid char in url path")
			}
		case stURLQuery:
			for i < len(b) && (classes[b[i]]&cURL != 0 || b[i] == '?') {
				i++
			}
			if i == len(b) {
				return i, nil
			}
			switch c = b[i]; c {
			case '\t', '\f':
			case '#':
				i++
				p.state = stURLFragment
			case ' ', '\r', '\n':
				return p.endTarget(i, c)
			default:
				return i, fail("HPE_INVALID_URL", "Invalid char in url query")
			}
		case stURLFragment:
			switch {
			case classes[c]&cURL != 0 || c == '?' || c == '#':
				i++
			case c == ' ' || c == '\r' || c == '\n':
				return p.endTarget(i, c)
			default:
				return i, fail("HPE_INVALID_URL", "Invalid char in url fragment start")
			}
		default:
			return i, nil
		}
	}
	return i, nil
}

func (p *Parser) endTarget(i int, c byte) (int, *Error) {
	p.url = span{int32(p.mark), int32(i - p.base)}
	if err := p.count(i - p.base - p.mark); err != nil {
		return i, err
	}
	p.protoPos, p.afterURL = 0, true
	switch c {
	case ' ':
		p.state = stReqHTTPStart
	case '\r':
		p.state = stURLEndCR
	default:
		p.major, p.minor, p.state = 0, 9, stHeadersStart
	}
	return i + 1, nil
}
