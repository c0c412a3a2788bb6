package intl

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Part is one part of a formatted text, with ECMA-402's name of its type.
type Part struct {
	Type, Value string
	Unit        string // of RelativeTimeFormat and DurationFormat
	Source      string // of a range: startRange, endRange, shared
}

// DigitOptions are the number format digit options of ECMA-402, resolved.
type DigitOptions struct {
	MinInteger               int
	MinFraction, MaxFraction int
	MinSignificant           int // 0: no significant digits
	MaxSignificant           int
	Fraction                 bool   // the fraction digits count
	Rounding                 string // "fractionDigits", "significantDigits", "morePrecision", "lessPrecision"
	Increment                int
	Mode                     string
	TrailingZeros            string // "auto", "stripIfInteger"
}

// NumberOptions are the resolved options of a NumberFormat.
type NumberOptions struct {
	DigitOptions
	Style           string // decimal, percent, currency, unit
	Currency        string
	CurrencyDisplay string
	CurrencySign    string
	Unit            string
	UnitDisplay     string
	Notation        string
	CompactDisplay  string
	Sign            string
	Grouping        string // "", auto, always, min2
	Numbering       string // the numbering system
}

// A NumberFormat formats numbers.
type NumberFormat struct {
	o        NumberOptions
	locale   string
	data     domain
	digits   [10]string
	latin    bool
	symbols  map[string]string
	pattern  numberPattern
	plurals  pluralRules
	currency string // the symbol
	minGroup int
}

// NumberingSystems reports whether a numbering system has digits of its own.
func NumberingSystems(name string) bool {
	_, ok := common("digits").get(name)
	return ok
}

// DefaultNumbering is a locale's own numbering system.
func DefaultNumbering(locale string) string {
	if s := domainOf(locale, "numbers").str("defaultNumberingSystem"); s != "" {
		return s
	}
	return "latn"
}

// namedNumbering resolves the names that mean one of the locale's systems.
func digitsOf(system string) (list [10]string, latin bool) {
	s := lookUp("digits", system)
	if s == "" {
		s = "0123456789"
	}
	i := 0
	for _, r := range s {
		if i < len(list) {
			list[i] = string(r)
			i++
		}
	}
	return list, list[0] == "0"
}

// CurrencyDigits is the number of a currency's decimals.
func CurrencyDigits(code string) int {
	s := lookUp("fractions", code)
	if s == "" {
		s = lookUp("fractions", "DEFAULT")
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return 2
	}
	return n
}

// NewNumberFormat prepares a format; locale is a tag without extensions.
func NewNumberFormat(locale string, o NumberOptions) *NumberFormat {
	f := &NumberFormat{o: o, locale: locale, data: domainOf(locale, "numbers"), symbols: map[string]string{}}
	f.digits, f.latin = digitsOf(o.Numbering)
	f.plurals = pluralRulesOf(locale, false)
	f.minGroup, _ = strconv.Atoi(f.data.str("minimumGroupingDigits"))
	kind := "decimalFormats"
	key := "standard"
	switch {
	case o.Style == "currency" && o.CurrencyDisplay != "name":
		kind = "currencyFormats"
		f.currency = currencySymbol(locale, o.Currency, o.CurrencyDisplay)
		if o.CurrencySign == "accounting" {
			key = "accounting"
		}
	case o.Style == "percent" || o.Style == "unit" && o.Unit == "percent" && o.UnitDisplay != "long":
		kind = "percentFormats"
	}
	f.pattern = parseNumberPattern(f.own(kind, key))
	return f
}

// own is a value that depends on the numbering system.
func (f *NumberFormat) own(kind, key string) string {
	if v, ok := f.data.get(kind + "-numberSystem-" + f.o.Numbering + "/" + key); ok {
		return v
	}
	return f.data.str(kind + "-numberSystem-latn/" + key)
}

func (f *NumberFormat) symbol(name string) string {
	s, ok := f.symbols[name]
	if !ok {
		if f.o.Style == "currency" && (name == "decimal" || name == "group") {
			s = f.own("symbols", "currency"+titleCase(name))
		}
		if s == "" {
			s = f.own("symbols", name)
		}
		f.symbols[name] = s
	}
	return s
}

func currencySymbol(locale, code, display string) string {
	d := domainOf(locale, "currencies")
	s := ""
	switch display {
	case "narrowSymbol":
		if s = d.str(code + "/symbol-alt-narrow"); s == "" {
			s = d.str(code + "/symbol")
		}
	case "symbol":
		s = d.str(code + "/symbol")
	}
	if s == "" {
		return code
	}
	return s
}

// A numberPattern is a pattern of UTS 35: "#,##0.00;(#,##0.00)".
type numberPattern struct {
	prefix, suffix           string // of positive numbers, with symbols as in the pattern
	negPrefix, negSuffix     string
	hasNegative              bool
	primary, secondary       int // sizes of groups
	minInteger               int
	minFraction, maxFraction int
}

func parseNumberPattern(s string) (p numberPattern) {
	positive, negative, ok := cutUnquoted(s, ';')
	var body string
	p.prefix, body, p.suffix = splitPattern(positive)
	if ok {
		p.hasNegative = true
		p.negPrefix, _, p.negSuffix = splitPattern(negative)
	}
	whole, fraction, _ := strings.Cut(body, ".")
	if i := strings.LastIndexByte(whole, ','); i >= 0 {
		p.primary = len(whole) - i - 1
		p.secondary = p.primary
		if j := strings.LastIndexByte(whole[:i], ','); j >= 0 {
			p.secondary = i - j - 1
		}
	}
	p.minInteger = strings.Count(whole, "0")
	p.minFraction = strings.Count(fraction, "0")
	p.maxFraction = len(fraction)
	return p
}

func cutUnquoted(s string, sep byte) (before, after string, ok bool) {
	quoted := false
	for i := range len(s) {
		switch {
		case s[i] == '\'':
			quoted = !quoted
		case s[i] == sep && !quoted:
			return s[:i], s[i+1:], true
		}
	}
	return s, "", false
}

// splitPattern finds the digits of a pattern.
func splitPattern(s string) (prefix, body, suffix string) {
	quoted := false
	start, end := -1, len(s)
	for i := range len(s) {
		c := s[i]
		if c == '\'' {
			quoted = !quoted
		}
		isBody := !quoted && (c == '#' || c == '0' || c == ',' && start >= 0 || c == '.' && start >= 0 || c == '@')
		if isBody && start < 0 {
			start = i
		}
		if start >= 0 && !isBody {
			end = i
			break
		}
	}
	if start < 0 {
		return s, "", ""
	}
	return s[:start], s[start:end], s[end:]
}

// Round applies the format's digit options.
func (o *DigitOptions) round(d Decimal) rounded {
	r := rounded{Decimal: d, minInteger: max(o.MinInteger, 1)}
	if d.nan || d.inf {
		return r
	}
	fixed := func() rounded {
		out := r
		out.Decimal = d.roundTo(-o.MaxFraction, max(o.Increment, 1), o.Mode)
		out.minFraction = o.MinFraction
		out.unit = -o.MaxFraction
		return out
	}
	precise := func() rounded {
		out := r
		power := d.magnitude() - o.MaxSignificant + 1
		out.Decimal = d.roundTo(power, 1, o.Mode)
		if out.digits != "" && out.magnitude() > d.magnitude() {
			power++
		}
		out.unit = power
		out.minFraction = max(0, o.MinSignificant-1-out.magnitude())
		return out
	}
	switch o.Rounding {
	case "significantDigits":
		r = precise()
	case "morePrecision", "lessPrecision":
		s, f := precise(), fixed()
		if (s.unit <= f.unit) == (o.Rounding == "morePrecision") {
			r = s
		} else {
			r = f
		}
	default:
		r = fixed()
	}
	if o.TrailingZeros == "stripIfInteger" && len(r.digits) <= r.exp {
		r.minFraction = 0
	} else if o.TrailingZeros == "stripIfInteger" && r.digits == "" {
		r.minFraction = 0
	}
	return r
}

// Rounded is the number as the format shows it.
func (f *NumberFormat) rounded(d Decimal) rounded {
	if f.o.Style == "percent" {
		d = d.shift(2)
	}
	if d.nan || d.inf || f.o.Notation == "standard" {
		return f.o.round(d)
	}
	e := f.exponentFor(d.magnitude())
	if d.digits == "" {
		e = 0
	}
	r := f.o.round(d.shift(-e))
	if r.digits != "" && d.digits != "" && r.magnitude() > d.magnitude()-e {
		if e2 := f.exponentFor(r.magnitude() + e); e2 != e {
			r = f.o.round(d.shift(-e2))
			e = e2
		}
	}
	r.exponent = e
	return r
}

// exponentFor is ComputeExponentForMagnitude.
func (f *NumberFormat) exponentFor(magnitude int) int {
	switch f.o.Notation {
	case "scientific":
		return magnitude
	case "engineering":
		e := magnitude / 3
		if magnitude < 0 && magnitude%3 != 0 {
			e--
		}
		return e * 3
	case "compact":
		return f.compactShift(magnitude)
	}
	return 0
}

// compactKey is where the compact patterns are.
func (f *NumberFormat) compactKey() (kind, key string) {
	if f.o.Style == "currency" && f.o.CurrencyDisplay != "name" {
		return "currencyFormats", "short/standard/"
	}
	return "decimalFormats", f.o.CompactDisplay + "/decimalFormat/"
}

// compactPattern is the pattern of a magnitude, "" if there is none.
func (f *NumberFormat) compactPattern(magnitude int, plural string) string {
	if magnitude < 3 {
		return ""
	}
	kind, key := f.compactKey()
	base := key + "1" + strings.Repeat("0", min(magnitude, 14)) + "-count-"
	p := f.own(kind, base+plural)
	if p == "" {
		p = f.own(kind, base+"other")
	}
	return p
}

func (f *NumberFormat) compactShift(magnitude int) int {
	p := f.compactPattern(magnitude, "other")
	if p == "" {
		return 0
	}
	_, body, _ := splitPattern(p)
	if zeros := strings.Count(body, "0"); zeros > 0 && !isPlainZero(p) {
		return min(magnitude, 14) - zeros + 1
	}
	return 0
}

// isPlainZero reports whether a compact pattern means that the number is not
// shortened.
func isPlainZero(p string) bool {
	return p == "0" || p == "¤0" || p == "¤\u00a00" || p == "0\u00a0¤" || p == "¤ 0" || p == "0 ¤"
}

// Format returns the number as text.
func (f *NumberFormat) Format(d Decimal) string { return Join(f.Parts(d)) }

// Join is the text of parts.
func Join(parts []Part) string {
	if len(parts) == 1 {
		return parts[0].Value
	}
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.Value)
	}
	return b.String()
}

// Parts returns the number as its parts.
func (f *NumberFormat) Parts(d Decimal) []Part { return f.assemble(f.layers(d, false)) }

// layers are what surrounds a number, from the inside out: what ICU calls
// modifiers.
type layers struct {
	number        []Part // digits, and the exponent of scientific notation
	before, after []Part // sign, currency, percent, compact
	left, right   []Part // unit or name of a currency
	plural        string // the category, where the unit depends on it
}

func (f *NumberFormat) assemble(l layers) []Part {
	parts := make([]Part, 0, len(l.left)+len(l.before)+len(l.number)+len(l.after)+len(l.right))
	for _, list := range [][]Part{l.left, l.before, l.number, l.after, l.right} {
		for _, p := range list {
			if n := len(parts); p.Type == "literal" && n > 0 && parts[n-1].Type == "literal" {
				parts[n-1].Value += p.Value
				continue
			}
			if p.Value != "" {
				parts = append(parts, p)
			}
		}
	}
	return parts
}

// signFor decides which sign is shown: '-', '+' or none.
func (f *NumberFormat) signFor(r rounded) byte {
	zero := !r.inf && r.digits == ""
	switch f.o.Sign {
	case "never":
		return 0
	case "always":
		if r.neg {
			return '-'
		}
		return '+'
	case "exceptZero":
		switch {
		case zero || r.nan:
			return 0
		case r.neg:
			return '-'
		}
		return '+'
	case "negative":
		if r.neg && !zero {
			return '-'
		}
		return 0
	}
	if r.neg {
		return '-'
	}
	return 0
}

func (f *NumberFormat) layers(d Decimal, approximately bool) (l layers) {
	r := f.rounded(d)
	plural := "other"
	needPlural := f.o.Notation == "compact" || f.o.Style == "unit" || f.o.Style == "currency" && f.o.CurrencyDisplay == "name"
	if needPlural && !r.nan && !r.inf {
		plural = f.plurals.selectFor(operandsOf(r))
	}
	l.plural = plural
	l.number = f.numberParts(r)
	pattern := f.pattern
	compact := ""
	if f.o.Notation == "compact" && r.exponent != 0 {
		m := d.magnitude()
		if f.o.Style == "percent" {
			m += 2
		}
		if s := r.magnitude() + r.exponent; s > m {
			m = s
		}
		small := r
		small.exponent = 0 // de: 1 Million, not 1 Millionen
		key := f.plurals.selectFor(operandsOf(small))
		if r.exp == 1 && r.digits == "1" { // an exact one may have a form of its own
			if p := f.compactPattern(m, "1"); p != "" && f.hasExactOne(m) {
				key = "1"
			}
		}
		compact = f.compactPattern(m, key)
	}
	sign := f.signFor(r)
	if compact != "" {
		pos, neg, hasNeg := cutUnquoted(compact, ';')
		cp, _, cs := splitPattern(pos)
		accounting := strings.Contains(pattern.negPrefix, "(")
		pattern = numberPattern{prefix: cp, suffix: cs}
		if hasNeg {
			pattern.hasNegative = true
			pattern.negPrefix, _, pattern.negSuffix = splitPattern(neg)
		} else if accounting {
			pattern.hasNegative = true
			pattern.negPrefix, pattern.negSuffix = "("+cp, cs+")"
		}
	}
	if compact == "" && f.o.Style == "percent" && f.o.Notation == "compact" {
		pattern = numberPattern{}
	}
	l.before, l.after = f.affixes(pattern, sign, approximately, l.number)
	l.left, l.right = f.outer(plural)
	return l
}

// outer is the unit, or the name of a currency.
func (f *NumberFormat) outer(plural string) (left, right []Part) {
	switch {
	case f.o.Style == "percent" && f.o.Notation == "compact": // a unit to ICU
		return f.percentAround(f.pattern.prefix), f.percentAround(f.pattern.suffix)
	case f.o.Style == "currency" && f.o.CurrencyDisplay == "name":
		return f.currencyName(plural)
	case f.o.Style == "unit" && !(f.o.Unit == "percent" && f.o.UnitDisplay != "long"):
		return f.unitAround(plural)
	}
	return nil, nil
}

// percentAround is an affix of a percent pattern as a unit.
func (f *NumberFormat) percentAround(affix string) []Part {
	return words(strings.ReplaceAll(affix, "%", f.symbol("percentSign")), "unit")
}

// hasExactOne reports whether a magnitude has a pattern for exactly one.
func (f *NumberFormat) hasExactOne(m int) bool {
	kind, key := f.compactKey()
	return f.own(kind, key+"1"+strings.Repeat("0", min(m, 14))+"-count-1") != ""
}

// affixes are the parts around a number by its pattern and sign.
func (f *NumberFormat) affixes(p numberPattern, sign byte, approximately bool, number []Part) (before, after []Part) {
	prefix, suffix := p.prefix, p.suffix
	plusForMinus := sign == '+'
	negativeHasMinus := strings.Contains(p.negPrefix+p.negSuffix, "-")
	useNegative := p.hasNegative && (sign == '-' || negativeHasMinus && (plusForMinus || approximately))
	switch {
	case useNegative:
		prefix, suffix = p.negPrefix, p.negSuffix
	case sign == '-':
		prefix = "-" + prefix
	case sign == '+' || approximately:
		prefix = "-" + prefix
	}
	swap := ""
	switch {
	case approximately && sign == '+':
		swap = "~+"
	case approximately && sign == '-':
		swap = "~-"
	case approximately:
		swap = "~"
	case sign == '+':
		swap = "+"
	default:
		swap = "-"
	}
	before = f.affix(prefix, swap)
	after = f.affix(suffix, swap)
	// CLDR's currency spacing: a space between a currency's letters and digits.
	if len(number) > 0 && (number[0].Type == "integer" || number[0].Type == "nan" || number[0].Type == "infinity") {
		digit := number[0].Type == "integer"
		if n := len(before); n > 0 && before[n-1].Type == "currency" && digit {
			c, _ := utf8.DecodeLastRuneInString(before[n-1].Value)
			if !unicode.IsSymbol(c) && !unicode.In(c, unicode.Z) {
				before = append(before, Part{Type: "literal", Value: f.own("currencyFormats", "currencySpacing/beforeCurrency/insertBetween")})
			}
		}
		if len(after) > 0 && after[0].Type == "currency" && digit {
			c, _ := utf8.DecodeRuneInString(after[0].Value)
			if !unicode.IsSymbol(c) && !unicode.In(c, unicode.Z) {
				after = append([]Part{{Type: "literal", Value: f.own("currencyFormats", "currencySpacing/afterCurrency/insertBetween")}}, after...)
			}
		}
	}
	return before, after
}

// affix turns a pattern's prefix or suffix into parts.
func (f *NumberFormat) affix(s, swap string) (parts []Part) {
	if s == "" {
		return nil
	}
	compactName := f.o.Notation == "compact"
	var literal strings.Builder
	flush := func() {
		text := literal.String()
		literal.Reset()
		if text == "" {
			return
		}
		core := strings.TrimFunc(text, func(r rune) bool { return unicode.Is(unicode.White_Space, r) || isMark(r) })
		if !compactName || core == "" || core == "(" || core == ")" {
			parts = append(parts, Part{Type: "literal", Value: text})
			return
		}
		lead, tail, _ := strings.Cut(text, core)
		parts = append(parts, Part{Type: "literal", Value: lead}, Part{Type: "compact", Value: core}, Part{Type: "literal", Value: tail})
	}
	quoted := false
	rs := []rune(s)
	for i := 0; i < len(rs); i++ {
		r := rs[i]
		if r == '\'' {
			if i+1 < len(rs) && rs[i+1] == '\'' {
				literal.WriteRune('\'')
				i++
				continue
			}
			quoted = !quoted
			continue
		}
		if quoted {
			literal.WriteRune(r)
			continue
		}
		switch r {
		case '-':
			flush()
			for _, c := range swap {
				switch c {
				case '~':
					parts = append(parts, f.sign("approximatelySign", "approximatelySign")...)
				case '+':
					parts = append(parts, f.sign("plusSign", "plusSign")...)
				default:
					parts = append(parts, f.sign("minusSign", "minusSign")...)
				}
			}
		case '+':
			flush()
			parts = append(parts, f.sign("plusSign", "plusSign")...)
		case '%':
			flush()
			kind := "percentSign"
			if f.o.Style == "unit" {
				kind = "unit"
			}
			parts = append(parts, f.sign(kind, "percentSign")...)
		case '¤':
			flush()
			parts = append(parts, Part{Type: "currency", Value: f.currency})
		default:
			literal.WriteRune(r)
		}
	}
	flush()
	out := parts[:0]
	for _, p := range parts {
		if p.Value != "" {
			out = append(out, p)
		}
	}
	return out
}

// sign is a symbol as parts: marks of direction around it are literals.
func (f *NumberFormat) sign(kind, name string) []Part {
	s := f.symbol(name)
	core := strings.TrimFunc(s, isMark)
	if core == s || core == "" {
		return []Part{{Type: kind, Value: s}}
	}
	lead, tail, _ := strings.Cut(s, core)
	return []Part{{Type: "literal", Value: lead}, {Type: kind, Value: core}, {Type: "literal", Value: tail}}
}

// isMark reports whether r is a mark of direction.
func isMark(r rune) bool { return r == '\u200e' || r == '\u200f' || r == '\u061c' }

// localized writes digits in the numbering system.
func (f *NumberFormat) localized(s string) string {
	if f.latin {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		b.WriteString(f.digits[s[i]-'0'])
	}
	return b.String()
}

// numberParts are the digits with separators, and the exponent.
func (f *NumberFormat) numberParts(r rounded) []Part {
	switch {
	case r.nan:
		return []Part{{Type: "nan", Value: f.symbol("nan")}}
	case r.inf:
		return []Part{{Type: "infinity", Value: f.symbol("infinity")}}
	}
	whole := r.integerDigits()
	parts := make([]Part, 0, 8)
	if first, size := f.groups(len(whole)); first > 0 {
		group := f.symbol("group")
		parts = append(parts, Part{Type: "integer", Value: f.localized(whole[:first])})
		for rest := whole[first:]; rest != ""; {
			n := size
			if len(rest) <= f.primary() {
				n = len(rest)
			}
			parts = append(parts, Part{Type: "group", Value: group}, Part{Type: "integer", Value: f.localized(rest[:n])})
			rest = rest[n:]
		}
	} else {
		parts = append(parts, Part{Type: "integer", Value: f.localized(whole)})
	}
	if fraction := r.fractionDigits(); fraction != "" {
		parts = append(parts, Part{Type: "decimal", Value: f.symbol("decimal")}, Part{Type: "fraction", Value: f.localized(fraction)})
	}
	if f.o.Notation == "scientific" || f.o.Notation == "engineering" {
		parts = append(parts, Part{Type: "exponentSeparator", Value: f.symbol("exponential")})
		e := r.exponent
		if e < 0 {
			parts = append(parts, Part{Type: "exponentMinusSign", Value: f.symbol("minusSign")})
			e = -e
		}
		parts = append(parts, Part{Type: "exponentInteger", Value: f.localized(strconv.Itoa(e))})
	}
	return parts
}

func (f *NumberFormat) primary() int {
	if f.pattern.primary > 0 {
		return f.pattern.primary
	}
	return 3
}

// groups says how n integer digits are grouped: the length of the first group,
// 0 for none, and of those that follow up to the last.
func (f *NumberFormat) groups(n int) (first, size int) {
	if f.o.Grouping == "" {
		return 0, 0
	}
	primary, secondary := f.pattern.primary, f.pattern.secondary
	if primary <= 0 {
		if f.o.Grouping != "always" {
			return 0, 0
		}
		primary, secondary = 3, 3
	}
	least := max(f.minGroup, 1)
	switch f.o.Grouping {
	case "always":
		least = 1
	case "min2":
		least = max(2, least)
	}
	if n < primary+least {
		return 0, 0
	}
	first = (n - primary) % secondary
	if first == 0 {
		first = secondary
	}
	return first, secondary
}
