package serve

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"net/http"
)

// openPath is where a token becomes a cookie.
const openPath = "/open"

// policy lets the page have what this program serves, and nothing else.
const policy = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// handler answers the requests of the page, and refuses all others: those for
// another host (a name that was made to lead here), those that another page makes
// a browser send, and those without the cookie of a session.
func (s *Server) handler() http.Handler {
	inside := http.NewServeMux()
	s.routes(inside)
	outside := http.NewServeMux()
	outside.HandleFunc("GET "+openPath, s.enter)
	outside.Handle("/", s.withSession(inside))
	guarded := http.NewCrossOriginProtection().Handler(outside)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if r.Host != s.host || !s.isOwn(r) {
			http.Error(w, "这个请求不是从本页面来的，没有处理。", http.StatusForbidden)
			return
		}
		guarded.ServeHTTP(w, r)
	})
}

// isOwn reports whether a request comes from our page, or from the address bar.
func (s *Server) isOwn(r *http.Request) bool {
	origin, site := r.Header.Get("Origin"), r.Header.Get("Sec-Fetch-Site")
	return (origin == "" || origin == "http://"+s.host) && (site == "" || site == "same-origin" || site == "none")
}

// enter begins a session for who has the token. The token is in no address from
// then on; the cookie is for no script, and no other page can make a browser send
// it.
func (s *Server) enter(w http.ResponseWriter, r *http.Request) {
	if s.sessionOf(r) == nil {
		if !s.admits(r.URL.Query().Get("token")) {
			http.Error(w, "这个链接已经失效。请重新打开程序，或使用程序窗口中的链接。", http.StatusForbidden)
			return
		}
		id := rand.Text()
		if err := s.newSession(id); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		http.SetCookie(w, &http.Cookie{Name: s.cookie, Value: id, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
	}
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

// admits reports whether a token lets in. The one in the link that a browser was
// started with counts once: others may see how a program was started.
func (s *Server) admits(token string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if equal(token, s.token) {
		return true
	}
	if s.link == "" || !equal(token, s.link) {
		return false
	}
	s.link = ""
	return true
}

func equal(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// sessionOf returns the session whose cookie a request bears; nil if there is none.
func (s *Server) sessionOf(r *http.Request) *session {
	cookie, err := r.Cookie(s.cookie)
	if err != nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sessions[cookie.Value]
}

type sessionKey struct{}

// withSession lets requests with the cookie of a session through.
func (s *Server) withSession(inside http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		x := s.sessionOf(r)
		if x == nil {
			http.Error(w, "请从程序打开这个页面，或使用程序窗口中的链接。", http.StatusForbidden)
			return
		}
		inside.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), sessionKey{}, x)))
	})
}

// newSession begins a session. The first one has what the program was started with.
func (s *Server) newSession(id string) error {
	x, err := newSession(s.folder.Path, s.o.Version, s.watch)
	if err != nil {
		return err
	}
	s.mu.Lock()
	s.sessions[id] = x
	begin := s.begin
	s.begin = nil
	s.mu.Unlock()
	if len(begin) > 0 {
		x.takeLocal(begin)
	}
	return nil
}
