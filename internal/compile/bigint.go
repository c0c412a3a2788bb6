package compile

import (
	"math/big"
	"reflect"
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
	"github.com/dop251/goja/token"
)

// The engine works out operators on literals while it compiles: 2n ** (2n **
// 40n) takes all of the machine's memory though nothing ever runs it.

// foldedBits is how large a number may become while a program is compiled.
const foldedBits = 1 << 16

// keepBigInts takes operators on BigInt literals whose result is large from
// the compiler's eyes: they are left to the time when they run.
func keepBigInts(tree *ast.Program, src string) {
	if !bigOperator(src) {
		return
	}
	binaries(reflect.ValueOf(tree.Body), func(e *ast.BinaryExpression) {
		if _, large := foldBigInt(e); large {
			list := &ast.ArrayLiteral{LeftBracket: e.Left.Idx0(), RightBracket: e.Left.Idx1(), Value: []ast.Expression{e.Left}}
			e.Left = &ast.BracketExpression{
				Left: list, Member: &ast.NumberLiteral{Idx: e.Left.Idx0(), Literal: "0", Value: int64(0)},
				LeftBracket: e.Left.Idx0(), RightBracket: e.Left.Idx1(),
			}
		}
	})
}

// FoldsBigInts reports whether compiling source would make a number out of
// literals that no BigInt can be. It is for source that the engine compiles itself.
func FoldsBigInts(source string) bool {
	if !bigOperator(source) {
		return false
	}
	tree, err := parser.ParseFile(nil, "", source, 0, parser.WithDisableSourceMaps)
	if err != nil { // the body of a function, as the constructor gets it
		tree, err = parser.ParseFile(nil, "", "(function () {"+source+"\n})", 0, parser.WithDisableSourceMaps)
	}
	if err != nil {
		return false
	}
	found := false
	binaries(reflect.ValueOf(tree.Body), func(e *ast.BinaryExpression) {
		_, large := foldBigInt(e)
		found = found || large
	})
	return found
}

// bigOperator reports whether src may have ** or << after a BigInt literal.
func bigOperator(src string) bool {
	for _, op := range [...]string{"**", "<<"} {
		for at, rest := 0, src; ; {
			i := strings.Index(rest, op)
			if i < 0 {
				break
			}
			left := strings.TrimRight(src[:at+i], " \t\r\n)")
			if n := len(left); n > 1 && left[n-1] == 'n' && strings.IndexByte("0123456789abcdefABCDEF_", left[n-2]) >= 0 {
				return true
			}
			at += i + len(op)
			rest = src[at:]
		}
	}
	return false
}

// binaries calls f with the binary expressions in v, inner ones first.
func binaries(v reflect.Value, f func(*ast.BinaryExpression)) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			return
		}
		if v.Kind() == reflect.Pointer && v.Type().Elem().PkgPath() != reflect.TypeFor[ast.Program]().PkgPath() {
			return // a literal's number, the file
		}
		binaries(v.Elem(), f)
		if e, ok := v.Interface().(*ast.BinaryExpression); ok && v.Kind() == reflect.Pointer {
			f(e)
		}
	case reflect.Slice:
		for i := range v.Len() {
			binaries(v.Index(i), f)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			// A function's declarations are in its body, too.
			if field := v.Type().Field(i); field.IsExported() && field.Name != "DeclarationList" {
				binaries(v.Field(i), f)
			}
		}
	}
}

// foldBigInt is what the compiler makes of e: nil if that is no BigInt. large
// is set in place of a number that has more than foldedBits.
func foldBigInt(e ast.Expression) (n *big.Int, large bool) {
	switch e := e.(type) {
	case *ast.NumberLiteral:
		n, _ = e.Value.(*big.Int)
	case *ast.UnaryExpression:
		if n, large = foldBigInt(e.Operand); n != nil && e.Operator == token.MINUS {
			return new(big.Int).Neg(n), large
		}
		return nil, large
	case *ast.BinaryExpression:
		x, _ := foldBigInt(e.Left)
		y, _ := foldBigInt(e.Right)
		if x == nil || y == nil {
			return nil, false
		}
		switch e.Operator {
		case token.EXPONENT:
			if y.Sign() < 0 {
				return nil, false
			}
			if x.BitLen() > 1 && (!y.IsInt64() || y.Int64() > foldedBits || int64(x.BitLen())*y.Int64() > foldedBits) {
				return nil, true
			}
			return new(big.Int).Exp(x, y, nil), false
		case token.SHIFT_LEFT:
			if y.Sign() < 0 {
				return nil, false
			}
			if x.Sign() != 0 && (!y.IsInt64() || y.Int64() > foldedBits) {
				return nil, true
			}
			return new(big.Int).Lsh(x, uint(y.Uint64())), false
		case token.PLUS:
			return new(big.Int).Add(x, y), false
		case token.MINUS:
			return new(big.Int).Sub(x, y), false
		case token.MULTIPLY:
			return new(big.Int).Mul(x, y), false
		}
	}
	return n, false
}
