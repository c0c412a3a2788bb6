package intl

import (
	"golang.org/x/text/cases"
	"golang.org/x/text/language"
)

// ChangeCase changes a text's case in the languages that have rules of their
// own; ok is false for the others.
func ChangeCase(s, locale string, upper bool) (changed string, ok bool) {
	lang := splitTag(locale).language
	switch lang {
	case "az", "lt", "tr":
	case "el":
		if !upper {
			return "", false
		}
	default:
		return "", false
	}
	if upper {
		return cases.Upper(language.Make(lang)).String(s), true
	}
	return cases.Lower(language.Make(lang), cases.HandleFinalSigma(true)).String(s), true
}
