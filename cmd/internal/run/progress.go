package run

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// Progress is told how far a run is. All calls come from one goroutine.
type Progress interface {
	// Begin begins a run over n things; the verb says what is done with each.
	Begin(verb string, n int)
	// Hide takes the progress away before a line is written that may stand where
	// it is shown.
	Hide()
	// Add counts one more that is done.
	Add()
	End()
}

// silence tells nobody.
type silence struct{}

func (silence) Begin(string, int) {}
func (silence) Hide()             {}
func (silence) Add()              {}
func (silence) End()              {}

// Bar returns a progress that is written: a bar on a terminal, elsewhere a line
// every few seconds.
func Bar(w io.Writer) Progress { return &bar{w: w, now: time.Now} }

// bar shows the progress of one run after another.
type bar struct {
	w       io.Writer
	verb    string
	done, n int
	drawn   *progressbar.ProgressBar // nil where there is no terminal
	shown   bool
	begun   time.Time
	last    time.Time // when the last line was written
	now     func() time.Time
}

const (
	fewest   = 20 // below these there is no time to watch
	interval = 5 * time.Second
)

// Begin implements Progress.
func (p *bar) Begin(verb string, n int) {
	*p = bar{w: p.w, verb: verb, n: n, now: p.now}
	p.begun = p.now()
	p.last = p.begun
	if n >= fewest && IsTerminal(p.w) {
		p.drawn = progressbar.NewOptions(n, progressbar.OptionSetWriter(p.w), progressbar.OptionSetDescription(verb),
			progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetItsString("个"),
			progressbar.OptionSetPredictTime(true), progressbar.OptionSetElapsedTime(false),
			progressbar.OptionSetWidth(30), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	}
}

// Hide implements Progress. The next Add brings the bar back.
func (p *bar) Hide() {
	if p.drawn != nil && p.shown {
		p.shown = false
		_ = p.drawn.Clear() // a bar that can't be drawn stops no run
	}
}

// Add implements Progress.
func (p *bar) Add() {
	p.done++
	if p.drawn != nil {
		p.shown = true
		_ = p.drawn.Add(1)
		return
	}
	if now := p.now(); now.Sub(p.last) >= interval {
		p.last = now
		fmt.Fprintln(p.w, p.line(now.Sub(p.begun)))
	}
}

// units say a duration in Chinese.
var units = strings.NewReplacer("h", " 小时", "m", " 分", "s", " 秒")

// line says how far the run is.
func (p *bar) line(elapsed time.Duration) string {
	rate := float64(p.done) / elapsed.Seconds()
	left := time.Duration(float64(p.n-p.done) / rate * float64(time.Second)).Round(time.Second)
	return fmt.Sprintf("%s：%d / %d，每秒 %.1f 个，约剩 %s", p.verb, p.done, p.n, rate, units.Replace(left.String()))
}

// End implements Progress.
func (p *bar) End() {
	if p.drawn != nil {
		_ = p.drawn.Finish()
	}
}

// IsTerminal reports whether a person sees what is written to w.
func IsTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && os.Getenv("TERM") != "dumb" && term.IsTerminal(int(f.Fd()))
}
