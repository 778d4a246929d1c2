package serve

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// What drops are for.
const (
	ofLists   = "lists"
	ofReturns = "returns"
)

// Bounds of what is sent. Workbooks have those of the command line.
const (
	mostRequest = 1 << 20 // bytes of a request that brings no file
	mostDropped = 100_000 // files of a drop
	slowest     = 10 * time.Minute
)

// routes are what the page may ask for.
func (s *Server) routes(mux *http.ServeMux) {
	servePage(mux)
	of := func(pattern string, handle func(*session, http.ResponseWriter, *http.Request)) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			handle(r.Context().Value(sessionKey{}).(*session), w, r)
		})
	}
	// asked answers with a value, or says why not.
	asked := func(pattern string, answer func(*session, *http.Request) (any, error)) {
		of(pattern, func(x *session, w http.ResponseWriter, r *http.Request) {
			_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(slowest)) // one of a test can't
			v, err := answer(x, r)
			reply(w, v, err)
		})
	}
	of("GET /api/events", (*session).events)
	of("POST /api/goodbye", (*session).goodbye)
	asked("POST /api/stop", func(x *session, _ *http.Request) (any, error) { x.stop(); return nil, nil })
	asked("POST /api/quit", func(*session, *http.Request) (any, error) { time.AfterFunc(time.Second, s.watch.end); return nil, nil })

	asked("POST /api/drops/{kind}", (*session).beginDrop)
	asked("POST /api/drops/{id}/files", (*session).receive)
	asked("POST /api/drops/{id}/end", (*session).endDrop)

	asked("GET /api/lists", (*session).projects)
	asked("DELETE /api/lists", (*session).clearLists)
	asked("PUT /api/settings/{kind}", (*session).set)
	asked("DELETE /api/settings/{kind}", (*session).unset)
	asked("POST /api/key", (*session).makeKey)
	asked("POST /api/issue", (*session).makeTemplates)
	asked("POST /api/example", (*session).makeExample)

	of("GET /api/report", (*session).report)
	asked("GET /api/returns", (*session).returned)
	asked("POST /api/returns/count", (*session).setCounted)
	asked("DELETE /api/returns", (*session).clearReturns)
	asked("POST /api/review", (*session).reviewAgain)
	asked("POST /api/make/{what}", (*session).make)
	asked("GET /api/summary", (*session).missing)

	asked("GET /api/rules", (*session).book)
	asked("PUT /api/rules/param", (*session).setParam)
	asked("PUT /api/rules/source", (*session).setRules)
	asked("POST /api/rules/save", (*session).saveRules)

	of("GET /api/outputs/{id}/{name}", (*session).download)
}

// reply answers a request.
func reply(w http.ResponseWriter, v any, err error) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if err != nil {
		status := http.StatusUnprocessableEntity
		if errors.Is(err, errBusy) {
			status = http.StatusConflict
		}
		w.WriteHeader(status)
		v = map[string][]string{"problems": texts(err)}
	}
	if v == nil {
		v = struct{}{}
	}
	_ = json.NewEncoder(w).Encode(v) // to who may be gone
}

// asks reads what a request asks for.
func asks[T any](r *http.Request) (v T, err error) {
	err = json.NewDecoder(http.MaxBytesReader(nil, r.Body, mostRequest)).Decode(&v)
	if err != nil {
		err = fmt.Errorf("请求有误：%w", err)
	}
	return v, err
}

// beginDrop begins to take files. One that did not come to its end is given up: the
// page that sent it is gone.
func (s *session) beginDrop(r *http.Request) (any, error) {
	kind := r.PathValue("kind")
	if kind != ofLists && kind != ofReturns {
		return nil, fmt.Errorf("没有“%s”这一种文件", kind)
	}
	expect, err := strconv.Atoi(r.URL.Query().Get("files"))
	if err != nil || expect < 1 || expect > mostDropped {
		return nil, fmt.Errorf("一次最多拖入 %d 个文件", mostDropped)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.job != nil {
		return nil, errBusy
	}
	s.giveUp()
	s.next++
	s.drop, err = newDrop(s.dir, s.next, kind, expect, s.returns.size())
	if err != nil {
		return nil, err
	}
	return map[string]int{"id": s.drop.ID}, nil
}

// giveUp forgets a drop that did not come whole, and says so. The session is locked.
func (s *session) giveUp() {
	s.broken = ""
	if d := s.drop; d != nil {
		s.broken = fmt.Sprintf("上一次拖入的文件没有传完（%d / %d 个），没有计入，请再拖一次", d.len(), d.Expect)
		d.discard()
		s.drop = nil
	}
}

// current returns the drop that a request is of.
func (s *session) current(r *http.Request) (*drop, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.drop == nil || r.PathValue("id") != strconv.Itoa(s.drop.ID) {
		return nil, errors.New("这一次拖入已经结束，请再拖一次")
	}
	return s.drop, nil
}

// receive takes files of a drop, each as a part whose name says what it is. What
// can't be taken is told, and the others are.
func (s *session) receive(r *http.Request) (any, error) {
	d, err := s.current(r)
	if err != nil {
		return nil, err
	}
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, fmt.Errorf("请求有误：%w", err)
	}
	var errs []error
	for {
		p, err := parts.NextPart()
		if err == io.EOF {
			break
		}
		var f sent
		if err == nil {
			f, err = parseSent(p.FormName())
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("没有传完：%w", err))
			break
		}
		if err := d.receive(f, p); err != nil {
			errs = append(errs, err)
		}
	}
	return nil, errors.Join(errs...)
}

// sent is a file that is sent: its place among those of the drop, its size, when it
// was written where its owner has it, and its name. Of one that is too large, or that
// nobody looks at, no content is sent.
type sent struct {
	place    int
	size     int64
	modified time.Time
	name     string
}

// parseSent reads what the name of a part says, with the time in milliseconds and the
// name as of an address: 12:34567:1733011200000:甲.xlsx.
func parseSent(text string) (f sent, err error) {
	var numbers [3]int64
	for i := range numbers {
		var number string
		number, text, _ = strings.Cut(text, ":")
		if numbers[i], err = strconv.ParseInt(number, 10, 64); err != nil {
			return f, err
		}
	}
	f.place, f.size, f.modified = int(numbers[0]), numbers[1], time.UnixMilli(numbers[2])
	f.name, err = url.PathUnescape(text)
	return f, err
}

// endDrop takes the files of a drop into the work.
func (s *session) endDrop(r *http.Request) (any, error) {
	d, err := s.current(r)
	if err != nil {
		return nil, err
	}
	if d.Kind == ofLists {
		err = s.takeLists(d)
	} else {
		err = s.takeReturns(d)
	}
	if err != nil {
		return nil, err
	}
	s.update(func() { s.drop = nil })
	return nil, nil
}

// content reads a small file that a request brings.
func content(r *http.Request) ([]byte, error) {
	b, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, mostRequest))
	if err != nil {
		return nil, named(localName(r.URL.Query().Get("name")), errors.New("文件太大，或没有传完"))
	}
	return b, nil
}
