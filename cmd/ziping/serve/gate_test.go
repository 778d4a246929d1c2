package serve

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"strings"
	"testing"

	"ziping/sheet/sheettest"
)

// user is someone who knows how to ask the program without a browser.
type user struct {
	t      *testing.T
	server *Server
	client *http.Client
}

// newServer starts a server that ends with the test.
func newServer(t *testing.T, o Options) *Server {
	t.Helper()
	sheettest.NoRemains(t)
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	ctx, stop := context.WithCancel(context.Background())
	go func() { ended <- s.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return s
}

// newUser returns someone without a session.
func newUser(t *testing.T, s *Server) *user {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &user{t, s, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// enter begins a session.
func (u *user) enter() *user {
	u.t.Helper()
	r, _ := u.ask("GET", strings.TrimPrefix(u.server.URL(), "http://"+u.server.host), "", nil)
	if r.StatusCode != http.StatusSeeOther || r.Header.Get("Location") != "/" {
		u.t.Fatalf("the token gives %s to %s", r.Status, r.Header.Get("Location"))
	}
	return u
}

// ask sends a request; headers change what a browser would send.
func (u *user) ask(method, path, body string, headers map[string]string) (*http.Response, string) {
	u.t.Helper()
	r, err := http.NewRequest(method, "http://"+u.server.host+path, strings.NewReader(body))
	if err != nil {
		u.t.Fatal(err)
	}
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	if host := headers["Host"]; host != "" {
		r.Host = host
	}
	answer, err := u.client.Do(r)
	if err != nil {
		u.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		u.t.Fatal(err)
	}
	return answer, string(text)
}

// done asks for something that must be done.
func (u *user) done(method, path, body string) string {
	u.t.Helper()
	r, text := u.ask(method, path, body, nil)
	if r.StatusCode != http.StatusOK {
		u.t.Fatalf("%s %s: %s: %s", method, path, r.Status, text)
	}
	return text
}

// session is the only session of the server.
func (u *user) session() *session {
	u.t.Helper()
	r, err := http.NewRequest("GET", "http://"+u.server.host+"/", nil)
	if err != nil {
		u.t.Fatal(err)
	}
	for _, c := range u.client.Jar.Cookies(r.URL) {
		r.AddCookie(c)
	}
	return u.server.sessionOf(r)
}

// drop drops files, by their names, and waits for what comes of it.
func (u *user) drop(kind string, contents map[string]string) {
	u.t.Helper()
	var drop struct{ ID int }
	if err := json.Unmarshal([]byte(u.done("POST", fmt.Sprintf("/api/drops/%s?files=%d", kind, len(contents)), "")), &drop); err != nil {
		u.t.Fatal(err)
	}
	place := 0
	for name, content := range contents {
		if r, text := u.send(drop.ID, place, int64(len(content)), name, content); r.StatusCode != http.StatusOK {
			u.t.Fatalf("%s: %s: %s", name, r.Status, text)
		}
		place++
	}
	u.done("POST", fmt.Sprintf("/api/drops/%d/end", drop.ID), "")
	u.idle()
}

// send sends a file of a drop.
func (u *user) send(drop, place int, size int64, name, content string) (*http.Response, string) {
	u.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	p, err := w.CreateFormFile(fmt.Sprintf("%d:%d:%d:%s", place, size, 1_733_011_200_000, url.PathEscape(name)), "f")
	if err == nil {
		_, err = io.WriteString(p, content)
	}
	if err := errors.Join(err, w.Close()); err != nil {
		u.t.Fatal(err)
	}
	return u.ask("POST", fmt.Sprintf("/api/drops/%d/files", drop), b.String(), map[string]string{"Content-Type": w.FormDataContentType()})
}

// idle waits until nothing is being done.
func (u *user) idle() {
	s := u.session()
	s.mu.Lock()
	j := s.job
	s.mu.Unlock()
	if j != nil {
		<-j.done
	}
}

// Only this machine can reach the page.
func TestLoopbackOnly(t *testing.T) {
	s := newServer(t, Options{})
	if !s.listener.Addr().(*net.TCPAddr).IP.Equal(net.IPv4(127, 0, 0, 1)) {
		t.Errorf("it listens on %s", s.listener.Addr())
	}
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(s.host)
	for _, a := range addresses {
		ip, _, err := net.ParseCIDR(a.String())
		if err != nil || ip.IsLoopback() || ip.To4() == nil {
			continue
		}
		if c, err := net.Dial("tcp", net.JoinHostPort(ip.String(), port)); err == nil {
			c.Close()
			t.Errorf("it answers on %s", ip)
		}
	}
}

// A request that our page did not send is refused, whatever cookie it bears.
func TestForeignRequests(t *testing.T) {
	s := newServer(t, Options{})
	u := newUser(t, s).enter()
	ours := map[string]string{"Origin": "http://" + s.host, "Sec-Fetch-Site": "same-origin"}
	if r, text := u.ask("POST", "/api/stop", "", ours); r.StatusCode != http.StatusOK {
		t.Fatalf("our own is refused: %s %s", r.Status, text)
	}
	_, port, _ := net.SplitHostPort(s.host)
	for _, headers := range []map[string]string{
		{"Host": "evil.example"},
		{"Host": "evil.example:" + port}, // a name that was made to lead here
		{"Host": "localhost:" + port},
		{"Host": "127.0.0.1"},
		{"Host": "127.0.0.1:1"},
		{"Origin": "http://evil.example"},
		{"Origin": "http://127.0.0.1:1"},
		{"Origin": "https://" + s.host},
		{"Origin": "null"},
		{"Sec-Fetch-Site": "cross-site"},
		{"Sec-Fetch-Site": "same-site"}, // of another port
	} {
		for _, what := range [][2]string{{"GET", "/"}, {"GET", "/api/rules"}, {"POST", "/api/drops/returns?files=1"}, {"PUT", "/api/rules/source"}, {"GET", "/open?token=" + s.token}} {
			if r, _ := u.ask(what[0], what[1], "", headers); r.StatusCode != http.StatusForbidden {
				t.Errorf("%s %s with %v: %s", what[0], what[1], headers, r.Status)
			}
		}
	}
	if u.session().drop != nil {
		t.Error("a foreign request began something")
	}
}

// The token becomes a cookie that no script and no other page can use; the link of
// the browser that we open counts once.
func TestToken(t *testing.T) {
	s := newServer(t, Options{})
	for _, token := range []string{"", "x", s.token[1:], s.token + "x", strings.ToLower(s.token)} {
		u := newUser(t, s)
		if r, _ := u.ask("GET", "/open?token="+token, "", nil); r.StatusCode != http.StatusForbidden || len(r.Cookies()) > 0 {
			t.Errorf("the token %q gives %s, %v", token, r.Status, r.Cookies())
		}
	}
	link := s.link
	r, _ := newUser(t, s).ask("GET", "/open?token="+link, "", nil)
	if r.StatusCode != http.StatusSeeOther || len(r.Cookies()) != 1 {
		t.Fatalf("the link gives %s, %v", r.Status, r.Cookies())
	}
	c := r.Cookies()[0]
	if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" || c.Domain != "" || c.Value == s.token || c.Value == link {
		t.Errorf("the cookie is %s", c.Raw)
	}
	if r, _ := newUser(t, s).ask("GET", "/open?token="+link, "", nil); r.StatusCode != http.StatusForbidden {
		t.Errorf("the link counts twice: %s", r.Status)
	}
	other := newServer(t, Options{})
	if c.Name == other.cookie {
		t.Error("two programs take each other's cookie away")
	}
}

// Without the cookie nothing is read and nothing is written.
func TestWithoutCookie(t *testing.T) {
	s := newServer(t, Options{})
	owner := newUser(t, s).enter()
	before := tree(t, s.TempDir())
	for _, cookie := range []string{"", s.cookie + "=x", s.cookie + "=" + s.token, "ziping=" + s.token} {
		u := newUser(t, s)
		for _, what := range []string{
			"GET /", "GET /page/app.js", "GET /report/style.css", "GET /api/events", "POST /api/goodbye", "POST /api/stop", "POST /api/quit",
			"POST /api/drops/returns?files=1", "POST /api/drops/1/files", "POST /api/drops/1/end", "GET /api/lists", "DELETE /api/lists",
			"PUT /api/settings/key?name=x", "DELETE /api/settings/key", "POST /api/key", "POST /api/issue", "POST /api/example",
			"GET /api/report", "GET /api/returns", "POST /api/returns/count", "DELETE /api/returns", "POST /api/review", "POST /api/make/report", "GET /api/summary",
			"GET /api/rules", "PUT /api/rules/param", "PUT /api/rules/source", "POST /api/rules/save", "GET /api/outputs/1/x", "GET /nothing",
		} {
			method, path, _ := strings.Cut(what, " ")
			headers := map[string]string{}
			if cookie != "" {
				headers["Cookie"] = cookie
			}
			if r, text := u.ask(method, path, "{}", headers); r.StatusCode != http.StatusForbidden || strings.Contains(text, "{") {
				t.Errorf("%s with the cookie %q: %s %s", what, cookie, r.Status, text)
			}
		}
	}
	if after := tree(t, s.TempDir()); after != before {
		t.Errorf("there are files\n%s\nwhere there were\n%s", after, before)
	}
	if x := owner.session().state(); x.Unsaved || len(x.Outputs) > 0 {
		t.Errorf("the session of another is %+v", x)
	}
}

// tree lists what is in a directory.
func tree(t *testing.T, dir string) string {
	t.Helper()
	var names strings.Builder
	for name := range walk(t, dir) {
		fmt.Fprintln(&names, name)
	}
	return names.String()
}

// Two sessions do not see each other.
func TestSessions(t *testing.T) {
	s := newServer(t, Options{})
	a, b := newUser(t, s).enter(), newUser(t, s).enter()
	list, err := os.ReadFile(example(t, "list", "项目清单.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	a.drop(ofLists, map[string]string{"项目清单.xlsx": string(list)})
	a.done("POST", "/api/example", "")
	if x := a.session().state(); x.Lists.Projects == 0 || len(x.Outputs) != 1 {
		t.Fatalf("the first session is %+v", x)
	}
	if x := b.session().state(); x.Lists.Projects > 0 || len(x.Outputs) > 0 || x.Unsaved {
		t.Errorf("the other session is %+v", x)
	}
	if text := b.done("GET", "/api/lists", ""); text != "[]\n" {
		t.Errorf("the other session reads %s", text)
	}
	id := a.session().state().Outputs[0].ID
	if r, _ := b.ask("GET", fmt.Sprintf("/api/outputs/%d/x", id), "", nil); r.StatusCode != http.StatusNotFound {
		t.Errorf("the other session downloads: %s", r.Status)
	}
	var drop struct{ ID int }
	if err := json.Unmarshal([]byte(a.done("POST", "/api/drops/returns?files=1", "")), &drop); err != nil {
		t.Fatal(err)
	}
	if r, _ := b.send(drop.ID, 0, 1, "x.xlsx", "x"); r.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("the other session drops: %s", r.Status)
	}
}

// Whatever is answered, the browser is told to have nothing from elsewhere, and to
// keep nothing.
func TestHeaders(t *testing.T) {
	s := newServer(t, Options{})
	u := newUser(t, s).enter()
	for _, path := range []string{"/", "/page/app.js", "/page/page.css", "/page/icon.svg", "/report/report.js", "/api/rules", "/nothing", "/page/page.html", "/page/", "/report/file.html"} {
		r, _ := u.ask("GET", path, "", nil)
		if got := r.Header.Get("Content-Security-Policy"); !strings.HasPrefix(got, "default-src 'self';") || strings.Contains(got, "unsafe") {
			t.Errorf("%s has the policy %s", path, got)
		}
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer",
			"Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
		} {
			if got := r.Header.Get(name); got != want {
				t.Errorf("%s has %s: %s", path, name, got)
			}
		}
	}
	for path, want := range map[string]string{
		"/": "text/html; charset=utf-8", "/page/app.js": "text/javascript; charset=utf-8", "/report/style.css": "text/css; charset=utf-8", "/page/icon.svg": "image/svg+xml",
	} {
		if r, _ := u.ask("GET", path, "", nil); r.Header.Get("Content-Type") != want {
			t.Errorf("%s is %s", path, r.Header.Get("Content-Type"))
		}
	}
}
