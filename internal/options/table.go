package options

import (
	_ "embed"
	"strings"
	"sync"
)

// Kind is the type of an option's value.
type Kind uint8

// The kinds of options.
const (
	Bool Kind = iota
	String
	Int
	List // may be repeated
	Host // [host:]port after =, or nothing
)

// An Option is one command-line option of Node.
type Option struct {
	Name string // without dashes
	Kind Kind
	Env  bool // also in NODE_OPTIONS
	// Process and Engine options belong to the process, those of V8 apart.
	Process, Engine bool
	// On is the default of a Bool.
	On bool
}

// The options by kind; a leading ! means that NODE_OPTIONS refuses it, a
// leading + that a boolean is on by default.
const (
	bools = `+addons !completion-bash !check !help !interactive !version !v8-options !print !build-snapshot
		node-memory-debug !prof-process !test !expose-internals !experimental-test-coverage !test-force-exit
		!test-update-snapshots !experimental-sea !experimental-default-config-file !test-udp-no-try-send
		abort-on-uncaught-exception allow-addons allow-child-process allow-inspector allow-openssl-store allow-wasi allow-worker
		async-context-frame cpu-prof debug-arraybuffer-allocations +deprecation disable-sigusr1 disable-wasm-trap-handler
		disallow-code-generation-from-strings enable-etw-stack-walking enable-fips enable-source-maps entry-url
		experimental-abortcontroller experimental-addon-modules +experimental-detect-module experimental-eventsource
		experimental-fetch +experimental-global-customevent +experimental-global-navigator experimental-global-webcrypto
		experimental-import-meta-resolve experimental-import-text experimental-inspector-network-resource experimental-json-modules
		experimental-modules experimental-network-inspection experimental-print-required-tla experimental-quic
		experimental-repl-await experimental-report +require-module experimental-shadow-realm +experimental-sqlite
		experimental-storage-inspection experimental-stream-iter !experimental-test-module-mocks experimental-top-level-await
		experimental-transform-types experimental-vm-modules experimental-wasi-unstable-preview1 experimental-wasm-modules
		+experimental-websocket experimental-webstorage experimental-worker experimental-worker-inspection
		experimental-webworker experimental-permission expose-gc +extra-info-on-fatal-exception +force-async-hooks-checks
		force-context-aware force-fips force-node-api-uncaught-exceptions-policy frozen-intrinsics +global-search-paths heap-prof
		insecure-http-parser interpreted-frames-native-stack jitless napi-modules +network-family-autoselection +node-snapshot
		openssl-legacy-provider openssl-shared-config pending-deprecation perf-basic-prof perf-basic-prof-only-functions perf-prof
		perf-prof-unwinding-info permission permission-audit preserve-symlinks preserve-symlinks-main report-compact
		report-exclude-env report-exclude-network report-on-fatalerror report-on-signal report-uncaught-exception
		+strip-types test-only test-randomize throw-deprecation tls-max-v1.2 tls-max-v1.3 tls-min-v1.0 tls-min-v1.1
		tls-min-v1.2 tls-min-v1.3 trace-deprecation trace-env trace-env-js-stack trace-env-native-stack trace-events-enabled
		trace-exit trace-promises trace-sigint trace-sync-io trace-tls trace-uncaught trace-warnings track-heap-objects
		use-bundled-ca use-env-proxy use-openssl-ca use-system-ca verify-base-objects +warnings watch watch-preserve-output
		zero-fill-buffers experimental-async-context-frame`
	values = `!build-snapshot-config cpu-prof-dir cpu-prof-name diagnostic-dir disable-proto dns-result-order !eval
		experimental-config-file experimental-package-map experimental-specifier-resolution heap-prof-dir heap-prof-name
		heapsnapshot-signal http-parser icu-data-dir input-type inspect-publish-uid localstorage-file openssl-config
		redirect-warnings report-dir report-filename report-signal !run !experimental-sea-config snapshot-blob
		test-global-setup test-isolation test-rerun-failures test-shard title tls-cipher-list tls-keylog
		trace-event-categories trace-event-file-pattern trace-require-module unhandled-rejections use-largepages
		watch-kill-signal security-revert !experimental-test-tag-filter`
	ints = `cpu-prof-interval heap-prof-interval heapsnapshot-near-heap-limit max-http-header-size
		max-old-space-size-percentage network-family-autoselection-attempt-timeout secure-heap secure-heap-min
		!test-concurrency test-coverage-branches test-coverage-functions test-coverage-lines test-random-seed !test-timeout
		v8-pool-size max-old-space-size max-semi-space-size max-heap-size stack-trace-limit`
	lists = `allow-fs-read allow-fs-write conditions disable-warning !env-file !env-file-if-exists experimental-loader import
		require test-coverage-exclude test-coverage-include test-name-pattern test-reporter test-reporter-destination
		test-skip-pattern watch-path`
	hosts = `inspect inspect-brk inspect-wait inspect-port`
)

// process are the options that belong to the whole process: a worker cannot
// have its own.
const process = `build-snapshot-config check-snapshot completion-bash debug-arraybuffer-allocations disable-proto
	disable-wasm-trap-handler enable-fips experimental-sea-config force-fips help icu-data-dir node-memory-debug node-snapshot
	openssl-config openssl-legacy-provider openssl-shared-config report-compact report-dir report-filename
	report-on-fatalerror report-signal run secure-heap secure-heap-min security-revert snapshot-blob title tls-cipher-list
	trace-event-categories trace-event-file-pattern trace-sigint use-bundled-ca use-largepages use-openssl-ca use-system-ca
	v8-options v8-pool-size version zero-fill-buffers`

// engine are V8's among the options, which are the process's, too.
const engine = `abort-on-uncaught-exception disallow-code-generation-from-strings enable-etw-stack-walking expose-gc
	interpreted-frames-native-stack jitless max-heap-size max-old-space-size max-semi-space-size perf-basic-prof
	perf-basic-prof-only-functions perf-prof perf-prof-unwinding-info stack-trace-limit`

// aliases stand for other options.
var aliases = map[string][]string{
	"-C": {"--conditions"}, "-c": {"--check"}, "-e": {"--eval"}, "-h": {"--help"}, "-i": {"--interactive"},
	"-p": {"--print"}, "-pe": {"--print", "--eval"}, "-r": {"--require"}, "-v": {"--version"},
	"--es-module-specifier-resolution":      {"--experimental-specifier-resolution"},
	"--enable-network-family-autoselection": {"--network-family-autoselection"},
	"--experimental-require-module":         {"--require-module"},
	"--experimental-strip-types":            {"--strip-types"},
	"--experimental-test-isolation":         {"--test-isolation"},
	"--loader":                              {"--experimental-loader"},
	"--debug-port":                          {"--inspect-port"},
	"--report-directory":                    {"--report-dir"},
	"--inspect-brk-node":                    {"--inspect-brk"},
	"--security-reverts":                    {"--security-revert"},
}

//go:embed v8.txt
var v8Names string

var table = sync.OnceValue(func() map[string]*Option {
	m := map[string]*Option{}
	add := func(list string, kind Kind) {
		for _, name := range strings.Fields(list) {
			o := &Option{Kind: kind, Env: true}
			if name[0] == '!' {
				o.Env, name = false, name[1:]
			}
			if name[0] == '+' {
				o.On, name = true, name[1:]
			}
			o.Name = name
			m[name] = o
		}
	}
	add(bools, Bool)
	add(values, String)
	add(ints, Int)
	add(lists, List)
	add(hosts, Host)
	for _, name := range strings.Fields(process) {
		if o := m[name]; o != nil {
			o.Process = true
		}
	}
	for _, name := range strings.Fields(engine) {
		if o := m[name]; o != nil {
			o.Engine = true
		}
	}
	return m
})

// v8 is V8's own options, which are accepted and mean nothing here: the
// names of booleans and of the others.
var v8 = sync.OnceValues(func() (bools, others map[string]bool) {
	first, second, _ := strings.Cut(v8Names, "\n\n")
	bools, others = map[string]bool{}, map[string]bool{}
	for _, n := range strings.Fields(first) {
		bools[n] = true
	}
	for _, n := range strings.Fields(second) {
		others[n] = true
	}
	return bools, others
})

// All calls f with every option, in no order.
func All(f func(*Option)) {
	for _, o := range table() {
		f(o)
	}
}

// Aliases calls f with every alias, dashes included, and what it stands for.
func Aliases(f func(name string, target []string)) {
	for n, t := range aliases {
		f(n, t)
	}
}

// Lookup returns the option of that name without dashes.
func Lookup(name string) *Option { return table()[name] }
