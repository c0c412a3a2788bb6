// Package test_runner is node:test and node:test/reporters, for files that
// are run by themselves: results go to standard output as the spec or TAP
// reporter writes them, and the exit code is 1 if a test failed.
//
// Missing: run(), --test, watch mode, coverage, snapshots, module mocks, tags,
// expectFailure's matchers.
package test_runner

import (
	"embed"

	"github.com/gonode/gonode/bindings"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "test", JS: files, File: "test.js", SchemeOnly: true},
		{Name: "test/reporters", JS: files, File: "reporters.js", SchemeOnly: true},
		{Name: "internal/test_runner/test", JS: files, File: "runner.js"},
		{Name: "internal/test_runner/report", JS: files, File: "report.js"},
		{Name: "internal/test_runner/mock", JS: files, File: "mock.js"},
		{Name: "internal/test_runner/mock_timers", JS: files, File: "mock_timers.js"},
	}
}
