//go:build unix

package conformance

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// The browser's tests run with `make trace-page`, which sets TRACE_PAGE. They
// need a Chromium: $CHROMIUM, or one of these in the path.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "chrome", "chrome-headless-shell"}

func browser(t *testing.T) string {
	if os.Getenv("TRACE_PAGE") == "" {
		t.Skip("run by make trace-page")
	}
	if exe := os.Getenv("CHROMIUM"); exe != "" {
		return exe
	}
	for _, name := range browsers {
		if exe, err := exec.LookPath(name); err == nil {
			return exe
		}
	}
	t.Skipf("no browser: set CHROMIUM, or install one of %s", strings.Join(browsers, ", "))
	return ""
}

// A tab is a page in a headless Chromium, driven through the pipe of its
// debugging protocol.
type tab struct {
	t       *testing.T
	to      io.Writer
	session string
	mu      sync.Mutex
	id      int
	waiting map[int]chan json.RawMessage
	events  []string // what went wrong, or reached for the network
	gone    error
}

type message struct {
	ID        int                       `json:"id,omitempty"`
	SessionID string                    `json:"sessionId,omitempty"`
	Method    string                    `json:"method,omitempty"`
	Params    json.RawMessage           `json:"params,omitempty"`
	Result    json.RawMessage           `json:"result,omitempty"`
	Error     *struct{ Message string } `json:"error,omitempty"`
}

func openTab(t *testing.T, url string) *tab {
	t.Helper()
	exe := browser(t)
	// The browser's helpers may still write there when it has ended.
	profile, err := os.MkdirTemp("", "gonode-chromium")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(profile) })
	toChild, ours, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	theirs, fromChild, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), exe, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
		"--force-device-scale-factor=1", "--remote-debugging-pipe", "--user-data-dir="+profile, "about:blank")
	cmd.ExtraFiles = []*os.File{toChild, fromChild} // descriptors 3 and 4
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_, _ = toChild.Close(), fromChild.Close()
	b := &tab{t: t, to: ours, waiting: map[int]chan json.RawMessage{}}
	read := make(chan struct{})
	go func() {
		defer close(read)
		b.read(theirs)
	}()
	t.Cleanup(func() {
		_, _ = b.send("Browser.close", nil)
		_ = ours.Close()
		_ = cmd.Wait()
		_ = theirs.Close()
		<-read
	})
	var target struct{ TargetID string }
	b.call("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var attached struct{ SessionID string }
	b.call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached)
	b.session = attached.SessionID
	for _, domain := range []string{"Page", "Runtime", "Log", "Network"} {
		b.call(domain+".enable", nil, nil)
	}
	b.resize(1200, 1000)
	b.call("Page.navigate", map[string]any{"url": url}, nil)
	b.until("document.documentElement?.dataset.ready === 'true' && document.documentElement.dataset.drawn > 0")
	return b
}

// read takes the browser's messages, which end with a NUL each.
func (b *tab) read(from io.Reader) {
	r := bufio.NewReaderSize(from, 1<<20)
	for {
		text, err := r.ReadBytes(0)
		if err != nil {
			b.mu.Lock()
			b.gone = errors.New("the browser has gone")
			for _, ch := range b.waiting {
				close(ch)
			}
			b.waiting = map[int]chan json.RawMessage{}
			b.mu.Unlock()
			return
		}
		var m message
		if json.Unmarshal(text[:len(text)-1], &m) != nil {
			continue
		}
		b.mu.Lock()
		switch {
		case m.ID != 0:
			if m.Error != nil {
				m.Result, _ = json.Marshal(map[string]string{"failed": m.Error.Message})
			}
			if ch := b.waiting[m.ID]; ch != nil {
				ch <- m.Result
				delete(b.waiting, m.ID)
			}
		case m.Method == "Runtime.exceptionThrown", m.Method == "Log.entryAdded":
			b.events = append(b.events, m.Method+" "+string(m.Params))
		case m.Method == "Network.requestWillBeSent":
			var p struct{ Request struct{ URL string } }
			_ = json.Unmarshal(m.Params, &p)
			if !strings.HasPrefix(p.Request.URL, "file:") && !strings.HasPrefix(p.Request.URL, "data:") && p.Request.URL != "about:blank" {
				b.events = append(b.events, "request of "+p.Request.URL)
			}
		}
		b.mu.Unlock()
	}
}

func (b *tab) send(method string, params any) (chan json.RawMessage, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.gone != nil {
		return nil, b.gone
	}
	b.id++
	m := message{ID: b.id, Method: method, SessionID: b.session}
	if params != nil {
		m.Params, _ = json.Marshal(params)
	}
	text, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	ch := make(chan json.RawMessage, 1)
	b.waiting[b.id] = ch
	_, err = b.to.Write(append(text, 0))
	return ch, err
}

func (b *tab) call(method string, params, result any) {
	b.t.Helper()
	ch, err := b.send(method, params)
	if err != nil {
		b.t.Fatal(method, err)
	}
	select {
	case text, ok := <-ch:
		if !ok {
			b.t.Fatalf("%s: the browser has gone", method)
		}
		var failed struct{ Failed string }
		if _ = json.Unmarshal(text, &failed); failed.Failed != "" {
			b.t.Fatalf("%s: %s", method, failed.Failed)
		}
		if result != nil {
			if err := json.Unmarshal(text, result); err != nil {
				b.t.Fatalf("%s: %v: %s", method, err, text)
			}
		}
	case <-time.After(time.Minute):
		b.t.Fatalf("%s: no answer", method)
	}
}

// eval evaluates an expression; its value goes through JSON.
func (b *tab) eval(expression string, result any) {
	b.t.Helper()
	var r struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails *struct{ Text string }
	}
	b.call("Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true, "awaitPromise": true}, &r)
	if r.ExceptionDetails != nil {
		b.t.Fatalf("%s: %s", expression, r.ExceptionDetails.Text)
	}
	if result != nil {
		if err := json.Unmarshal(r.Result.Value, result); err != nil {
			b.t.Fatalf("%s: %v: %s", expression, err, r.Result.Value)
		}
	}
}

// until waits for a condition in the page.
func (b *tab) until(condition string) {
	b.t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		var ok bool
		if b.eval("Boolean("+condition+")", &ok); ok {
			return
		}
		if time.Now().After(deadline) {
			b.t.Fatalf("never: %s", condition)
		}
	}
}

// drawn does something and waits for the timeline to be drawn after it.
func (b *tab) drawn(what func()) {
	b.t.Helper()
	var before float64
	b.eval("Number(document.documentElement.dataset.drawn)", &before)
	what()
	b.until(fmt.Sprintf("document.documentElement.dataset.drawn > %v", before))
}

func (b *tab) resize(width, height int) {
	b.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false}, nil)
}

func (b *tab) key(key string) {
	p := map[string]any{"type": "keyDown", "key": key}
	if len(key) == 1 {
		p["text"] = key
	}
	b.call("Input.dispatchKeyEvent", p, nil)
	b.call("Input.dispatchKeyEvent", map[string]any{"type": "keyUp", "key": key}, nil)
}

func (b *tab) mouse(kind string, x, y float64, more map[string]any) {
	p := map[string]any{"type": kind, "x": x, "y": y}
	for k, v := range more {
		p[k] = v
	}
	b.call("Input.dispatchMouseEvent", p, nil)
}

func (b *tab) screenshot() (image.Image, []byte) {
	b.t.Helper()
	var shot struct{ Data string }
	b.call("Page.captureScreenshot", map[string]any{"format": "png"}, &shot)
	text, err := base64.StdEncoding.DecodeString(shot.Data)
	if err != nil {
		b.t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(text))
	if err != nil {
		b.t.Fatal(err)
	}
	return img, text
}

// A rect is a bar of the timeline as drawn, in the page's coordinates.
type rect struct {
	Group, Row, Title, Color string
	Lane                     int
	X, Y, W, H               float64
	Waits                    bool
}

func (b *tab) rects() (list []rect) {
	b.eval(`(() => { const c = document.getElementById('canvas').getBoundingClientRect();
		return traceView.rects().map((r) => ({ ...r, x: r.x + c.left, y: r.y + c.top })) })()`, &list)
	return list
}

func (b *tab) span() (from, to float64) {
	var v struct{ From, To float64 }
	b.eval("traceView.view", &v)
	return v.From, v.To
}

// same reports whether a pixel has a colour of the form #rrggbb.
func same(img image.Image, x, y float64, color string) bool {
	var want [3]uint32
	if _, err := fmt.Sscanf(color, "#%02x%02x%02x", &want[0], &want[1], &want[2]); err != nil {
		return false
	}
	r, g, bl, _ := img.At(int(x), int(y)).RGBA()
	for i, c := range []uint32{r >> 8, g >> 8, bl >> 8} {
		if math.Abs(float64(c)-float64(want[i])) > 3 {
			return false
		}
	}
	return true
}

// TestTraceInBrowser opens the trace of the document's five-file example in a
// real browser, looks at the pixels, and uses keys, wheel and mouse.
func TestTraceInBrowser(t *testing.T) {
	browser(t)
	file := filepath.Join(t.TempDir(), "trace.html")
	traceDocument(t, file)
	b := openTab(t, "file://"+file)

	// Four pool jobs side by side, and the fifth after them: as laid out, and as painted.
	var four []rect
	for _, r := range b.rects() {
		if r.Title == "crypto.pbkdf2" && r.Lane >= 0 && !r.Waits {
			four = append(four, r)
		}
	}
	if len(four) != 5 {
		t.Fatalf("%d pbkdf2 jobs are drawn", len(four))
	}
	slices.SortFunc(four, func(a, b rect) int { return int(math.Copysign(1, a.X-b.X)) })
	fifth := four[4]
	four = four[:4]
	lanes := map[int]bool{}
	left, right := 0.0, math.Inf(1)
	for _, r := range four {
		lanes[r.Lane] = true
		left, right = max(left, r.X), min(right, r.X+r.W)
	}
	if len(lanes) != 4 || left >= right {
		t.Errorf("four do not stand side by side: %v", four)
	}
	if fifth.X+0.01 < right {
		t.Errorf("the fifth begins at %v, before the first ends at %v", fifth.X, right)
	}
	img, text := b.screenshot()
	for _, r := range append(slices.Clone(four), fifth) {
		if x := r.X + r.W - 3; r.W > 8 && !same(img, x, r.Y+3, r.Color) {
			t.Errorf("no %s at %v,%v where %s of %s ends", r.Color, x, r.Y, r.Title, r.Row)
		}
	}
	if name := os.Getenv("TRACE_SCREENSHOT"); name != "" {
		if err := os.WriteFile(name, text, 0o644); err != nil {
			t.Error(err)
		}
	}

	waits := 0
	for _, r := range b.rects() {
		if r.Waits && r.Title == "crypto.pbkdf2 waits" {
			// One of the four may have waited for a thread that still read a file.
			if end := r.X + r.W; math.Abs(end-fifth.X) <= 1 {
				waits++
			} else if end > left+1 {
				t.Errorf("one waits until %v: four run from %v, the fifth begins at %v", end, left, fifth.X)
			}
		}
	}
	if waits != 1 {
		t.Errorf("%d pbkdf2 jobs wait until the fifth begins", waits)
	}

	// What it says.
	var said string
	b.eval("document.getElementById('verdict').textContent", &said)
	if !strings.Contains(said, "blocked the loop longest") || !strings.Contains(said, "example.js:") {
		t.Errorf("the page says %q", said)
	}
	var callbacks map[string]string
	b.eval("Object.fromEntries([...document.querySelectorAll('[data-phase]')].map((e) => [e.dataset.phase, e.dataset.callbacks]))", &callbacks)
	if len(callbacks) != 6 || callbacks["poll"] != "10" || callbacks["timers"] != "0" {
		t.Errorf("the diagram has %v", callbacks)
	}

	// The mouse: hover, choose, wheel, drag.
	hoverX, hoverY := (left+right)/2, four[0].Y+four[0].H/2
	b.drawn(func() { b.mouse("mouseMoved", hoverX, hoverY, nil) })
	var tip string
	b.eval("document.getElementById('tip').hidden ? '' : document.getElementById('tip').textContent", &tip)
	if !strings.Contains(tip, "crypto.pbkdf2") || !strings.Contains(tip, "example.js:12:12") || !strings.Contains(tip, "for a thread") {
		t.Errorf("the tooltip says %q", tip)
	}
	click := map[string]any{"button": "left", "clickCount": 1}
	b.drawn(func() {
		b.mouse("mousePressed", hoverX, hoverY, click)
		b.mouse("mouseReleased", hoverX, hoverY, click)
	})
	var detail string
	b.eval("document.getElementById('detail').textContent", &detail)
	if !strings.Contains(detail, "at ") || !strings.Contains(detail, "example.js:12:12") {
		t.Errorf("the stack is not shown: %q", detail)
	}
	from, to := b.span()
	b.drawn(func() { b.mouse("mouseWheel", hoverX, hoverY, map[string]any{"deltaX": 0, "deltaY": -300}) })
	from2, to2 := b.span()
	if to2-from2 >= to-from {
		t.Errorf("the wheel does not zoom: %v to %v, then %v to %v", from, to, from2, to2)
	}
	b.drawn(func() {
		b.mouse("mousePressed", hoverX, hoverY, click)
		b.mouse("mouseMoved", hoverX-50, hoverY, map[string]any{"button": "left", "buttons": 1})
		b.mouse("mouseReleased", hoverX-50, hoverY, click)
	})
	if from3, _ := b.span(); from3 <= from2 {
		t.Errorf("dragging to the left does not move on: from %v to %v", from2, from3)
	}

	// The keys.
	b.eval("document.getElementById('canvas').focus()", nil)
	b.drawn(func() { b.key("0") })
	if all, end := b.span(); all != from || end != to {
		t.Errorf("0 shows %v to %v, not %v to %v", all, end, from, to)
	}
	b.drawn(func() { b.key("w") })
	if f, e := b.span(); e-f >= to-from {
		t.Error("w does not zoom in")
	}
	b.drawn(func() { b.key("ArrowRight") })
	b.drawn(func() { b.key("l") })
	var chosen, next string
	b.eval("traceView.chosen", &chosen)
	b.drawn(func() { b.key(".") })
	b.eval("traceView.chosen", &next)
	if !strings.HasSuffix(chosen, " callback") || next == "" {
		t.Errorf("l chooses %q, . %q", chosen, next)
	}

	// Light and dark.
	background := func() (c string) {
		b.eval("getComputedStyle(document.body).backgroundColor", &c)
		return c
	}
	light := background()
	b.call("Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{{"name": "prefers-color-scheme", "value": "dark"}}}, nil)
	b.until(fmt.Sprintf("getComputedStyle(document.body).backgroundColor !== %q", light))
	dark := background()
	b.eval("document.getElementById('theme').click()", nil)
	if back := background(); back != light || dark == light {
		t.Errorf("light is %s, dark %s, and the button gives %s", light, dark, back)
	}

	// A narrow window.
	b.drawn(func() { b.resize(380, 700) })
	var wide int
	b.eval("document.documentElement.scrollWidth", &wide)
	if wide > 380 {
		t.Errorf("the page is %d pixels wide in a window of 380", wide)
	}

	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.events) > 0 {
		t.Errorf("%s", strings.Join(b.events, "\n"))
	}
}
