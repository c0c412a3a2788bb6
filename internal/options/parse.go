// Package options is Node's command line: the table of its options, and the
// parser that cmd, workers and NODE_OPTIONS share.
package options

import (
	"errors"
	"strconv"
	"strings"
)

// Sep joins the values of a repeated option in Parsed.Flags.
const Sep = "\x00"

// Parsed is a command line.
type Parsed struct {
	// Flags are the options that were given, by name without dashes: "true" or
	// "false" for booleans; the values of repeated ones are joined with Sep.
	Flags map[string]string
	// Exec is process.execArgv: what came before the script.
	Exec []string
	// Args is the script and its arguments.
	Args []string
	// EnvFiles are --env-file's and --env-file-if-exists's, in their order.
	EnvFiles []EnvFile
}

// An EnvFile is a file with environment variables.
type EnvFile struct {
	Name     string
	Optional bool
}

// Has reports whether a boolean is on.
func (p *Parsed) Has(name string) bool { return p.Flags[name] == "true" }

func (p *Parsed) set(o *Option, value string) {
	if o.Name == "env-file" || o.Name == "env-file-if-exists" {
		p.EnvFiles = append(p.EnvFiles, EnvFile{value, o.Name == "env-file-if-exists"})
	}
	if o.Kind == List {
		if old, ok := p.Flags[o.Name]; ok {
			value = old + Sep + value
		}
	}
	p.Flags[o.Name] = value
}

// Parse reads args (without argv[0]) up to the script. env says that they come
// from NODE_OPTIONS. The errors read as Node prints them after "node: ".
func Parse(p *Parsed, args []string, env bool) error {
	if p.Flags == nil {
		p.Flags = map[string]string{}
	}
	i := 0
	for i < len(args) {
		arg := args[i]
		if len(arg) < 2 || arg[0] != '-' {
			break
		}
		if arg == "--" {
			if env {
				return errors.New("-- is not allowed in NODE_OPTIONS")
			}
			i++
			break
		}
		n, err := p.one(args, i, env)
		if err != nil {
			return err
		}
		i += n
	}
	if env {
		if i < len(args) {
			return errors.New(args[i] + " is not allowed in NODE_OPTIONS")
		}
		return nil
	}
	p.Exec = args[:i:i]
	if i > 0 && args[i-1] == "--" {
		p.Exec = args[: i-1 : i-1]
	}
	p.Args = args[i:]
	return p.check()
}

// Worker reads a worker's own options into p: its execArgv, or with env the
// text of its NODE_OPTIONS. It returns what a worker cannot have.
func Worker(p *Parsed, args []string, env bool) (invalid []string) {
	if p.Flags == nil {
		p.Flags = map[string]string{}
	}
	i := 0
	for i < len(args) {
		arg := args[i]
		if arg == "--" && env {
			return append(invalid, "-- is not allowed in NODE_OPTIONS")
		}
		if len(arg) < 2 || arg[0] != '-' || arg == "--" {
			break
		}
		n := 1
		switch o := optionOf(arg); {
		case o != nil && o.Process && env:
			invalid = append(invalid, envText(arg))
		case o == nil && !env, o != nil && !env && (o.Process || o.Engine()):
			invalid = append(invalid, arg)
		default:
			took, err := p.one(args, i, env)
			if err != nil {
				invalid = append(invalid, err.Error())
			} else {
				n = took
			}
		}
		i += n
	}
	if !env {
		p.Exec = args[:i:i]
	}
	if len(invalid) == 0 {
		if err := p.check(); err != nil {
			invalid = strings.Split(err.Error(), "\n")
		}
	}
	return invalid
}

// envText is the error for an option that NODE_OPTIONS refuses.
func envText(arg string) string {
	if i := strings.IndexByte(arg, '='); i >= 0 {
		arg = arg[:i+1]
	}
	return arg + " is not allowed in NODE_OPTIONS"
}

// optionOf is the option that an argument names; nil for V8's and unknown ones.
func optionOf(arg string) *Option {
	name, _, _ := strings.Cut(arg, "=")
	if strings.HasPrefix(name, "--") {
		name = "--" + strings.ReplaceAll(name[2:], "_", "-")
	}
	t := table()
	if a, ok := t.aliases[name]; ok {
		name = a
	}
	key, ok := strings.CutPrefix(name, "--")
	if !ok {
		return nil
	}
	if o := t.byName[key]; o != nil {
		return o
	}
	return t.byName[strings.TrimPrefix(key, "no-")]
}

// Split is NODE_OPTIONS' text as arguments.
func Split(text string) ([]string, error) { return split(text) }

// one handles the option at args[i]; n is how many arguments it took.
func (p *Parsed) one(args []string, i int, env bool) (n int, err error) {
	arg := args[i]
	name, value, hasValue := strings.Cut(arg, "=")
	shown := arg
	if strings.HasPrefix(name, "--") {
		name = "--" + strings.ReplaceAll(name[2:], "_", "-")
	} else if hasValue {
		return 0, errors.New("bad option: " + arg)
	}
	next := func() (string, bool) {
		if i+1 < len(args) && (args[i+1] == "-" || args[i+1] == "" || args[i+1][0] != '-') {
			return args[i+1], true
		}
		return "", false
	}
	switch name {
	case "-p", "--print", "-pe":
		// With an argument -p is -pe.
		p.Flags["print"] = "true"
		if env {
			return 0, errors.New(name + " is not allowed in NODE_OPTIONS")
		}
		if v, ok := next(); ok {
			p.Flags["eval"] = unescape(v)
			return 2, nil
		}
		if name == "-pe" {
			return 0, errors.New("--eval requires an argument")
		}
		return 1, nil
	case "--debug", "--debug-brk":
		//lint:ignore ST1005 Node's text
		return 0, errors.New("[DEP0062]: `node --debug` and `node --debug-brk` are invalid. " +
			"Please use `node --inspect` and `node --inspect-brk` instead.")
	}
	t := table()
	if a, ok := t.aliases[name]; ok {
		name = a
	}
	if !strings.HasPrefix(name, "--") {
		return 0, errors.New("bad option: " + arg)
	}
	key := name[2:]
	negated := false
	o := t.byName[key]
	if o == nil && strings.HasPrefix(key, "no-") {
		plain := "--" + key[3:]
		if a, ok := t.aliases[plain]; ok {
			plain = a
		}
		o, negated = t.byName[plain[2:]], true
		if o != nil && !o.Switch() && o.Kind != Host {
			return 0, errors.New(arg + " is an invalid negation because it is not a boolean option")
		}
	}
	if o == nil {
		return p.engine(arg, key, hasValue, env)
	}
	if env && !o.Env {
		return 0, errors.New(envText(shown))
	}
	if o.Refused && !negated {
		return 0, errors.New("--" + o.Name + " is not supported: " + o.Text)
	}
	switch o.Kind {
	case Noop:
		return 1, nil
	case Bool, V8Bool:
		p.set(o, strconv.FormatBool(!negated))
		return 1, nil
	case V8Int:
		if _, err := strconv.Atoi(value); hasValue && value == "" {
			return 0, errors.New(shown + " requires an argument")
		} else if err != nil {
			return 0, &ExitError{Code: 9, Note: "Error: illegal value for flag " + arg + " of type int\nTry --help for options\n", Message: "bad option: " + arg}
		}
		p.set(o, value)
		return 1, nil
	case Host:
		if negated {
			delete(p.Flags, o.Name)
			return 1, nil
		}
		if !hasValue && o.Name == "inspect-port" {
			v, ok := next()
			if !ok {
				return 0, errors.New(shown + " requires an argument")
			}
			p.set(o, v)
			return 2, nil
		}
		p.set(o, value)
		return 1, nil
	}
	if hasValue {
		if value == "" && o.Name != "env-file" && o.Name != "env-file-if-exists" {
			return 0, errors.New(shown + " requires an argument")
		}
		p.set(o, value)
		return 1, nil
	}
	v, ok := next()
	if !ok {
		return 0, errors.New(shown + " requires an argument")
	}
	p.set(o, unescape(v))
	return 2, nil
}

// unescape removes the backslash that lets a value begin with a dash.
func unescape(v string) string {
	if strings.HasPrefix(v, `\-`) {
		return v[1:]
	}
	return v
}

// engine accepts V8's options.
func (p *Parsed) engine(arg, key string, hasValue, env bool) (int, error) {
	bools, others := v8()
	known := others[key] && hasValue || bools[key]
	if !known {
		k := strings.TrimPrefix(strings.TrimPrefix(key, "no"), "-")
		known = k != key && bools[k]
	}
	switch {
	case known && env:
		if hasValue {
			arg = arg[:strings.IndexByte(arg, '=')+1]
		}
		return 0, errors.New(arg + " is not allowed in NODE_OPTIONS")
	case !known && env:
		return 0, errors.New(arg + " is not allowed in NODE_OPTIONS")
	case !known:
		return 0, errors.New("bad option: " + arg)
	}
	return 1, nil
}

// Environment reads NODE_OPTIONS into p.
func Environment(p *Parsed, text string) error {
	args, err := split(text)
	if err != nil {
		return err
	}
	return Parse(p, args, true)
}

// split is NODE_OPTIONS' grammar: spaces separate, double quotes group, a
// backslash escapes inside quotes.
func split(text string) ([]string, error) {
	var out []string
	var cur strings.Builder
	inWord, quoted := false, false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '\\' && quoted:
			if i+1 == len(text) {
				//lint:ignore ST1005 Node's text
				return nil, errors.New("invalid value for NODE_OPTIONS (invalid escape)\n")
			}
			i++
			c = text[i]
		case c == ' ' && !quoted:
			if inWord {
				out = append(out, cur.String())
				cur.Reset()
			}
			inWord = false
			continue
		case c == '"':
			quoted = !quoted
			inWord = true
			continue
		}
		inWord = true
		cur.WriteByte(c)
	}
	if quoted {
		//lint:ignore ST1005 Node's text
		return nil, errors.New("invalid value for NODE_OPTIONS (unterminated string)\n")
	}
	if inWord {
		out = append(out, cur.String())
	}
	return out, nil
}

// An ExitError is a usage error with an exit code of its own.
type ExitError struct {
	Code    int
	Note    string // printed before the message, as it is
	Message string
}

func (e *ExitError) Error() string { return e.Message }
