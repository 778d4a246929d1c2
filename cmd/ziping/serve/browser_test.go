package serve

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"ziping/sheet/sheettest"
)

// clerk is someone who uses the page in Chromium.
type clerk struct {
	t      *testing.T
	ctx    context.Context
	server *Server
	taken  string     // the directory of downloads
	ended  chan error // of the server

	mu         sync.Mutex
	complaints []string // what a page should not do
	asks       bool     // a question is to be answered with yes, and is no complaint
	asked      []string // the questions
}

// newClerk opens the page of a new server.
func newClerk(t *testing.T, o Options) *clerk {
	t.Helper()
	c := &clerk{t: t, ctx: sheettest.Chromium(t), taken: t.TempDir(), ended: make(chan error, 1)}
	sheettest.NoRemains(t)
	o.Version = "1.2.3"
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	c.server = s
	ctx, stop := context.WithCancel(context.Background())
	go func() { c.ended <- s.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-c.ended; err != nil {
			t.Error(err)
		}
	})
	if err := chromedp.Listen(c.ctx, c.note); err != nil {
		t.Fatal(err)
	}
	call(c, network.Enable, network.EnableParams{})
	if _, err := chromedp.CallBrowser(c.ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: c.taken,
	}); err != nil {
		t.Fatal(err)
	}
	c.do(chromedp.EmulateViewport(1366, 768), chromedp.Navigate(s.URL()))
	c.wait(`document.body.classList.contains('ready')`)
	return c
}

func call[P, R any](c *clerk, command cdp.Command[P, R], params P) {
	c.t.Helper()
	if _, err := chromedp.Call(c.ctx, command, params); err != nil {
		c.t.Fatal(err)
	}
}

// note is told all that happens.
func (c *clerk) note(event any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	complain := func(format string, args ...any) { c.complaints = append(c.complaints, fmt.Sprintf(format, args...)) }
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if url := e.Request.URL; !strings.HasPrefix(url, "http://"+c.server.host+"/") && !strings.HasPrefix(url, "blob:") {
			complain("request of %s", url)
		}
	case *runtime.EventConsoleAPICalled:
		complain("console.%s", e.Type)
	case *runtime.EventExceptionThrown:
		complain("exception: %s %v", e.ExceptionDetails.Text, e.ExceptionDetails.Exception)
	case *log.EventEntryAdded:
		if !strings.Contains(e.Entry.Text, "status of 422") { // what was asked can't be done, and the page says so
			complain("log: %s %s", e.Entry.Text, e.Entry.URL)
		}
	case *page.EventJavascriptDialogOpening:
		if !c.asks {
			complain("dialog: %s", e.Message)
		}
		c.asked = append(c.asked, string(e.Type))
		go func() { // the browser does not wait for events to be taken
			_, _ = chromedp.Call(c.ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
		}()
	}
}

// questions returns what the browser has asked since it was last looked at.
func (c *clerk) questions() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	asked := c.asked
	c.asked = nil
	return asked
}

// quiet fails the test if there was anything to note.
func (c *clerk) quiet() {
	c.t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.complaints) > 0 {
		c.t.Errorf("the browser notes %q", c.complaints)
	}
}

func (c *clerk) do(actions ...chromedp.Action[chromedp.Void]) {
	c.t.Helper()
	if err := chromedp.Do(c.ctx, actions...); err != nil {
		c.t.Fatal(err)
	}
}

// click clicks on something, where it is seen.
func (c *clerk) click(selector string) {
	c.t.Helper()
	c.do(chromedp.Click(chromedp.CSS(selector)))
}

// get returns what an expression of JavaScript is.
func get[T any](c *clerk, expression string) T {
	c.t.Helper()
	v, err := chromedp.Run(c.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		c.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// wait waits until an expression of JavaScript is true.
func (c *clerk) wait(expression string) {
	c.t.Helper()
	for !get[bool](c, "Boolean("+expression+")") {
		select {
		case <-c.ctx.Done():
			c.t.Fatalf("it never was that %s", expression)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// idle waits until the program has done what it was asked for.
func (c *clerk) idle() {
	c.t.Helper()
	c.wait(`!document.body.classList.contains('working') && document.getElementById('busy').hidden`)
}

// text returns what something says.
func (c *clerk) text(selector string) string {
	c.t.Helper()
	return get[string](c, fmt.Sprintf(`document.querySelector(%q).innerText`, selector))
}

// texts returns what each of several says.
func (c *clerk) texts(selector string) []string {
	c.t.Helper()
	return get[[]string](c, fmt.Sprintf(`Array.from(document.querySelectorAll(%q), (x) => x.innerText)`, selector))
}

// step goes to a step.
func (c *clerk) step(name string) {
	c.t.Helper()
	c.click("#steps a[href='#" + name + "']")
	c.wait(fmt.Sprintf(`!document.getElementById('step-%s').hidden`, name))
}

// drop drops files and directories of this machine on a place of the page.
func (c *clerk) drop(selector string, paths ...string) {
	c.t.Helper()
	at := get[[]float64](c, fmt.Sprintf(`(() => {
		const place = document.querySelector(%q);
		place.scrollIntoView({block: 'center'});
		const r = place.getBoundingClientRect();
		return [r.x + r.width / 2, r.y + r.height / 2];
	})()`, selector))
	for _, kind := range []input.DispatchDragEventType{"dragEnter", "dragOver", "drop"} {
		call(c, input.DispatchDragEvent, input.DispatchDragEventParams{
			Type: kind, X: at[0], Y: at[1], Data: &input.DragData{Items: []*input.DragDataItem{}, Files: paths, DragOperationsMask: 1},
		})
	}
}

// download waits for a file that is downloaded, and returns it. Chromium makes an
// empty one of its name first.
func (c *clerk) download(name string) []byte {
	c.t.Helper()
	file := filepath.Join(c.taken, name)
	for {
		if data, err := os.ReadFile(file); err == nil && len(data) > 0 {
			if err := os.Remove(file); err != nil {
				c.t.Fatal(err)
			}
			return data
		}
		select {
		case <-c.ctx.Done():
			c.t.Fatalf("%s never came", name)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// shot draws the page into a file of ZIPING_SHOTS, for people to look at.
func (c *clerk) shot(name string) {
	c.t.Helper()
	dir := os.Getenv("ZIPING_SHOTS")
	if dir == "" {
		return
	}
	picture, err := chromedp.Run(c.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), picture, 0o644); err != nil {
		c.t.Fatal(err)
	}
}

// dark has the page seen as on a machine whose pages are dark.
func (c *clerk) dark(on bool) {
	c.t.Helper()
	value := "light"
	if on {
		value = "dark"
	}
	call(c, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}}})
}
