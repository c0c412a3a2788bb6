package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/gonode/gonode/internal/options"
)

const intro = `gonode runs Node.js programs: JavaScript, TypeScript, CommonJS and ES modules.`

const grammar = `Options before the script are gonode's, those after it the script's own. A
script named - is read from standard input, which is also the default; without
a script on a terminal the REPL starts. -- ends the options. --name=VALUE and
--name VALUE are the same; underscores may stand for dashes; --no-name switches
off what is on. NODE_OPTIONS holds options for every start, separated by spaces;
what has a space inside is put in double quotes, in which a backslash escapes.`

// environment are the variables that gonode reads, with what they do.
var environment = [][2]string{
	{"NODE_OPTIONS=OPTIONS", "options that come before those of the command line"},
	{"NODE_PATH=DIRS", "further directories in which require() looks for packages"},
	{"NODE_NO_WARNINGS=1", "as --no-warnings"},
	{"NODE_PENDING_DEPRECATION=1", "as --pending-deprecation"},
	{"NODE_PRESERVE_SYMLINKS=1", "as --preserve-symlinks"},
	{"NODE_REDIRECT_WARNINGS=FILE", "as --redirect-warnings"},
	{"NODE_EXTRA_CA_CERTS=FILE", "further certificates to trust"},
	{"NODE_DEBUG=LIST", "which parts of the library print what they do"},
	{"NODE_REPL_HISTORY=FILE", "the REPL's history"},
	{"NODE_ICU_DATA=DIR", "as --icu-data-dir"},
	{"NODE_TEST_CONTEXT", "set by the test runner in the processes that it starts"},
	{"NO_COLOR, FORCE_COLOR", "without colours, with colours"},
	{"UV_THREADPOOL_SIZE=N", "how many threads file and DNS calls have (4)"},
	{"TZ=ZONE", "the time zone"},
	{"GOGC, GOMEMLIMIT", "the garbage collector of Go"},
}

// exits are Node's exit codes.
var exits = [][2]string{
	{"0", "all is well"},
	{"1", "an error that nobody caught"},
	{"3", "a built-in module could not be parsed"},
	{"5", "a fatal error of the engine"},
	{"6", "process._fatalException is no function"},
	{"7", "a handler of uncaught errors threw, or starting up failed"},
	{"9", "an unknown option, a missing or an invalid value"},
	{"10", "a built-in module threw while it was loaded"},
	{"12", "an invalid debugger port or mode"},
	{"13", "the main module waits at its top level for what never comes"},
	{"128+N", "ended by signal N"},
}

// A group is a heading of the help with its options.
type group struct {
	name    string
	options []*options.Option
}

// groups are the options to be shown. What is accepted without effect is one
// group at the end, and what is refused another.
func groups() []group {
	var out []group
	inert := group{name: "Accepted, without effect"}
	refused := group{name: "Not supported"}
	for _, o := range options.All() {
		switch {
		case o.Hidden:
		case o.Refused:
			refused.options = append(refused.options, o)
		case o.Inert:
			inert.options = append(inert.options, o)
		default:
			if len(out) == 0 || out[len(out)-1].name != o.Group {
				out = append(out, group{name: o.Group})
			}
			g := &out[len(out)-1]
			g.options = append(g.options, o)
		}
	}
	return append(out, inert, refused)
}

// form is how an option is written: "-e, --eval=SCRIPT".
func form(o *options.Option) string {
	var b strings.Builder
	for _, a := range o.Aliases {
		if len(a) == 2 {
			b.WriteString(a + ", ")
		}
	}
	b.WriteString(o.Shown())
	switch {
	case o.Value == "":
	case o.Kind == options.Host && o.Name != "inspect-port":
		b.WriteString("[=" + strings.ToLower(o.Value) + "]")
	case o.Kind == options.Host:
		b.WriteString("=" + strings.ToLower(o.Value))
	case o.Value[0] == '[':
		b.WriteString(" " + o.Value)
	default:
		b.WriteString("=" + o.Value)
	}
	return b.String()
}

// about is what is said of an option.
func about(o *options.Option) string {
	if len(o.Choices) > 0 {
		return o.Text + ": " + strings.Join(o.Choices, ", ")
	}
	return o.Text
}

const (
	indent  = 32 // where the texts begin
	columns = 80
)

// Help writes the help.
func Help(w io.Writer, name string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Usage: %s [options] [script | -] [arguments]\n       %[1]s --run SCRIPT [-- arguments]\n"+
		"       %[1]s --test [files and patterns]\n\n%s\n\n%s\n", name, intro, grammar)
	for _, g := range groups() {
		fmt.Fprintf(&b, "\n%s:\n", g.name)
		for _, o := range g.options {
			f := "  " + form(o)
			if !strings.HasPrefix(f, "  -") || strings.HasPrefix(f, "  --") {
				f = "      " + form(o)
			}
			entry(&b, f, about(o))
		}
	}
	b.WriteString("\nEnvironment:\n")
	for _, e := range environment {
		entry(&b, "  "+e[0], e[1])
	}
	b.WriteString("\nExit codes:\n")
	for _, e := range exits {
		entry(&b, "  "+e[0], e[1])
	}
	b.WriteString("\nNode.js documents them at https://nodejs.org/docs/latest-v24.x/api/cli.html\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// entry writes a term and its text, which is broken into lines.
func entry(b *strings.Builder, term, text string) {
	column := len(term)
	b.WriteString(term)
	if column >= indent-1 {
		b.WriteByte('\n')
		column = 0
	}
	for _, word := range strings.Fields(text) {
		if column+1+len(word) > columns {
			b.WriteByte('\n')
			column = 0
		}
		if column < indent {
			b.WriteString(strings.Repeat(" ", indent-column))
			column = indent
		} else {
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += len(word)
	}
	b.WriteByte('\n')
}
