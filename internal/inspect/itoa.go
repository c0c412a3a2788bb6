package inspect

import "strconv"

// Itoa is the decimal form of an array index.
func Itoa(i int) string { return strconv.Itoa(i) }
