# The one place for every command of the project. Needs Go; `race` needs a C
# compiler too, `ecosystem` needs npm, `goldens` needs NODE=/path/to/node (24).

GO ?= go
export CGO_ENABLED ?= 0
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS = -s -w -X main.version=$(VERSION)
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.7.0
PLATFORMS = linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64

.PHONY: build test race vet lint bench bytecode conformance trace-page goldens ecosystem cross tidy check clean

build:
	$(GO) build -trimpath -ldflags '$(LDFLAGS)' -o bin/gonode ./cmd/gonode

test:
	$(GO) test -timeout 10m ./...

# The packages in which two goroutines meet.
race:
	CGO_ENABLED=1 $(GO) test -race -timeout 20m ./eventloop/... ./runtime/... ./internal/... ./bindings/...

vet:
	$(GO) vet ./...

lint:
	@out=$$(gofmt -l .); if [ -n "$$out" ]; then echo "gofmt these:"; echo "$$out"; exit 1; fi
	$(GO) run $(STATICCHECK) ./...

bench:
	$(GO) run ./bench $(if $(NODE),-node $(NODE))

# The built-in modules' programs in their stored form. A change of a built-in
# module or of goja's version wants this; a test says so.
bytecode:
	$(GO) test -count=1 ./runtime -run TestBytecodeIsCurrent -update-bytecode

# The page that --trace-loop writes, in a real browser: needs a Chromium, and is
# skipped where there is none ($$CHROMIUM names it).
trace-page:
	TRACE_PAGE=1 $(GO) test -count=1 -v -run TestTraceInBrowser ./internal/conformance

# Every example of the document, as a table. The worker example computes
# fibonacci(50) the long way round, as the document has it.
conformance:
	cd internal/conformance && CONFORMANCE_TABLE=1 CONFORMANCE_SLOW=1 $(GO) test -count=1 -timeout 60m -run 'TestDocument|TestThreadPool'

goldens:
	GOLDEN_NODE=$(NODE) $(GO) test -count=1 -timeout 60m ./...
	$(NODE) testdata/api/list.js > testdata/api/node24.json

ecosystem: build
	$(GO) run ./internal/ecosystem -gonode bin/gonode

cross:
	@for p in $(PLATFORMS); do echo "build $$p"; \
	  GOOS=$${p%/*} GOARCH=$${p#*/} $(GO) build -o /dev/null ./... || exit 1; done

tidy:
	$(GO) mod tidy -diff

check: vet lint tidy cross race

clean:
	rm -rf bin dist
