// Package cli writes what gonode says about its options: the help, the manual
// page, docs/cli.md and the shells' completions. All of it comes from the table
// in internal/options; cobra and pflag carry it.
//
// Nothing of this runs when a script does: Node's grammar is parsed by
// internal/options, and the command is built when somebody asks for it.
package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/gonode/gonode/internal/options"
)

// Complete is the argument with which a shell's completion calls the program.
const Complete = "--completion-words"

// Command is gonode as cobra knows it: for help and completions, not for running.
func Command(name string) *cobra.Command {
	cmd := &cobra.Command{
		Use:               name + " [options] [script | -] [arguments]",
		Short:             "runs Node.js programs",
		Args:              cobra.ArbitraryArgs,
		Run:               func(*cobra.Command, []string) {},
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		ValidArgsFunction: completeScript,
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.SetInterspersed(false) // what follows the script is the script's
	flags.SetNormalizeFunc(func(_ *pflag.FlagSet, name string) pflag.NormalizedName {
		return pflag.NormalizedName(strings.ReplaceAll(name, "_", "-"))
	})
	for _, o := range options.All() {
		addFlag(cmd, o)
	}
	return cmd
}

func addFlag(cmd *cobra.Command, o *options.Option) {
	short := ""
	for _, a := range o.Aliases {
		if len(a) == 2 {
			short = a[1:]
		}
	}
	flags, name := cmd.Flags(), o.Shown()[2:]
	switch {
	case o.Switch() && o.Value == "":
		flags.BoolP(name, short, false, o.Text)
	case o.Kind == options.List:
		flags.StringArrayP(name, short, nil, o.Text)
	default:
		flags.StringP(name, short, "", o.Text)
	}
	f := flags.Lookup(name)
	f.Hidden = o.Hidden || o.Refused
	if o.Switch() || o.Kind == options.Host || o.Kind == options.Noop {
		f.NoOptDefVal = "true" // pflag's for a value that may be left out
	}
	// The names are cobra's own keys: an error would be a second registration.
	switch {
	case len(o.Choices) > 0:
		_ = cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(o.Choices, cobra.ShellCompDirectiveNoFileComp))
	case o.Name == "run":
		_ = cmd.RegisterFlagCompletionFunc(name, completeRun)
	case o.Value == "DIR":
		_ = cmd.MarkFlagDirname(name)
	case o.Value == "FILE" || o.Value == "MODULE" || o.Value == "PATH" || o.Switch():
	default:
		_ = cmd.RegisterFlagCompletionFunc(name, cobra.NoFileCompletions)
	}
}

// completeScript offers what gonode can run for the first argument, and any
// file for the script's own.
func completeScript(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveDefault
	}
	return []cobra.Completion{"js", "mjs", "cjs", "ts", "mts", "cts"}, cobra.ShellCompDirectiveFilterFileExt
}

// completeRun offers the scripts of the nearest package.json.
func completeRun(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	dir, err := os.Getwd()
	for err == nil {
		text, readErr := os.ReadFile(filepath.Join(dir, "package.json"))
		if readErr == nil {
			var pkg struct {
				Scripts map[string]any `json:"scripts"`
			}
			_ = json.Unmarshal(text, &pkg) // a broken file offers nothing
			var names []cobra.Completion
			for n, script := range pkg.Scripts {
				if s, ok := script.(string); ok {
					names = append(names, cobra.CompletionWithDesc(n, s))
				}
			}
			slices.Sort(names)
			return names, cobra.ShellCompDirectiveNoFileComp
		}
		up := filepath.Dir(dir)
		if up == dir {
			break
		}
		dir = up
	}
	return nil, cobra.ShellCompDirectiveNoFileComp
}

// Words answers a shell that completes args, the last of which is being typed.
func Words(name string, args []string, stdout, stderr io.Writer) error {
	cmd := Command(name)
	cmd.SetArgs(append([]string{cobra.ShellCompRequestCmd}, args...))
	cmd.SetOut(stdout)
	cmd.SetErr(stderr)
	return cmd.Execute()
}

// Completion writes the completions for a shell: bash, zsh, fish, powershell.
func Completion(w io.Writer, name, shell string) error {
	if shell == "bash" {
		return completeBash(w, name)
	}
	cmd := Command(name)
	var text strings.Builder
	var err error
	switch shell {
	case "zsh":
		err = cmd.GenZshCompletion(&text)
	case "fish":
		err = cmd.GenFishCompletion(&text, true)
	case "powershell":
		err = cmd.GenPowerShellCompletionWithDesc(&text)
	default:
		err = fmt.Errorf("no completions for %s", shell)
	}
	if err != nil {
		return err
	}
	// __complete is a file name in Node's grammar, so the scripts ask with an option.
	_, err = io.WriteString(w, strings.ReplaceAll(text.String(), " "+cobra.ShellCompRequestCmd+" ", " "+Complete+" "))
	return err
}

// completeBash writes a function in the form of Node's: all names in one list.
func completeBash(w io.Writer, name string) error {
	var names []string
	for _, o := range options.All() {
		if o.Refused {
			continue
		}
		names = append(append(names, "--"+o.Name), o.Aliases...)
		if o.Kind == options.Bool && o.Env {
			names = append(names, "--no-"+o.Name)
		}
	}
	_, err := fmt.Fprintf(w, `_%[1]s_complete() {
  local cur_word options
  cur_word="${COMP_WORDS[COMP_CWORD]}"
  if [[ "${cur_word}" == -* ]] ; then
    COMPREPLY=( $(compgen -W '%[2]s' -- "${cur_word}") )
    return 0
  else
    COMPREPLY=( $(compgen -f "${cur_word}") )
    return 0
  fi
}
complete -o filenames -o nospace -o bashdefault -F _%[1]s_complete %[1]s %[1]s_g
`, name, strings.Join(names, " "))
	return err
}
