package intl

// A LocaleTag is what an Intl.Locale holds.
type LocaleTag struct{ t tag }

// String is the whole tag.
func (l LocaleTag) String() string { return l.t.String() }
