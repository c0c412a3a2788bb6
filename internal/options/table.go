package options

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// Kind is the type of an option's value.
type Kind uint8

// The kinds of options.
const (
	Bool Kind = iota
	String
	Int
	List // may be repeated
	Host // [host:]port after =, or nothing
	Noop // no longer means anything, with a value or without
	V8Bool
	V8Int
)

// An Option is one command-line option of Node.
type Option struct {
	Name    string   // without dashes
	Aliases []string // with their dashes
	Kind    Kind
	Env     bool // also in NODE_OPTIONS
	// Process options belong to the whole process: a worker cannot have its own.
	Process bool
	// On is the default of a Bool.
	On bool
	// Inert options are accepted and change nothing; Refused ones have Text as
	// the reason; Hidden ones are for nobody to use.
	Inert, Refused, Hidden bool
	// Value is what the help calls the value, Choices what it may be.
	Value   string
	Choices []string
	Text    string
	Group   string
}

// Engine reports whether the option is V8's, so the process's.
func (o *Option) Engine() bool { return o.Kind == V8Bool || o.Kind == V8Int }

// Switch reports whether the option is on or off and takes no value.
func (o *Option) Switch() bool { return o.Kind == Bool || o.Kind == V8Bool }

// Shown is the option as the help writes it: --no-warnings for what is on.
func (o *Option) Shown() string {
	if o.On {
		return "--no-" + o.Name
	}
	return "--" + o.Name
}

//go:embed options.txt
var tableText string

//go:embed v8.txt
var v8Names string

type index struct {
	list   []*Option
	byName map[string]*Option
	// aliases give the option's name with dashes.
	aliases map[string]string
}

var kinds = map[string]Kind{
	"bool": Bool, "on": Bool, "str": String, "int": Int, "list": List, "host": Host, "noop": Noop, "v8": V8Bool, "v8int": V8Int,
}

var table = sync.OnceValue(func() *index {
	t := &index{byName: map[string]*Option{}, aliases: map[string]string{}}
	group := ""
	for line := range strings.Lines(tableText) {
		switch line = strings.TrimSpace(line); {
		case line == "" || line[0] == '#':
		case line[0] == '@':
			group = line[2:]
		default:
			o := parseLine(line)
			o.Group = group
			t.list = append(t.list, o)
			t.byName[o.Name] = o
			for _, a := range o.Aliases {
				t.aliases[a] = "--" + o.Name
			}
		}
	}
	return t
})

// parseLine reads one line of options.txt.
func parseLine(line string) *Option {
	names, rest, _ := strings.Cut(line, " : ")
	kind, text, _ := strings.Cut(rest, " : ")
	kind, marks, _ := strings.Cut(kind, " ")
	names, aliases, _ := strings.Cut(names, ", ")
	o := &Option{Kind: kinds[kind], On: kind == "on", Env: true, Text: text}
	o.Name, o.Value, _ = strings.Cut(names, "=")
	if aliases != "" {
		o.Aliases = strings.Split(aliases, ", ")
	}
	marks, choices, _ := strings.Cut(marks, "|")
	if choices != "" {
		o.Choices = strings.Split(strings.Trim(choices, "|"), "|")
	}
	for _, m := range marks {
		switch m {
		case '!':
			o.Env = false
		case 'P':
			o.Process = true
		case '-':
			o.Inert = true
		case 'x':
			o.Refused = true
		case 'h':
			o.Hidden = true
		}
	}
	return o
}

// v8 is V8's own options, which are accepted and mean nothing here: the
// names of booleans and of the others.
var v8 = sync.OnceValues(func() (bools, others map[string]bool) {
	first, second, _ := strings.Cut(v8Names, "\n\n")
	bools, others = map[string]bool{}, map[string]bool{}
	for _, n := range strings.Fields(first) {
		bools[n] = true
	}
	for _, n := range strings.Fields(second) {
		others[n] = true
	}
	return bools, others
})

// All returns every option, in the order in which they are shown.
func All() []*Option { return slices.Clone(table().list) }

// Lookup returns the option of that name without dashes.
func Lookup(name string) *Option { return table().byName[name] }
