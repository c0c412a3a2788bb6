package intl

import (
	"unicode"

	"github.com/rivo/uniseg"
)

// A Segment is a piece of a text by its place in UTF-16 code units.
type Segment struct {
	Start, End int
	WordLike   bool
}

// Segments splits a text by granularity: grapheme, word or sentence.
func Segments(s, granularity string) (list []Segment) {
	at, state := 0, -1
	for s != "" {
		var piece string
		switch granularity {
		case "word":
			piece, s, state = uniseg.FirstWordInString(s, state)
		case "sentence":
			piece, s, state = uniseg.FirstSentenceInString(s, state)
		default:
			piece, s, _, state = uniseg.FirstGraphemeClusterInString(s, state)
		}
		g := Segment{Start: at}
		for _, r := range piece {
			at++
			if r > 0xFFFF {
				at++
			}
			g.WordLike = g.WordLike || unicode.IsLetter(r) || unicode.IsNumber(r)
		}
		g.End = at
		list = append(list, g)
	}
	return list
}
