package runtime

import (
	"runtime/debug"
	"strings"
)

// Version is process.version: the Node.js release whose behaviour this follows.
const Version = "v24.21.0"

// GonodeVersion is the release's number, process.versions.gonode unless the
// host names a build.
const GonodeVersion = "0.1.0"

// engineVersion is goja's version in this build.
func engineVersion() string {
	info, ok := debug.ReadBuildInfo()
	if ok {
		for _, d := range info.Deps {
			if d.Path == "github.com/dop251/goja" {
				return strings.TrimPrefix(d.Version, "v")
			}
		}
	}
	return "unknown"
}
