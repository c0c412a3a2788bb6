package loader

import (
	"path/filepath"
)

// A Package is a package.json.
type Package struct {
	File string // the package.json
	Dir  string
	Name string // "" if it is no string
	Main string
	// HasMain tells an empty "main" from none.
	HasMain bool
	Type    string // "commonjs", "module" or "none"
	Exports *Value // nil if there is none or it is null
	Imports *Value // nil unless an object
}

// An Error is a resolution failure. Class is the JavaScript class of an ERR_
// code's error. MODULE_NOT_FOUND is a plain Error with properties.
type Error struct {
	Code, Class, Message string
	Path, RequestPath    string // "" if the error has no such property
}

func (e *Error) Error() string { return e.Message }

// ReadPackage returns the package.json in dir, nil if there is none.
func (r *Resolver) ReadPackage(dir string) (*Package, error) {
	return r.readPackage(filepath.Join(dir, "package.json"), "", "")
}

// readPackage reads a package.json; base and specifier are for the error text.
func (r *Resolver) readPackage(file, base, specifier string) (*Package, error) {
	if p, ok := r.pkgs[file]; ok {
		return p, nil
	}
	b, err := r.FS.ReadFile(file)
	if err != nil {
		r.pkgs[file] = nil
		return nil, nil
	}
	v, err := parseJSON(b)
	if err != nil || v.Kind != Object {
		msg := "Invalid package config " + file + "."
		if base != "" {
			msg = "Invalid package config " + file + " while importing "
			if specifier != "" {
				msg += quote(specifier) + " from "
			}
			msg += base + "."
		}
		return nil, &Error{Code: "ERR_INVALID_PACKAGE_CONFIG", Class: "Error", Message: msg}
	}
	p := &Package{File: file, Dir: filepath.Dir(file), Type: "none"}
	if n := v.Fields["name"]; n != nil && n.Kind == String {
		p.Name = n.String
	}
	if m := v.Fields["main"]; m != nil && m.Kind == String {
		p.Main, p.HasMain = m.String, true
	}
	if t := v.Fields["type"]; t != nil && t.Kind == String && (t.String == "module" || t.String == "commonjs") {
		p.Type = t.String
	}
	if e := v.Fields["exports"]; e != nil && e.Kind != Null {
		p.Exports = e
	}
	if i := v.Fields["imports"]; i != nil && i.Kind == Object {
		p.Imports = i
	}
	r.pkgs[file] = p
	return p, nil
}

// Scope returns the nearest package.json above a file, nil if there is none.
// The search ends at a node_modules folder.
func (r *Resolver) Scope(file string) (*Package, error) {
	for dir := filepath.Dir(file); ; {
		if filepath.Base(dir) == "node_modules" {
			return nil, nil
		}
		p, err := r.ReadPackage(dir)
		if p != nil || err != nil {
			return p, err
		}
		up := filepath.Dir(dir)
		if up == dir {
			return nil, nil
		}
		dir = up
	}
}
