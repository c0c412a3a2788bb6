package intl

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // where the system has no zones
)

// A Zone is a time zone with its canonical name.
type Zone struct {
	Name string
	loc  *time.Location
}

// FindZone resolves a time zone's name, in any case, or an offset.
func FindZone(name string) (z Zone, ok bool) {
	if minutes, ok := parseOffset(name); ok {
		sign, abs := "+", minutes
		if minutes < 0 {
			sign, abs = "-", -minutes
		}
		n := sign + twoDigits(abs/60) + ":" + twoDigits(abs%60)
		return Zone{n, time.FixedZone(n, minutes*60)}, true
	}
	id, canonical := zoneID(name)
	if id == "" {
		return Zone{}, false
	}
	if canonical == "UTC" {
		return Zone{canonical, time.UTC}, true
	}
	loc, err := loadLocation(id)
	if err != nil {
		return Zone{}, false
	}
	return Zone{canonical, loc}, true
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// zoneID is a zone's name as the data writes it, and the canonical one.
func zoneID(name string) (id, canonical string) {
	zones := common("zones")
	v, ok := zones.get(name)
	if id = name; !ok {
		zones.each("", func(k, c string) {
			if !ok && strings.EqualFold(k, name) {
				id, v, ok = k, c, true
			}
		})
	}
	if !ok || id == "Etc/Unknown" {
		return "", ""
	}
	canonical, _, _ = strings.Cut(v, " ")
	switch canonical {
	case "Etc/UTC", "Etc/GMT", "Etc/UCT":
		canonical = "UTC"
	}
	return id, canonical
}

// parseOffset reads "+05:30", "+0530" and "+05" as minutes.
func parseOffset(s string) (minutes int, ok bool) {
	if len(s) < 3 || s[0] != '+' && s[0] != '-' {
		return 0, false
	}
	digits := s[1:]
	if len(digits) == 5 && digits[2] == ':' {
		digits = digits[:2] + digits[3:]
	}
	if len(digits) == 2 {
		digits += "00"
	}
	if !isDigits(digits, 4) {
		return 0, false
	}
	h, _ := strconv.Atoi(digits[:2])
	m, _ := strconv.Atoi(digits[2:])
	if h > 23 || m > 59 {
		return 0, false
	}
	if minutes = h*60 + m; s[0] == '-' {
		minutes = -minutes
	}
	return minutes, true
}

var locations struct {
	sync.Mutex
	loaded map[string]*time.Location
}

func loadLocation(name string) (*time.Location, error) {
	locations.Lock()
	defer locations.Unlock()
	if l := locations.loaded[name]; l != nil {
		return l, nil
	}
	l, err := time.LoadLocation(name)
	if err != nil {
		return nil, err
	}
	if locations.loaded == nil {
		locations.loaded = map[string]*time.Location{}
	}
	locations.loaded[name] = l
	return l, nil
}

// LocalZone is the zone of local time; tz is the value of the variable TZ.
func LocalZone(tz string) Zone {
	name := time.Local.String()
	if name == "Local" {
		name = strings.TrimPrefix(tz, ":")
		if name == "" {
			if link, err := os.Readlink("/etc/localtime"); err == nil {
				if _, n, ok := strings.Cut(link, "zoneinfo/"); ok {
					name = n
				}
			} else if text, err := os.ReadFile("/etc/timezone"); err == nil {
				name = strings.TrimSpace(string(text))
			}
		}
	}
	if name != "" {
		if _, canonical := zoneID(name); canonical != "" {
			return Zone{canonical, time.Local}
		}
	}
	return Zone{"UTC", time.Local}
}

// TimeZones lists the canonical names of all zones.
func TimeZones() (list []string) {
	seen := map[string]bool{}
	common("zones").each("", func(_, v string) {
		c, _, _ := strings.Cut(v, " ")
		if !seen[c] && !strings.HasPrefix(c, "Etc/") {
			seen[c] = true
			list = append(list, c)
		}
	})
	list = append(list, "UTC")
	slices.Sort(list)
	return slices.Compact(list)
}

// offsetAt is the offset from UTC in seconds at a time value.
func (z Zone) offsetAt(ms float64) (seconds int, daylight bool) {
	t := goTime(ms).In(z.loc)
	_, seconds = t.Zone()
	return seconds, t.IsDST()
}

// noName is what the data has where a name must not be inherited.
const noName = "∅∅∅"

// zoneName writes the fields z, O and v.
func (f *DateTimeFormat) zoneName(it patternItem, m *moment) string {
	long := it.n >= 4
	d := domainOf(f.locale, "zones")
	if it.letter != 'O' && f.zone.Name != "" && f.zone.Name[0] != '+' && f.zone.Name[0] != '-' {
		n := zoneNames{d: d, f: f, id: f.zone.Name, ms: m.ms, long: long}
		s := ""
		if it.letter == 'z' {
			s = n.specific(m.daylight)
		} else {
			s = n.generic(m)
		}
		if s != "" {
			return s
		}
	}
	return f.gmt(d, m.offset, long)
}

// gmt writes an offset: GMT+5, GMT+05:30.
func (f *DateTimeFormat) gmt(d domain, offset int, long bool) string {
	format, zero := d.str("gmtFormat"), d.str("hourFormat")
	if format == "" {
		format = "GMT{0}"
	}
	positive, negative, _ := strings.Cut(zero, ";")
	pattern := positive
	if offset < 0 {
		pattern, offset = negative, -offset
	}
	h, mm, ss := offset/3600, offset/60%60, offset%60
	i := strings.IndexByte(pattern, 'H')
	j := strings.LastIndexByte(pattern, 'H')
	k := strings.Index(pattern, "mm")
	if i < 0 || k < j {
		pattern, i, j, k = "+HH:mm", 1, 2, 4
	}
	sep := pattern[j+1 : k]
	width := 1
	if long {
		width = 2
	}
	text := pattern[:i] + f.number(h, width)
	if long || mm != 0 || ss != 0 {
		text += sep + f.number(mm, 2)
	}
	if ss != 0 {
		text += sep + f.number(ss, 2)
	}
	if k+2 <= len(pattern) {
		text += pattern[k+2:]
	}
	return strings.Replace(format, "{0}", text, 1)
}

// zoneNames finds the names of one zone at one time.
type zoneNames struct {
	d    domain
	f    *DateTimeFormat
	id   string
	ms   float64
	long bool
}

func (n *zoneNames) name(of, kind string) string {
	width := "/short/"
	if n.long {
		width = "/long/"
	}
	if s := n.d.str(of + width + kind); s != noName {
		return s
	}
	return ""
}

// dataID is the zone's name in the data.
func (n *zoneNames) dataID() string {
	if n.id == "UTC" {
		return "Etc/UTC"
	}
	return n.id
}

// metazone is the group of zones to which the zone belongs at the time.
func (n *zoneNames) metazone() string {
	at := goTime(n.ms).UTC().Format("2006-01-02 15:04")
	for span := range strings.SplitSeq(lookUp("metazones", n.dataID()), ";") {
		p := strings.Split(span, ",")
		if len(p) == 3 && (p[0] == "" || p[0] <= at) && (p[1] == "" || at < p[1]) {
			return p[2]
		}
	}
	return ""
}

func (n *zoneNames) specific(daylight bool) string {
	kind := "standard"
	if daylight {
		kind = "daylight"
	}
	if s := n.name("zone/"+n.dataID(), kind); s != "" {
		return s
	}
	if mz := n.metazone(); mz != "" {
		return n.name("metazone/"+mz, kind)
	}
	return ""
}

// golden is the zone that stands for a metazone in a region.
func golden(metazone, region string) string {
	if id := lookUp("mapZones", metazone+"/"+region); id != "" {
		return id
	}
	return lookUp("mapZones", metazone+"/001")
}

func (n *zoneNames) generic(m *moment) string {
	if s := n.name("zone/"+n.dataID(), "generic"); s != "" {
		return s
	}
	if mz := n.metazone(); mz != "" {
		own := n.name("metazone/"+mz, "generic")
		if !m.daylight && !n.daylightNear() {
			if s := n.specific(false); s != "" && !strings.EqualFold(s, own) {
				return s
			}
		}
		if own != "" {
			region := splitTag(n.f.locale).maximize().region
			if g := golden(mz, region); g != "" && g != n.id {
				if z, ok := FindZone(g); ok {
					if off, _ := z.offsetAt(n.ms); off != m.offset {
						return n.partial(mz, own)
					}
				}
			}
			return own
		}
	}
	return n.location()
}

// daylightNear reports whether the zone has daylight saving time within half a
// year of the time.
func (n *zoneNames) daylightNear() bool {
	const halfYear = 184 * 24 * time.Hour
	t := goTime(n.ms).In(n.f.zone.loc)
	start, end := t.ZoneBounds()
	return !start.IsZero() && t.Sub(start) < halfYear && start.Add(-time.Second).IsDST() ||
		!end.IsZero() && end.Sub(t) < halfYear && end.IsDST()
}

func (n *zoneNames) region(code string) string {
	if s := domainOf(n.f.locale, "names").str("territories/" + code); s != "" {
		return s
	}
	return code
}

func (n *zoneNames) city() string {
	if s := n.d.str("zone/" + n.dataID() + "/exemplarCity"); s != "" {
		return s
	}
	return strings.ReplaceAll(n.id[strings.LastIndexByte(n.id, '/')+1:], "_", " ")
}

// partial is a metazone's name with the place: Pacific Time (Canada).
func (n *zoneNames) partial(mz, name string) string {
	place := n.city()
	if code := lookUp("zoneRegions", n.id); code != "" && golden(mz, code) == n.id {
		place = n.region(code)
	}
	return strings.NewReplacer("{0}", place, "{1}", name).Replace(n.d.str("fallbackFormat"))
}

// location names the zone by its country, or its city if the country has several.
func (n *zoneNames) location() string {
	code := lookUp("zoneRegions", n.id)
	if code == "" {
		return ""
	}
	zones := 0
	common("zoneRegions").each("", func(_, c string) {
		if c == code {
			zones++
		}
	})
	place := n.city()
	if zones == 1 || lookUp("primaryZones", code) == n.id {
		place = n.region(code)
	}
	return strings.Replace(n.d.str("regionFormat"), "{0}", place, 1)
}

// IsLocal reports whether the zone is still the one of local time.
func (z Zone) IsLocal() bool { return z.loc == time.Local }
