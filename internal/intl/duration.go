package intl

import (
	"math"
	"math/big"
	"strings"
)

// DurationUnits are the units of a duration, the largest first.
var DurationUnits = [...]string{"years", "months", "weeks", "days", "hours", "minutes", "seconds", "milliseconds", "microseconds", "nanoseconds"}

// A Duration has a value for each of the units.
type Duration [len(DurationUnits)]float64

// Sign is -1, 0 or 1.
func (d *Duration) Sign() int {
	for _, v := range d {
		if v != 0 {
			if v < 0 {
				return -1
			}
			return 1
		}
	}
	return 0
}

// Valid is IsValidDuration: one sign, and within bounds.
func (d *Duration) Valid() bool {
	s := float64(d.Sign())
	for i, v := range d {
		if math.IsInf(v, 0) || v*s < 0 || i < 3 && math.Abs(v) >= 1<<32 {
			return false
		}
	}
	total := new(big.Int)
	for i, ns := range [...]int64{86400e9, 3600e9, 60e9, 1e9, 1e6, 1e3, 1} {
		total.Add(total, new(big.Int).Mul(integer(d[3+i]), big.NewInt(ns)))
	}
	limit := new(big.Int).Mul(new(big.Int).Lsh(big.NewInt(1), 53), big.NewInt(1e9))
	return total.CmpAbs(limit) < 0
}

func integer(f float64) *big.Int {
	n, _ := new(big.Float).SetFloat64(f).Int(nil)
	return n
}

// DurationOptions are the resolved options of a DurationFormat.
type DurationOptions struct {
	Style, Numbering string
	Styles, Displays [len(DurationUnits)]string // "fractional" shows behind the unit before
	FractionalDigits int                        // -1: as many as there are
}

// DurationFormat formats durations.
type DurationFormat struct {
	o         DurationOptions
	locale    string
	list      *ListFormat
	separator string
	cache     map[NumberOptions]*NumberFormat
}

// NewDurationFormat prepares a format.
func NewDurationFormat(locale string, o DurationOptions) *DurationFormat {
	style := o.Style
	if style == "digital" {
		style = "short"
	}
	f := &DurationFormat{o: o, locale: locale, list: NewListFormat(locale, "unit", style), cache: map[NumberOptions]*NumberFormat{}}
	f.separator = NewNumberFormat(locale, plainNumber(o.Numbering)).symbol("timeSeparator")
	if f.separator == "" {
		f.separator = ":"
	}
	return f
}

func (f *DurationFormat) number(o NumberOptions, d Decimal, unit string) []Part {
	n := f.cache[o]
	if n == nil {
		n = NewNumberFormat(f.locale, o)
		f.cache[o] = n
	}
	parts := n.Parts(d)
	for i := range parts {
		parts[i].Unit = unit
	}
	return parts
}

// fraction is a unit with the smaller ones that are shown behind its point.
func (f *DurationFormat) fraction(d *Duration, unit int) (v Decimal, fractional bool) {
	total, scale := integer(d[unit]), 0
	for i := unit + 1; i < len(d) && f.o.Styles[i] == "fractional"; i++ {
		total.Mul(total, big.NewInt(1000)).Add(total, integer(d[i]))
		scale += 3
	}
	v, _ = FromString(total.String())
	return v.shift(-scale), scale > 0
}

func (f *DurationFormat) fractionOptions(o *NumberOptions) {
	o.MinFraction, o.MaxFraction, o.Mode = 0, 9, "trunc"
	if f.o.FractionalDigits >= 0 {
		o.MinFraction, o.MaxFraction = f.o.FractionalDigits, f.o.FractionalDigits
	}
}

const firstTime, firstSubsecond = 4, 7 // hours, milliseconds

// Parts returns a duration as parts.
func (f *DurationFormat) Parts(d Duration) []Part {
	negative := d.Sign() < 0
	signed := true // the sign has still to be shown
	var items [][]Part
	for i := range DurationUnits {
		style := f.o.Styles[i]
		if style == "numeric" || style == "2-digit" {
			if parts := f.clock(&d, i, signed); len(parts) > 0 {
				items = append(items, parts)
			}
			break
		}
		unit := strings.TrimSuffix(DurationUnits[i], "s")
		o := plainNumber(f.o.Numbering)
		o.Style, o.Unit, o.UnitDisplay = "unit", unit, style
		v, fractional := FromFloat(d[i]), false
		if i >= 6 && i < 9 {
			if v, fractional = f.fraction(&d, i); fractional {
				f.fractionOptions(&o)
			}
		}
		if !v.isZero() || f.o.Displays[i] == "always" {
			if signed {
				v.neg = v.neg || negative && v.isZero()
				signed = false
			} else {
				o.Sign = "never"
			}
			items = append(items, f.number(o, v, unit))
		}
		if fractional {
			break
		}
	}
	return f.list.join(items)
}

// clock formats hours, minutes and seconds from a first unit on: 1:02:03.
func (f *DurationFormat) clock(d *Duration, first int, signed bool) (parts []Part) {
	negative := d.Sign() < 0
	seconds, _ := f.fraction(d, 6)
	show := func(i int, zero bool) bool { return first <= i && (!zero || f.o.Displays[i] == "always") }
	hours := show(4, d[4] == 0)
	lastSeconds := first <= 6 && show(6, seconds.isZero())
	minutes := first <= 5 && (hours && lastSeconds || show(5, d[5] == 0))
	if first >= firstSubsecond {
		return nil
	}
	put := func(i int, v Decimal, fraction bool) {
		o := plainNumber(f.o.Numbering)
		o.Grouping = ""
		if f.o.Styles[i] == "2-digit" {
			o.MinInteger = 2
		}
		if fraction {
			f.fractionOptions(&o)
		}
		if signed {
			v.neg = v.neg || negative && v.isZero()
			signed = false
		} else {
			o.Sign = "never"
		}
		if len(parts) > 0 {
			parts = append(parts, Part{Type: "literal", Value: f.separator})
		}
		parts = append(parts, f.number(o, v, strings.TrimSuffix(DurationUnits[i], "s"))...)
	}
	if hours {
		put(firstTime, FromFloat(d[4]), false)
	}
	if minutes {
		put(firstTime+1, FromFloat(d[5]), false)
	}
	if lastSeconds {
		put(firstTime+2, seconds, true)
	}
	return parts
}

// ParseDuration reads a duration of ISO 8601: P1Y2M3W4DT5H6M7.008S.
func ParseDuration(s string) (d Duration, ok bool) {
	factor := 1.0
	if s != "" && (s[0] == '-' || s[0] == '+') {
		if s[0] == '-' {
			factor = -1
		}
		s = s[1:]
	}
	if s == "" || s[0]|0x20 != 'p' {
		return d, false
	}
	rest, next, seen := s[1:], 0, false
	for rest != "" {
		if rest[0]|0x20 == 't' && next <= firstTime {
			rest, next = rest[1:], firstTime
			if rest == "" {
				return d, false
			}
			continue
		}
		n := 0
		for n < len(rest) && (isDigit(rest[n]) || rest[n] == '.' || rest[n] == ',') {
			n++
		}
		if n == 0 || n == len(rest) {
			return d, false
		}
		whole, fraction, fractional := strings.Cut(strings.ReplaceAll(rest[:n], ",", "."), ".")
		letters := "ymwd"
		base := 0
		if next >= firstTime {
			letters, base = "hms", firstTime
		}
		unit := strings.IndexByte(letters, rest[n]|0x20) + base
		if unit < next || unit < base || strings.IndexByte(letters, rest[n]|0x20) < 0 || len(whole) == 0 || len(whole) > 15 || len(fraction) > 9 {
			return d, false
		}
		v, _ := new(big.Int).SetString(whole, 10)
		if v == nil {
			return d, false
		}
		f, _ := new(big.Float).SetInt(v).Float64()
		d[unit] = factor * f
		seen, next, rest = true, unit+1, rest[n+1:]
		if fractional {
			if unit < firstTime || fraction == "" || rest != "" {
				return d, false
			}
			parts, _ := new(big.Int).SetString((fraction + "000000000")[:9], 10)
			if parts == nil {
				return d, false
			}
			scale := [...]int64{3600, 60, 1}[unit-firstTime]
			ns := parts.Int64() * scale
			for i, size := range [...]int64{60e9, 1e9, 1e6, 1e3, 1} {
				if at := firstTime + 1 + i; at > unit {
					d[at] = factor * float64(ns/size)
					ns %= size
				}
			}
		}
	}
	return d, seen && d.Valid()
}
