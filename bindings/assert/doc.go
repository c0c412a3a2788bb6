// Package assert is node:assert and node:assert/strict.
//
// The deep comparison is Go (internal/util/comparisons, in bindings/util), as
// is the search for the failing expression's source text. Messages and
// validation are JavaScript.
//
// # Deviations
//
//   - Stack frames know functions by name alone, so the frames that an
//     AssertionError hides are those above the first function of that name.
package assert
