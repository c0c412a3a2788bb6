package cli

import (
	"fmt"
	"io"
	"strings"
)

// Man writes the manual page gonode(1), in mdoc's macros.
func Man(w io.Writer) error {
	var b strings.Builder
	b.WriteString(".\\\" Generated: go test ./internal/cli -update\n.Dd September 22, 2026\n.Dt GONODE 1\n.Os\n.Sh NAME\n.Nm gonode\n.Nd run Node.js programs\n" +
		".Sh SYNOPSIS\n.Nm\n.Op Ar options\n.Op Ar script | Fl\n.Op Ar arguments\n.Nm\n.Fl -run Ar name\n.Op Fl - Ar arguments\n" +
		".Nm\n.Fl -test\n.Op Ar files\n.Sh DESCRIPTION\n")
	b.WriteString(roff(intro) + "\n.Pp\n" + roff(grammar) + "\n.Sh OPTIONS\n")
	for _, g := range groups() {
		fmt.Fprintf(&b, ".Ss %s\n.Bl -tag -width 6n\n", g.name)
		for _, o := range g.options {
			// Fl writes the first dash.
			fmt.Fprintf(&b, ".It Fl %s\n%s.\n", roff(strings.NewReplacer(", -", " , Fl ", " [", " Ar [").Replace(form(o))[1:]), sentence(about(o)))
		}
		b.WriteString(".El\n")
	}
	b.WriteString(".Sh ENVIRONMENT\n.Bl -tag -width 6n\n")
	for _, e := range environment {
		fmt.Fprintf(&b, ".It Ev %s\n%s.\n", roff(e[0]), sentence(e[1]))
	}
	b.WriteString(".El\n.Sh EXIT STATUS\n.Bl -tag -width 6n\n")
	for _, e := range exits {
		fmt.Fprintf(&b, ".It %s\n%s.\n", roff(e[0]), sentence(e[1]))
	}
	b.WriteString(".El\n.Sh SEE ALSO\n.Lk https://nodejs.org/docs/latest-v24.x/api/cli.html \"Node.js' own description of its options\"\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// roff escapes text: a backslash, a dash that is to stay one, a dot that begins a line.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`, "\n.", "\n\\&.").Replace(s)
	if strings.HasPrefix(s, ".") {
		s = `\&` + s
	}
	return s
}

// sentence is a text that begins with a capital.
func sentence(s string) string { return roff(strings.ToUpper(s[:1]) + s[1:]) }

// Markdown writes docs/cli.md.
func Markdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# The command line\n\nThis page, `gonode --help`, the manual page (docs/gonode.1) and the shells' completions are generated from\n"+
		"the table in `internal/options`: `go test ./internal/cli -update`.\n\n    gonode [options] [script | -] [arguments]\n\n%s\n\n"+
		"Completions: `source <(gonode --completion-bash)` or `--completion-zsh`, `gonode --completion-fish | source`,\n"+
		"`gonode --completion-powershell | Out-String | Invoke-Expression`.\n", grammar)
	cell := strings.NewReplacer("|", `\|`, "<", `\<`)
	table := func(head string, rows [][2]string) {
		fmt.Fprintf(&b, "\n| %s | |\n| --- | --- |\n", head)
		for _, r := range rows {
			fmt.Fprintf(&b, "| `%s` | %s |\n", r[0], cell.Replace(r[1]))
		}
	}
	for _, g := range groups() {
		fmt.Fprintf(&b, "\n## %s\n", g.name)
		var rows [][2]string
		for _, o := range g.options {
			text := about(o)
			if !o.Env {
				text += " (not in NODE_OPTIONS)"
			}
			rows = append(rows, [2]string{form(o), text})
		}
		table("option", rows)
	}
	b.WriteString("\n## Environment\n")
	table("variable", environment)
	b.WriteString("\n## Exit codes\n")
	table("code", exits)
	_, err := io.WriteString(w, b.String())
	return err
}
