package serve

import (
	"fmt"
	"net"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"
)

// Whatever came to run in the page, it could fetch nothing, and nothing that was put
// into it would run: a real browser refuses, and nobody is called.
func TestPolicy(t *testing.T) {
	outside, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer outside.Close()
	var called atomic.Value
	go func() {
		for {
			c, err := outside.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				request := make([]byte, 200)
				if n, _ := c.Read(request); n > 0 {
					called.Store(string(request[:n]))
				}
			}()
		}
	}()
	c := newClerk(t, Options{})
	at := "http://" + outside.Addr().String() + "/"
	refused := get[[]string](c, fmt.Sprintf(`(async () => {
		const at = %q;
		const refused = [];
		document.addEventListener('securitypolicyviolation', (e) => refused.push(e.effectiveDirective));
		const add = (name, set) => document.body.appendChild(Object.assign(document.createElement(name), set));
		await fetch(at).catch(() => {});
		await fetch(at, {mode: 'no-cors'}).catch(() => {});
		try { new WebSocket(at.replace('http', 'ws')); } catch (e) { }
		try { new EventSource(at); } catch (e) { }
		navigator.sendBeacon(at);
		add('img', {src: at});
		add('script', {src: at});
		add('script', {textContent: 'window.ran = true'});
		add('style', {textContent: 'body { display: none }'});
		add('iframe', {src: at});
		add('object', {data: at});
		add('link', {rel: 'stylesheet', href: at});
		add('video', {src: at});
		add('base', {href: at});
		add('button', {id: 'trap'}).setAttribute('onclick', 'window.ran = true');
		document.getElementById('trap').click();
		await new Promise((done) => setTimeout(() => { // the debugger itself may evaluate
			try { (0, eval)('window.ran = true'); } catch (e) { }
			done();
		}));
		const form = document.createElement('form');
		Object.assign(form, {action: at, method: 'post'});
		document.body.append(form);
		form.submit();
		await new Promise((done) => setTimeout(done, 500));
		if (window.ran || getComputedStyle(document.body).display === 'none') refused.push('something ran');
		return refused;
	})()`, at))
	for _, want := range []string{"connect-src", "img-src", "script-src-elem", "style-src-elem", "frame-src", "object-src", "media-src", "script-src-attr", "form-action", "base-uri"} {
		if !strings.Contains(strings.Join(refused, " "), want) {
			t.Errorf("nothing is refused by %s: %q", want, refused)
		}
	}
	if strings.Contains(strings.Join(refused, " "), "something ran") {
		t.Error("what was put into the page ran")
	}
	if request := called.Load(); request != nil {
		t.Errorf("another server was asked %s", request)
	}
}

// A file that is cut on its way, and workbooks that are none, are told on the page; what
// came with them counts, and so does the whole drop when it comes again.
func TestBadDropOnThePage(t *testing.T) {
	c := newClerk(t, Options{})
	dir := t.TempDir()
	good := contents(t, example(t, "returned"))
	var names []string
	for name, data := range good {
		names = append(names, name)
		write(t, filepath.Join(dir, "返回", name), data)
	}
	write(t, filepath.Join(dir, "返回", "炸.xlsx"), bomb(t))
	write(t, filepath.Join(dir, "返回", "大.zip"), make([]byte, 9<<20)) // goes in a request of its own
	c.do(chromedp.Evaluate[chromedp.Void](`{
		const whole = window.fetch;
		window.fetch = (path, o) => (o && o.body instanceof FormData && Array.from(o.body.values()).some((f) => f.size > 8 << 20)
			? Promise.reject(new TypeError('network')) : whole(path, o));
		window.wholeFetch = whole;
	}`))
	c.step("review")
	c.drop("#returns-drop", filepath.Join(dir, "返回"))
	c.wait(`!document.getElementById('broken').hidden && document.getElementById('broken').textContent.includes('大.zip')`)
	if got := c.text("#broken"); !strings.Contains(got, "大.zip：没有传上") || strings.Contains(got, names[0]) {
		t.Errorf("the page says %s", got)
	}
	c.wait(fmt.Sprintf(`document.querySelectorAll('#entries > li').length === %d`, len(good)+1))
	c.idle()
	list := strings.Join(c.texts("#entries .name b"), "\n")
	if !strings.Contains(list, "炸.xlsx") || !strings.Contains(list, strings.TrimSuffix(filepath.Base(names[0]), ".xlsx")) {
		t.Errorf("listed are %s", list)
	}
	c.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('#entries .unreadable').closest('.row').click()`))
	c.wait(`document.querySelector('#entries .fault')`)
	if got := c.text("#entries .fault"); !strings.Contains(got, "超过 500 倍") {
		t.Errorf("of the bomb it says %s", got)
	}
	c.do(chromedp.Evaluate[chromedp.Void](`window.fetch = window.wholeFetch`))
	c.drop("#returns-drop", filepath.Join(dir, "返回"))
	c.wait(`document.querySelectorAll('#rounds li').length === 2`)
	c.idle()
	if got := c.texts("#rounds li")[1]; !strings.Contains(got, fmt.Sprintf("另有 %d 个与已有的完全相同", len(good)+1)) {
		t.Errorf("of the second drop: %s", got)
	}
	c.quiet()
}
