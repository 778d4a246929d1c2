package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress shows on stderr how far a run is: a bar on a terminal, elsewhere a
// line every few seconds.
type progress struct {
	w       io.Writer
	verb    string
	done, n int
	bar     *progressbar.ProgressBar // nil where there is no terminal
	shown   bool
	begun   time.Time
	last    time.Time // when the last line was written
	now     func() time.Time
}

const (
	fewest   = 20 // below these there is no time to watch
	interval = 5 * time.Second
)

func newProgress(w io.Writer, verb string, n int) *progress {
	p := &progress{w: w, verb: verb, n: n, now: time.Now}
	p.begun = p.now()
	p.last = p.begun
	if n >= fewest && isTerminal(w) {
		p.bar = progressbar.NewOptions(n, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(verb),
			progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetItsString("个"),
			progressbar.OptionSetPredictTime(true), progressbar.OptionSetElapsedTime(false),
			progressbar.OptionSetWidth(30), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	}
	return p
}

// hide takes the bar away before a line is written that may stand on the same
// terminal. The next add brings it back.
func (p *progress) hide() {
	if p.bar != nil && p.shown {
		p.shown = false
		_ = p.bar.Clear() // a bar that can't be drawn stops no run
	}
}

// add counts one more that is done.
func (p *progress) add() {
	p.done++
	if p.bar != nil {
		p.shown = true
		_ = p.bar.Add(1)
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
func (p *progress) line(elapsed time.Duration) string {
	rate := float64(p.done) / elapsed.Seconds()
	left := time.Duration(float64(p.n-p.done) / rate * float64(time.Second)).Round(time.Second)
	return fmt.Sprintf("%s：%d / %d，每秒 %.1f 个，约剩 %s", p.verb, p.done, p.n, rate, units.Replace(left.String()))
}

func (p *progress) close() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}

// isTerminal reports whether a person sees what is written to w.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && os.Getenv("TERM") != "dumb" && term.IsTerminal(int(f.Fd()))
}

// isColored reports whether a person sees colours on w.
func isColored(w io.Writer) bool { return isTerminal(w) && os.Getenv("NO_COLOR") == "" }
