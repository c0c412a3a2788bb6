// Package intl formats numbers, dates, lists and names as ECMA-402 and ICU do,
// over the data of Unicode's CLDR. It knows no JavaScript; internal/ecma has
// the constructors.
//
// The data is cldr.bin, which gen/gen.js makes: about 4 MB of tables in brotli's format
// that are read when a locale is first used, so that a program that needs none
// pays for none. CLDR's licence is in LICENSE.cldr.
//
// # Missing
//
// Calendars other than buddhist, gregory, iso8601, japanese and roc; the dictionaries
// by which ICU finds the words of Chinese, Japanese, Thai and their like;
// collation types that golang.org/x/text lacks, and its older order outside ASCII;
// grapheme clusters with Indic conjuncts (GB9c); names of the eras of buddhist,
// japanese and roc.
package intl
