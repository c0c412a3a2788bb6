// Package test_runner is node:test and node:test/reporters: files that are run
// by themselves, --test and run() with their files in processes of their own or
// all in one, the reporters spec, tap, dot and junit, mocks, snapshots.
//
// A file's results are written at once by the built-in formats, so that none is
// lost when the process ends; reporters of the user's own get a stream.
//
// Missing: coverage (lcov writes nothing), module mocks, tags, random order,
// --test-rerun-failures, expectFailure's matchers.
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
		{Name: "internal/test_runner/formats", JS: files, File: "formats.js"},
		{Name: "internal/test_runner/frames", JS: files, File: "frames.js"},
		{Name: "internal/test_runner/harness", JS: files, File: "harness.js"},
		{Name: "internal/test_runner/runner", JS: files, File: "run.js"},
		{Name: "internal/test_runner/snapshot", JS: files, File: "snapshot.js"},
		{Name: "internal/test_runner/tests_stream", JS: files, File: "stream.js"},
		{Name: "internal/test_runner/watch", JS: files, File: "watch.js"},
		{Name: "internal/main/test_runner", JS: files, File: "main.js"},
		{Name: "internal/test_runner/mock", JS: files, File: "mock.js"},
		{Name: "internal/test_runner/mock_timers", JS: files, File: "mock_timers.js"},
	}
}
