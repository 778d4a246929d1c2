// Package serve is the work of ziping on a page of this machine, for who does not
// use a command line: lists are issued, returns checked and summed up, rules
// changed. The page is a view of what the commands do, with the same bytes.
package serve

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"ziping/cmd/internal/files"
)

// Options say how to serve.
type Options struct {
	Port    int                    // of this machine; 0 for any that is free
	Open    func(url string) error // opens the page in a browser; nil where nobody does
	Say     func(text string)      // tells who looks at the program
	Version string
	Files   []string // workbooks and directories that the first session begins with
}

// Server serves the page until it has been gone for a while.
type Server struct {
	o        Options
	folder   *files.Folder // for all that is dropped and made
	listener net.Listener
	host     string // 127.0.0.1 and the port
	cookie   string // the name of the cookie
	token    string // of the run; who knows it may begin a session
	link     string // a token that counts once, for the browser that we open
	watch    *watch

	mu       sync.Mutex
	sessions map[string]*session // by what their cookies say
	begin    []string            // Options.Files, until a session has them
}

// New listens on a port of this machine, which no other can reach.
func New(o Options) (*Server, error) {
	listener, err := net.Listen("tcp4", fmt.Sprintf("127.0.0.1:%d", o.Port))
	if err != nil {
		return nil, fmt.Errorf("端口 %d 不能用，请换一个，或不写 --port：%w", o.Port, err)
	}
	folder, err := files.NewFolder()
	if err != nil {
		return nil, errors.Join(files.Explain(err), listener.Close())
	}
	port := listener.Addr().(*net.TCPAddr).Port
	return &Server{
		o: o, folder: folder, listener: listener, host: fmt.Sprintf("127.0.0.1:%d", port),
		cookie: fmt.Sprintf("ziping-%d", port), // browsers share the cookies of all ports
		token:  rand.Text(), link: rand.Text(), watch: newWatch(), sessions: map[string]*session{}, begin: o.Files,
	}, nil
}

// URL returns where the page begins, for a person.
func (s *Server) URL() string { return s.at(s.token) }

func (s *Server) at(token string) string {
	return "http://" + s.host + openPath + "?" + url.Values{"token": {token}}.Encode()
}

// TempDir returns the directory that is taken away when the server closes.
func (s *Server) TempDir() string { return s.folder.Path }

// Run serves until the page has been gone for a while, a session ends it, or the
// context does. It leaves nothing behind.
func (s *Server) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	server := &http.Server{
		Handler:           s.handler(),
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          log.New(io.Discard, "", 0), // what browsers break off is no news
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(s.listener) }()
	s.open()
	why := "程序已结束。"
	var err error
	select {
	case <-ctx.Done():
	case <-s.watch.gone:
		why = "页面已经关闭，程序结束。"
	case err = <-served:
	}
	cancel()
	err = errors.Join(err, server.Close(), s.Close())
	if err == nil {
		s.say(why)
	}
	return err
}

// Close ends what is running and takes all temporary files away.
func (s *Server) Close() error {
	s.mu.Lock()
	sessions := s.sessions
	s.sessions = map[string]*session{}
	s.mu.Unlock()
	for _, x := range sessions {
		x.close()
	}
	err := s.listener.Close()
	if errors.Is(err, net.ErrClosed) {
		err = nil
	}
	return errors.Join(err, s.folder.Close())
}

// open opens the page in a browser, or says how.
func (s *Server) open() {
	if s.o.Open == nil {
		s.say("请在浏览器中打开：" + s.URL())
		return
	}
	s.say("页面已在浏览器中打开；用完后关闭页面即可，程序会自己结束。没有看到页面时，请在浏览器中打开：" + s.URL())
	go func() { // some stay until the browser is closed
		if err := s.o.Open(s.at(s.link)); err != nil {
			s.say(fmt.Sprintf("没能打开浏览器（%v）。", err))
		}
	}()
}

func (s *Server) say(text string) {
	if s.o.Say != nil {
		s.o.Say(text)
	}
}
