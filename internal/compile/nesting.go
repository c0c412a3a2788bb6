package compile

// The parser, the compiler and the passes over the tree recurse, and the stack
// of a goroutine that is used up ends the process. V8 throws a RangeError where
// its own is used up, much earlier than these limits.
const (
	maxNesting = 10_000 // brackets
	maxChain   = 50_000 // operators without a separator between them
)

// TooDeep reports whether source nests deeper than can be compiled.
func TooDeep(src string) bool {
	if len(src) <= maxNesting {
		return false
	}
	depth, deepest, chain, longest := 0, 0, 0, 0
	for i := range len(src) {
		switch src[i] {
		case '(', '[', '{':
			depth++
			deepest = max(deepest, depth)
			chain++
		case ')', ']':
			depth = max(depth-1, 0)
		case '}':
			depth = max(depth-1, 0)
			longest = max(longest, chain)
			chain = 0
		case ';', ',', '\n', '"', '\'', '`':
			longest = max(longest, chain)
			chain = 0
		case '=', '!', '~', '?', ':', '.', '*', '-':
			chain++
		}
	}
	longest = max(longest, chain)
	if deepest <= maxNesting && longest <= maxChain {
		return false
	}
	// Strings, templates and regular expressions may hold brackets: look closer.
	depth, deepest, chain, longest = 0, 0, 0, 0
	tokens(src, func(c byte) {
		switch c {
		case '(', '[', '{':
			depth++
			deepest = max(deepest, depth)
			chain++
			longest = max(longest, chain)
		case ')', ']':
			depth = max(depth-1, 0)
		case '}':
			depth = max(depth-1, 0)
			chain = 0
		case ';', ',':
			chain = 0
		case '=', '!', '~', '?', ':', '.', '*', '-':
			chain++
			longest = max(longest, chain)
		}
	})
	return deepest > maxNesting || longest > maxChain
}
