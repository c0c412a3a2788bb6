package child_process

import (
	"slices"
	"strings"

	"github.com/gonode/gonode/internal/permission"
)

// mustStart throws if no process may be started, and hands what is allowed
// here on to the child, unless it has permissions of its own.
func (st *state) mustStart(opt *options) {
	h := st.env.Host()
	allowed := permission.Of(h.Flags, h.Args, h.Shared.Value)
	if allowed == nil {
		return
	}
	if err := allowed.Check("child", opt.file); err != nil {
		panic(st.env.Error(err))
	}
	if slices.Contains(opt.args, "--permission") {
		return
	}
	const key = "NODE_OPTIONS="
	at := slices.IndexFunc(opt.env, func(e string) bool { return strings.HasPrefix(e, key) })
	if at < 0 {
		at = len(opt.env)
		opt.env = append(opt.env, key)
	}
	if strings.Contains(opt.env[at], "--permission") {
		return
	}
	words := permission.Options(h.Flags)
	for i, w := range words {
		words[i] = quote(w)
	}
	opt.env[at] = strings.TrimSuffix(key+strings.Join(words, " ")+" "+opt.env[at][len(key):], " ")
}

// quote writes a word as NODE_OPTIONS' grammar reads it.
func quote(w string) string {
	if !strings.ContainsAny(w, ` "\`) {
		return w
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(w) + `"`
}
