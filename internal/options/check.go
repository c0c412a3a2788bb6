package options

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
)

// rivals are pairs of options of which a command line can have one.
var rivals = [][2]string{
	{"check", "eval"}, {"watch", "eval"}, {"watch", "check"}, {"watch", "interactive"}, {"test", "eval"}, {"test", "check"},
	{"test", "interactive"}, {"use-openssl-ca", "use-bundled-ca"}, {"tls-min-v1.3", "tls-max-v1.2"},
}

func (p *Parsed) oneOf(name string) error {
	v, ok := p.Flags[name]
	if !ok || slices.Contains(Lookup(name).Choices, v) {
		return nil
	}
	return errors.New("invalid value for --" + name)
}

// on reports whether an option of any kind is given and not switched off.
func (p *Parsed) on(name string) bool {
	v, ok := p.Flags[name]
	return ok && v != "false"
}

// check refuses contradictions and bad values.
func (p *Parsed) check() error {
	if len(p.Flags) == 0 {
		return nil
	}
	if p.on("watch-path") {
		// Whoever names paths wants to watch.
		if p.Has("test") {
			return errors.New("--watch-path cannot be used in combination with --test")
		}
		p.Flags["watch"] = "true"
	}
	for _, r := range rivals {
		if p.on(r[0]) && p.on(r[1]) {
			return errors.New("either --" + r[0] + " or --" + r[1] + " can be used, not both")
		}
	}
	if _, ok := p.Flags["input-type"]; ok && p.oneOf("input-type") != nil {
		return errors.New(`--input-type must be "module","commonjs", "module-typescript" or "commonjs-typescript"`)
	}
	if _, ok := p.Flags["disable-proto"]; ok && p.oneOf("disable-proto") != nil {
		return &ExitError{Code: 12, Message: "invalid mode passed to --disable-proto"}
	}
	if v, ok := p.Flags["security-revert"]; ok {
		return &ExitError{Code: 12, Message: "Error: Attempt to revert an unknown CVE [" + v + "]"}
	}
	for _, kind := range []string{"cpu", "heap"} {
		for _, part := range []string{"name", "dir", "interval"} {
			if p.on(kind+"-prof-"+part) && !p.on(kind+"-prof") {
				return errors.New("--" + kind + "-prof-" + part + " must be used with --" + kind + "-prof")
			}
		}
	}
	if v, ok := p.Flags["inspect-port"]; ok {
		port := v[strings.LastIndexByte(v, ':')+1:]
		if n, err := strconv.Atoi(port); err == nil && n != 0 && (n < 1024 || n > 65535) {
			//lint:ignore ST1005 Node's text
			return errors.New("must be 0 or in range 1024 to 65535.")
		}
	}
	if v, ok := p.Flags["max-old-space-size-percentage"]; ok {
		if n, err := strconv.ParseFloat(v, 64); err != nil || math.IsNaN(n) || n <= 0 || n > 100 {
			return errors.New("--max-old-space-size-percentage must be greater than 0 and up to 100. Got: " + v)
		}
	}
	if p.on("secure-heap") {
		for _, name := range []string{"secure-heap", "secure-heap-min"} {
			if v, ok := p.Flags[name]; ok {
				if n, err := strconv.ParseInt(v, 10, 64); err != nil || n < 0 || n&(n-1) != 0 {
					return errors.New("--" + name + " must be a power of 2")
				}
			}
		}
	}
	errs := []error{p.oneOf("unhandled-rejections"), p.oneOf("trace-require-module"), p.oneOf("use-largepages")}
	if p.Has("test") {
		errs = append(errs, p.oneOf("test-isolation"))
	}
	return errors.Join(errs...)
}
