package loader

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
)

// A Value is a JSON value that keeps the order of an object's keys, which
// decides between conditions.
type Value struct {
	Kind   ValueKind
	String string // of strings, the text of numbers and booleans
	Items  []*Value
	Keys   []string
	Fields map[string]*Value
}

// ValueKind is a JSON type.
type ValueKind uint8

// The JSON types.
const (
	Null ValueKind = iota
	String
	Number
	Bool
	Array
	Object
)

func parseJSON(b []byte) (*Value, error) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	v, err := decode(d)
	if err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("data after the value")
	}
	return v, nil
}

func decode(d *json.Decoder) (*Value, error) {
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch x := t.(type) {
	case string:
		return &Value{Kind: String, String: x}, nil
	case json.Number:
		return &Value{Kind: Number, String: x.String()}, nil
	case bool:
		return &Value{Kind: Bool, String: strconv.FormatBool(x)}, nil
	case json.Delim:
		if x == '[' {
			v := &Value{Kind: Array}
			for d.More() {
				item, err := decode(d)
				if err != nil {
					return nil, err
				}
				v.Items = append(v.Items, item)
			}
			_, err := d.Token()
			return v, err
		}
		v := &Value{Kind: Object, Fields: map[string]*Value{}}
		for d.More() {
			k, err := d.Token()
			if err != nil {
				return nil, err
			}
			item, err := decode(d)
			if err != nil {
				return nil, err
			}
			key := k.(string)
			if _, dup := v.Fields[key]; !dup {
				v.Keys = append(v.Keys, key)
			}
			v.Fields[key] = item
		}
		_, err := d.Token()
		return v, err
	}
	return &Value{}, nil // null
}

// text is the value in JavaScript's template-string form; objects as JSON.
func (v *Value) text() string {
	switch v.Kind {
	case Null:
		return "null"
	case String, Number, Bool:
		return v.String
	}
	return v.json()
}

func (v *Value) json() string {
	switch v.Kind {
	case String:
		return quote(v.String)
	case Array:
		s := "["
		for i, it := range v.Items {
			if i > 0 {
				s += ","
			}
			s += it.json()
		}
		return s + "]"
	case Object:
		s := "{"
		for i, k := range v.Keys {
			if i > 0 {
				s += ","
			}
			s += quote(k) + ":" + v.Fields[k].json()
		}
		return s + "}"
	}
	return v.text()
}

// quote is JSON.stringify of a string.
func quote(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s)
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}
