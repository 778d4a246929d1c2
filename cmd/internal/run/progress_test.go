package run

import (
	"bytes"
	"testing"
	"time"
)

// Without a terminal there is a line every few seconds, and none in a short run.
func TestProgressLines(t *testing.T) {
	var b bytes.Buffer
	now := time.Now()
	p := &bar{w: &b, now: func() time.Time { return now }}
	p.Begin("审核", 40)
	for range 40 {
		now = now.Add(300 * time.Millisecond)
		p.Hide()
		p.Add()
	}
	p.End()
	want := "审核：17 / 40，每秒 3.3 个，约剩 7 秒\n审核：34 / 40，每秒 3.3 个，约剩 2 秒\n"
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
}
