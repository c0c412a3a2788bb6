package loader

import (
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// conditions that no resolution lacks are added by the caller: "node",
// "require" or "import", and what the user asked for. "default" matches always.

func notExported(p *Package, subpath, base string) error {
	msg := "Package subpath '" + subpath + "' is not defined by \"exports\" in " + p.File
	if subpath == "." {
		msg = "No \"exports\" main defined in " + p.File
	}
	return &Error{Code: "ERR_PACKAGE_PATH_NOT_EXPORTED", Class: "Error", Message: msg + importedFrom(base)}
}

func importedFrom(base string) string {
	if base == "" {
		return ""
	}
	return " imported from " + base
}

func (t *target) invalid(v *Value) error {
	text := v.text()
	rel := v.Kind != Object && v.Kind != Array && !t.imports && text != "" && !strings.HasPrefix(text, "./")
	msg := "Invalid \"exports\" main target " + quote(text) + " defined in the package config " + t.pkg.File
	if t.key != "." {
		what := "exports"
		if t.imports {
			what = "imports"
		}
		msg = "Invalid \"" + what + "\" target " + quote(text) + " defined for '" + t.key + "' in the package config " + t.pkg.File
	}
	msg += importedFrom(t.base)
	if rel {
		msg += "; targets must start with \"./\""
	}
	return &Error{Code: "ERR_INVALID_PACKAGE_TARGET", Class: "Error", Message: msg}
}

func (t *target) invalidSubpath(match string) error {
	what := "exports"
	if t.imports {
		what = "imports"
	}
	return &Error{Code: "ERR_INVALID_MODULE_SPECIFIER", Class: "TypeError",
		Message: "Invalid module \"" + match + "\" request is not a valid match in pattern \"" + t.key +
			"\" for the \"" + what + "\" resolution of " + t.pkg.File + importedFrom(t.base)}
}

func invalidConfig(file, base, why string) error {
	msg := "Invalid package config " + file
	if base != "" {
		msg += " while importing " + base
	}
	return &Error{Code: "ERR_INVALID_PACKAGE_CONFIG", Class: "Error", Message: msg + ". " + why}
}

// target is one resolution of an "exports" or "imports" entry.
type target struct {
	r          *Resolver
	pkg        *Package
	key        string // the matched key, or the subpath itself
	match      string // what * stands for
	base       string // the importing file, for messages
	pattern    bool
	imports    bool
	conditions []string
}

// Exports is PACKAGE_EXPORTS_RESOLVE: the file that subpath ("." or "./x")
// of p stands for. It need not exist.
func (r *Resolver) Exports(p *Package, subpath, base string, conditions []string) (string, error) {
	exports := p.Exports
	sugar, err := isMainSugar(p, base)
	if err != nil {
		return "", err
	}
	if sugar {
		exports = &Value{Kind: Object, Keys: []string{"."}, Fields: map[string]*Value{".": p.Exports}}
	}
	t := &target{r: r, pkg: p, key: subpath, base: base, conditions: conditions}
	if v := exports.Fields[subpath]; v != nil && !strings.Contains(subpath, "*") && !strings.HasSuffix(subpath, "/") {
		res, ok, err := t.resolve(v)
		if err == nil && !ok {
			err = notExported(p, subpath, base)
		}
		return res, err
	}
	if key, match := bestPattern(exports, subpath); key != "" {
		t.key, t.match, t.pattern = key, match, true
		res, ok, err := t.resolve(exports.Fields[key])
		if err == nil && !ok {
			err = notExported(p, subpath, base)
		}
		return res, err
	}
	return "", notExported(p, subpath, base)
}

// bestPattern finds the most specific key with a * that matches.
func bestPattern(v *Value, subpath string) (key, match string) {
	for _, k := range v.Keys {
		star := strings.IndexByte(k, '*')
		if star < 0 || !strings.HasPrefix(subpath, k[:star]) {
			continue
		}
		tail := k[star+1:]
		if len(subpath) >= len(k) && strings.HasSuffix(subpath, tail) && strings.LastIndexByte(k, '*') == star &&
			(key == "" || moreSpecific(k, key)) {
			key, match = k, subpath[star:len(subpath)-len(tail)]
		}
	}
	return key, match
}

// moreSpecific is PATTERN_KEY_COMPARE: the longer part before *, then the longer key.
func moreSpecific(a, b string) bool {
	as, bs := strings.IndexByte(a, '*'), strings.IndexByte(b, '*')
	if as != bs {
		return as > bs
	}
	return len(a) > len(b)
}

// isMainSugar reports whether "exports" is the main entry alone.
func isMainSugar(p *Package, base string) (bool, error) {
	if p.Exports.Kind != Object {
		return true, nil
	}
	sugar := false
	for i, k := range p.Exports.Keys {
		cur := k == "" || k[0] != '.'
		if i == 0 {
			sugar = cur
		} else if sugar != cur {
			return false, invalidConfig(p.File, base, "\"exports\" cannot contain some keys starting with '.' and some not."+
				" The exports object must either be an object of package subpath keys or an object of main entry condition name keys only.")
		}
	}
	return sugar, nil
}

// resolve is PACKAGE_TARGET_RESOLVE. ok is false for null and for no match.
func (t *target) resolve(v *Value) (res string, ok bool, err error) {
	res, state, err := t.walk(v)
	return res, state == found, err
}

type state uint8

const (
	undefined state = iota
	null
	found
)

func (t *target) walk(v *Value) (string, state, error) {
	switch v.Kind {
	case String:
		res, err := t.file(v)
		return res, found, err
	case Null:
		return "", null, nil
	case Array:
		if len(v.Items) == 0 {
			return "", null, nil
		}
		var lastErr error
		last := undefined
		for _, it := range v.Items {
			res, st, err := t.walk(it)
			if err != nil {
				lastErr = err
				if e, ok := err.(*Error); ok && e.Code == "ERR_INVALID_PACKAGE_TARGET" {
					continue
				}
				return "", undefined, err
			}
			if st == undefined {
				continue
			}
			if st == null {
				last, lastErr = null, nil
				continue
			}
			return res, found, nil
		}
		return "", last, lastErr
	case Object:
		for _, k := range v.Keys {
			if isArrayIndex(k) {
				return "", undefined, invalidConfig(t.pkg.File, t.base, "\"exports\" cannot contain numeric property keys.")
			}
		}
		for _, k := range v.Keys {
			if k != "default" && !slices.Contains(t.conditions, k) {
				continue
			}
			if res, st, err := t.walk(v.Fields[k]); st != undefined || err != nil {
				return res, st, err
			}
		}
		return "", undefined, nil
	}
	return "", undefined, t.invalid(v)
}

func isArrayIndex(k string) bool {
	n, err := strconv.ParseUint(k, 10, 32)
	return err == nil && n < 1<<32-1 && strconv.FormatUint(n, 10) == k
}

// badSegment reports a segment ., .. or node_modules, in any encoding.
func badSegment(path string) bool {
	for _, seg := range strings.FieldsFunc(path, func(c rune) bool { return c == '/' || c == '\\' }) {
		if u, err := url.PathUnescape(seg); err == nil {
			seg = u
		}
		if seg == "." || seg == ".." || strings.EqualFold(seg, "node_modules") {
			return true
		}
	}
	return false
}

func (t *target) file(v *Value) (string, error) {
	s := v.String
	if !strings.HasPrefix(s, "./") {
		if t.imports && !strings.HasPrefix(s, "../") && !strings.HasPrefix(s, "/") && !isURL(s) {
			spec := s
			if t.pattern {
				spec = strings.ReplaceAll(s, "*", t.match)
			}
			return t.r.PackageResolve(spec, t.pkg.File, t.conditions)
		}
		return "", t.invalid(v)
	}
	if badSegment(s[2:]) {
		return "", t.invalid(v)
	}
	res := s
	if t.pattern {
		if badSegment(t.match) {
			request := strings.ReplaceAll(t.key, "*", t.match)
			return "", t.invalidSubpath(request)
		}
		res = strings.ReplaceAll(s, "*", t.match)
	}
	return filePath(t.pkg.Dir, res)
}

func isURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme != ""
}

// filePath turns a relative URL reference into a path below dir.
func filePath(dir, ref string) (string, error) {
	if i := strings.IndexAny(ref, "?#"); i >= 0 {
		ref = ref[:i]
	}
	low := strings.ToLower(ref)
	if strings.Contains(low, "%2f") || strings.Contains(low, "%5c") {
		return "", &Error{Code: "ERR_INVALID_MODULE_SPECIFIER", Class: "TypeError",
			Message: "Invalid module \"" + ref + "\" must not include encoded \"/\" or \"\\\" characters"}
	}
	if u, err := url.PathUnescape(ref); err == nil {
		ref = u
	}
	return filepath.Join(dir, filepath.FromSlash(ref)), nil
}

// Imports is PACKAGE_IMPORTS_RESOLVE: the file (or "node:x") that #name
// stands for in the package of the file parent.
func (r *Resolver) Imports(name, parent string, conditions []string) (string, error) {
	if name == "#" {
		return "", &Error{Code: "ERR_INVALID_MODULE_SPECIFIER", Class: "TypeError",
			Message: "Invalid module \"" + name + "\" is not a valid internal imports specifier name" + importedFrom(parent)}
	}
	p, err := r.Scope(parent)
	if err != nil {
		return "", err
	}
	if p != nil && p.Imports != nil {
		t := &target{r: r, pkg: p, key: name, base: parent, imports: true, conditions: conditions}
		v := p.Imports.Fields[name]
		if v == nil || strings.Contains(name, "*") {
			v = nil
			if key, match := bestPattern(p.Imports, name); key != "" {
				t.key, t.match, t.pattern = key, match, true
				v = p.Imports.Fields[key]
			}
		}
		if v != nil {
			if res, ok, err := t.resolve(v); ok || err != nil {
				return res, err
			}
		}
	}
	msg := "Package import specifier \"" + name + "\" is not defined"
	if p != nil {
		msg += " in package " + p.File
	}
	return "", &Error{Code: "ERR_PACKAGE_IMPORT_NOT_DEFINED", Class: "TypeError", Message: msg + importedFrom(parent)}
}

// packageName splits "@scope/name/sub" into "@scope/name" and "./sub".
func packageName(spec, base string) (name, subpath string, err error) {
	sep := strings.IndexByte(spec, '/')
	ok := spec != ""
	if ok && spec[0] == '@' {
		if sep < 0 {
			ok = false
		} else if next := strings.IndexByte(spec[sep+1:], '/'); next >= 0 {
			sep += 1 + next
		} else {
			sep = -1
		}
	}
	name = spec
	if sep >= 0 {
		name = spec[:sep]
	}
	if !ok || strings.HasPrefix(name, ".") || strings.ContainsAny(name, "\\%") {
		return "", "", &Error{Code: "ERR_INVALID_MODULE_SPECIFIER", Class: "TypeError",
			Message: "Invalid module \"" + spec + "\" is not a valid package name" + importedFrom(base)}
	}
	return name, "." + spec[len(name):], nil
}

// PackageResolve is PACKAGE_RESOLVE: a bare specifier, seen from the file
// base. Built-in modules come back as "node:name".
func (r *Resolver) PackageResolve(spec, base string, conditions []string) (string, error) {
	if r.IsBuiltin != nil && r.IsBuiltin(spec) {
		return "node:" + strings.TrimPrefix(spec, "node:"), nil
	}
	name, subpath, err := packageName(spec, base)
	if err != nil {
		return "", err
	}
	self, err := r.Scope(base)
	if err != nil {
		return "", err
	}
	if self != nil && self.Name == name && self.Exports != nil {
		return r.Exports(self, subpath, base, conditions)
	}
	for dir := filepath.Dir(base); ; {
		pkgDir := filepath.Join(dir, "node_modules", filepath.FromSlash(name))
		if r.stat(pkgDir) == Dir {
			p, err := r.readPackage(filepath.Join(pkgDir, "package.json"), base, spec)
			switch {
			case err != nil:
				return "", err
			case p != nil && p.Exports != nil:
				return r.Exports(p, subpath, base, conditions)
			case subpath == ".":
				return r.legacyMain(pkgDir, p, base)
			}
			return filePath(pkgDir, subpath)
		}
		up := filepath.Dir(dir)
		if up == dir {
			break
		}
		dir = up
	}
	return "", &Error{Code: "ERR_MODULE_NOT_FOUND", Class: "Error",
		Message: "Cannot find package '" + name + "'" + importedFrom(base)}
}

// isModule reports whether a package's file is an ES module.
func (r *Resolver) isModule(file string, p *Package) bool {
	return filepath.Ext(file) == ".mjs" || filepath.Ext(file) == ".js" && p != nil && p.Type == "module"
}

func (r *Resolver) deprecate(message, code string) {
	if r.Deprecated != nil {
		r.Deprecated(message, code)
	}
}

func mainExcluding(dir, file, base string, p *Package) string {
	sep := string(filepath.Separator)
	return "Package " + dir + sep + " has a \"main\" field set to " + quote(p.Main) +
		", excluding the full filename and extension to the resolved file at " + quote(strings.TrimPrefix(file, dir+sep)) +
		importedAt(base) + ".\n Automatic extension resolution of the \"main\" field is deprecated for ES modules."
}

func importedAt(base string) string {
	if base == "" {
		return ""
	}
	return ", imported from " + base
}

// legacyMain is the "main" of a package without "exports", for import.
func (r *Resolver) legacyMain(dir string, p *Package, base string) (string, error) {
	if p != nil && p.HasMain {
		for _, tail := range []string{"", ".js", ".json", ".node", "/index.js", "/index.json", "/index.node"} {
			if f := filepath.Join(dir, p.Main) + filepath.FromSlash(tail); r.stat(f) == File {
				if tail != "" && r.isModule(f, p) {
					r.deprecate(mainExcluding(dir, f, base, p), "DEP0151")
				}
				return f, nil
			}
		}
	}
	for _, name := range []string{"index.js", "index.json", "index.node"} {
		if f := filepath.Join(dir, name); r.stat(f) == File {
			if p != nil && p.HasMain && r.isModule(f, p) {
				if resolvePath(dir, p.Main) != f {
					r.deprecate(mainExcluding(dir, f, base, p), "DEP0151")
				}
			} else if r.isModule(f, p) {
				r.deprecate("No \"main\" or \"exports\" field defined in the package.json for "+dir+string(filepath.Separator)+
					" resolving the main entry point "+quote(name)+importedAt(base)+
					".\nDefault \"index\" lookups for the main are deprecated for ES modules.", "DEP0151")
			}
			return f, nil
		}
	}
	return "", &Error{Code: "ERR_MODULE_NOT_FOUND", Class: "Error",
		Message: "Cannot find package '" + dir + string(filepath.Separator) + "'" + importedFrom(base)}
}
