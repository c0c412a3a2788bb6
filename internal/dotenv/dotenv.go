// Package dotenv reads .env files as Node.js does: util.parseEnv,
// process.loadEnvFile and --env-file share it.
package dotenv

import "strings"

const blank = " \t\n\r\v\f"

// Parse returns the variables of a file in order, the last of a name winning.
func Parse(text string) [][2]string {
	var list [][2]string
	at := map[string]int{}
	set := func(k, v string) {
		if i, ok := at[k]; ok {
			list[i][1] = v
			return
		}
		at[k] = len(list)
		list = append(list, [2]string{k, v})
	}
	rest := strings.ReplaceAll(text, "\r\n", "\n")
	rest = strings.ReplaceAll(rest, "\r", "\n")
	for {
		rest = strings.Trim(rest, blank)
		if rest == "" {
			return list
		}
		if rest[0] == '#' {
			_, rest, _ = strings.Cut(rest, "\n")
			continue
		}
		eq := strings.IndexAny(rest, "=\n")
		if eq < 0 {
			return list
		}
		if rest[eq] == '\n' { // a line without "="
			rest = rest[eq+1:]
			continue
		}
		key := strings.Trim(rest[:eq], blank)
		rest = rest[eq+1:]
		key = strings.TrimSpace(strings.TrimPrefix(key, "export "))
		if key == "" {
			_, rest, _ = strings.Cut(rest, "\n")
			continue
		}
		if rest == "" || rest[0] == '\n' {
			set(key, "")
			continue
		}
		rest = strings.TrimLeft(rest, " \t\v\f")
		if rest == "" || rest[0] == '\n' {
			set(key, "")
			continue
		}
		switch q := rest[0]; q {
		case '"', '\'', '`':
			if end := strings.IndexByte(rest[1:], q); end >= 0 {
				value := rest[1 : 1+end]
				if q == '"' {
					value = strings.ReplaceAll(value, `\n`, "\n")
				}
				set(key, value)
				_, rest, _ = strings.Cut(rest[end+2:], "\n")
				continue
			}
		}
		line, tail, _ := strings.Cut(rest, "\n")
		if i := strings.IndexByte(line, '#'); i >= 0 {
			line = line[:i]
		}
		set(key, strings.Trim(line, blank))
		rest = tail
	}
}
