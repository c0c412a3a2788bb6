package intl

import (
	"math"
	"strconv"
	"strings"
)

// A Decimal is a mathematical value that Intl formats: a decimal number, an
// infinity or NaN.
type Decimal struct {
	neg    bool
	nan    bool
	inf    bool
	digits string // no zeros at either end; "" is zero
	exp    int    // the value is 0.digits × 10^exp
}

// NaN is what is not a number.
func NaN() Decimal { return Decimal{nan: true} }

// FromFloat returns the shortest decimal that stands for f.
func FromFloat(f float64) Decimal {
	switch {
	case math.IsNaN(f):
		return NaN()
	case math.IsInf(f, 0):
		return Decimal{inf: true, neg: f < 0}
	}
	d, _ := FromString(strconv.FormatFloat(math.Abs(f), 'e', -1, 64))
	d.neg = math.Signbit(f)
	return d
}

// maxExponent bounds the numbers that strings can name, as ICU does, so that
// none of them takes memory that its text does not.
const maxExponent = 999_999_999

// FromString reads a decimal literal: digits, a fraction, an exponent.
func FromString(s string) (d Decimal, ok bool) {
	switch {
	case strings.HasPrefix(s, "-"):
		d.neg = true
		s = s[1:]
	case strings.HasPrefix(s, "+"):
		s = s[1:]
	}
	if s == "Infinity" {
		d.inf = true
		return d, true
	}
	exp := 0
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		e, err := strconv.Atoi(s[i+1:])
		if err != nil {
			if s[i+1:] == "" || strings.Trim(strings.TrimLeft(s[i+1:], "+-"), "0123456789") != "" {
				return NaN(), false
			}
			e = maxExponent + 1
			if s[i+1] == '-' {
				e = -e
			}
		}
		exp, s = min(max(e, -maxExponent-1), maxExponent+1), s[:i]
	}
	whole, fraction, _ := strings.Cut(s, ".")
	all := whole + fraction
	if all == "" || strings.Trim(all, "0123456789") != "" {
		return NaN(), false
	}
	digits := strings.TrimLeft(all, "0")
	d.exp = len(whole) - (len(all) - len(digits)) + exp
	d.digits = strings.TrimRight(digits, "0")
	switch {
	case d.digits == "":
		d.exp = 0
	case d.exp > maxExponent:
		return Decimal{inf: true, neg: d.neg}, true
	case d.exp < -maxExponent:
		return Decimal{neg: d.neg}, true
	}
	return d, true
}

// IsNaN reports whether the value is not a number.
func (d Decimal) IsNaN() bool { return d.nan }

func (d Decimal) isZero() bool { return !d.nan && !d.inf && d.digits == "" }

// magnitude is the power of ten of the first digit.
func (d Decimal) magnitude() int {
	if d.digits == "" {
		return 0
	}
	return d.exp - 1
}

// shift multiplies by a power of ten.
func (d Decimal) shift(n int) Decimal {
	if d.digits != "" {
		d.exp += n
	}
	return d
}

// digit is the digit at a power of ten.
func (d Decimal) digit(power int) byte {
	i := d.exp - 1 - power
	if i < 0 || i >= len(d.digits) {
		return '0'
	}
	return d.digits[i]
}

// roundTo rounds to a multiple of increment × 10^power.
func (d Decimal) roundTo(power, increment int, mode string) Decimal {
	if d.nan || d.inf || d.digits == "" {
		return d
	}
	// q is the value in units of 10^power, r what is left: r compared with half a unit.
	keep := d.exp - power // digits to keep
	if keep >= len(d.digits) && increment == 1 {
		return d
	}
	head, tail := "", d.digits
	if keep > 0 {
		n := min(keep, len(d.digits))
		head, tail = d.digits[:n]+strings.Repeat("0", keep-n), d.digits[n:]
	} else if keep < 0 {
		tail = "0" + d.digits // less than a tenth of a unit
	}
	rest := 0 // 0: nothing, 1: below half, 2: half, 3: above
	if tail != "" {
		switch {
		case tail[0] > '5' || tail[0] == '5' && len(tail) > 1:
			rest = 3
		case tail[0] == '5':
			rest = 2
		default:
			rest = 1
		}
	}
	odd := false
	if increment > 1 {
		var m int
		m, odd = modulo(head, increment)
		switch {
		case 2*m > increment:
			rest = 3
		case 2*m == increment && rest == 0:
			rest = 2
		case 2*m == increment:
			rest = 3
		case 2*m+1 == increment && rest != 0: // the rest of a unit decides
		case m != 0 || rest != 0:
			rest = 1
		}
		head = subtract(head, m)
	} else if head != "" {
		odd = (head[len(head)-1]-'0')%2 == 1
	}
	if rest != 0 && roundsUp(mode, d.neg, rest, odd) {
		head = add(head, increment)
	}
	trimmed := strings.TrimLeft(head, "0")
	out := Decimal{neg: d.neg, digits: strings.TrimRight(trimmed, "0")}
	if out.digits != "" {
		out.exp = power + len(trimmed)
	}
	return out
}

// roundsUp reports whether the magnitude grows, by what is left of a unit.
func roundsUp(mode string, neg bool, rest int, odd bool) bool {
	switch mode {
	case "ceil":
		return !neg
	case "floor":
		return neg
	case "expand":
		return true
	case "trunc":
		return false
	}
	if rest != 2 {
		return rest == 3
	}
	switch mode {
	case "halfCeil":
		return !neg
	case "halfFloor":
		return neg
	case "halfTrunc":
		return false
	case "halfEven":
		return odd
	}
	return true // halfExpand
}

// modulo divides decimal digits by a small number: the remainder, and whether
// the quotient is odd.
func modulo(digits string, by int) (rest int, odd bool) {
	q := 0
	for i := range len(digits) {
		rest = rest*10 + int(digits[i]-'0')
		q = rest / by
		rest %= by
	}
	return rest, q%2 == 1
}

func add(digits string, n int) string {
	b := []byte(digits)
	for i := len(b) - 1; i >= 0 && n > 0; i-- {
		n += int(b[i] - '0')
		b[i] = byte('0' + n%10)
		n /= 10
	}
	if n > 0 {
		return strconv.Itoa(n) + string(b)
	}
	return string(b)
}

func subtract(digits string, n int) string {
	b := []byte(digits)
	borrow := n
	for i := len(b) - 1; i >= 0 && borrow > 0; i-- {
		v := int(b[i]-'0') - borrow%10
		borrow /= 10
		if v < 0 {
			v += 10
			borrow++
		}
		b[i] = byte('0' + v)
	}
	return string(b)
}

// A rounded number: its decimal, and how many digits to show at least.
type rounded struct {
	Decimal
	minInteger, minFraction int
	exponent                int // of scientific and compact notation
	unit                    int // the power of ten to which it was rounded
}

// integerDigits are the digits before the point.
func (r rounded) integerDigits() string {
	n := max(r.exp, 0)
	if r.digits == "" {
		n = 0
	}
	s := ""
	if n > 0 {
		k := min(n, len(r.digits))
		s = r.digits[:k] + strings.Repeat("0", n-k)
	}
	if len(s) < r.minInteger {
		s = strings.Repeat("0", r.minInteger-len(s)) + s
	}
	return s
}

// fractionDigits are the digits behind the point.
func (r rounded) fractionDigits() string {
	n := max(len(r.digits)-r.exp, 0)
	if r.digits == "" {
		n = 0
	}
	n = max(n, r.minFraction)
	b := make([]byte, n)
	for i := range b {
		b[i] = r.digit(-1 - i)
	}
	return string(b)
}
