package httpwire

// A Method is a request method, with llhttp's number.
type Method uint8

// Methods that the parser treats specially.
const (
	MethodGet     Method = 1
	MethodHead    Method = 2
	MethodPost    Method = 3
	MethodConnect Method = 5
	MethodSource  Method = 33
	methodPRI     Method = 34
	methodNone    Method = 255
)

var methodNames = [...]string{
	"DELETE", "GET", "HEAD", "POST", "PUT", "CONNECT", "OPTIONS", "TRACE", "COPY", "LOCK", "MKCOL", "MOVE",
	"PROPFIND", "PROPPATCH", "SEARCH", "UNLOCK", "BIND", "REBIND", "UNBIND", "ACL", "REPORT", "MKACTIVITY",
	"CHECKOUT", "MERGE", "M-SEARCH", "NOTIFY", "SUBSCRIBE", "UNSUBSCRIBE", "PATCH", "PURGE", "MKCALENDAR",
	"LINK", "UNLINK", "SOURCE", "PRI", "DESCRIBE", "ANNOUNCE", "SETUP", "PLAY", "PAUSE", "TEARDOWN",
	"GET_PARAMETER", "SET_PARAMETER", "REDIRECT", "RECORD", "FLUSH", "QUERY",
}

const (
	firstRTSP   = 35
	lastRTSP    = 45
	methodQuery = 46
)

// String returns the method's name.
func (m Method) String() string {
	if int(m) < len(methodNames) {
		return methodNames[m]
	}
	return ""
}

// Index returns m's place in [Methods].
func (m Method) Index() int {
	if m == methodQuery {
		return int(methodPRI)
	}
	return int(m)
}

// Methods returns the HTTP methods in the order of their numbers, as
// require('_http_common').methods.
func Methods() []string {
	return append(append([]string{}, methodNames[:methodPRI]...), methodNames[methodQuery])
}

func (m Method) isHTTP() bool { return m < firstRTSP || m > lastRTSP }

// isRTSP includes the methods that AirPlay uses.
func (m Method) isRTSP() bool {
	return !m.isHTTP() || m == 6 || m == MethodGet || m == MethodPost
}

// matchMethod reads a method from the start of b. n is the length of what was
// read: a method's name if m is set, else of the longest beginning of one.
// more is true if b ended before it was decided.
func matchMethod(b []byte) (m Method, n int, more bool) {
	m = methodNone
	for n <= len(b) {
		any := false
		for i, name := range methodNames {
			if len(name) < n || name[:n] != string(b[:n]) {
				continue
			}
			if len(name) == n {
				m = Method(i)
				continue
			}
			if n == len(b) || name[n] == b[n] {
				any = true
			}
		}
		if !any {
			return m, n, false
		}
		if n == len(b) {
			// GET could go on as GET_PARAMETER.
			return methodNone, n, true
		}
		m = methodNone
		n++
	}
	return m, n, true
}

// AllMethods returns every method that the parser knows, by its number.
func AllMethods() []string { return append([]string{}, methodNames[:]...) }
