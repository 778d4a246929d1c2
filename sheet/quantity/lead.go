package quantity

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// role says where a lead may stand.
type role int

const (
	opener role = iota // where a phrase begins: 已, 共, 完成
	link               // there, or between a label and its number: ≥, 不低于, 为
	rate               // there, or between a label and its percentage: 合格率100%
)

// lead is a word before a number, or after its unit.
type lead struct {
	word     string
	role     role
	op       Op
	soft     bool   // says where to get to, and nothing of a result: 达到95%
	approx   Approx // with an op: the op in a target, the approximation in an actual
	change   Change
	noun     bool // names what is counted
	target   bool // only in a target
	dateOnly bool // only before a date
}

// symbol reports whether l is written in signs, not in words.
func (l *lead) symbol() bool {
	r, _ := utf8.DecodeRuneInString(l.word)
	return !unicode.IsLetter(r)
}

// leadAt returns the lead that opens s, or nil.
func (p parser) leadAt(s string) *lead {
	r, _ := utf8.DecodeRuneInString(s)
	for _, l := range vocabulary().byRune[r] {
		if strings.HasPrefix(s, l.word) && !(p.actual && l.target) {
			return l
		}
	}
	return nil
}

// cutTails takes the tail words off s, which begins behind a number.
func (p parser) cutTails(s string, c claim) (_ string, _ claim, ok bool) {
	if percent := strings.IndexByte(s, '%') + 1; percent > 0 && isDone(s[percent:]) {
		s = s[:percent]
	}
	if within, is := cutAnySuffix(s, contraries().WithinAfter); is && strings.HasSuffix(within, "内") { // 30分钟内|响应
		s = within
	}
	for s != "" && s[len(s)-1] != '%' {
		w := tailOf(s)
		if w == nil {
			break
		}
		c, ok = c.with(w, p.actual)
		if !ok {
			return s, c, false
		}
		s = s[:len(s)-len(w.word)]
	}
	return s, c, true
}

// tailOf returns the word after a number that ends s, or nil.
func tailOf(s string) *lead {
	tails := vocabulary().tails
	for i := range tails {
		if strings.HasSuffix(s, tails[i].word) {
			return &tails[i]
		}
	}
	return nil
}

// claim is what the words around a number say about it.
type claim struct {
	op       Op
	hard     bool // op holds in an actual too, and no other comparison may contradict it
	approx   Approx
	change   Change
	labelled bool // a label stands before
	tied     bool // a comparison or a link has come
	percent  bool // only a percentage may follow
	dateOnly bool // only a date may follow
}

// with adds what a word says. ok is false when it contradicts the words before.
func (c claim) with(l *lead, actual bool) (_ claim, ok bool) {
	op, approx := l.op, l.approx
	if op != None && !actual {
		approx = Precise // 超过 compares in a target
	} else if approx != Precise || l.soft {
		op = None // and is a rough number in an actual
	}
	c.approx = c.approx.and(approx)
	if l.change != NoChange {
		c.change = l.change
	}
	c.tied = c.tied || l.role == link && l.op != None
	c.percent = c.percent || l.role == rate && c.labelled
	c.dateOnly = c.dateOnly || l.dateOnly
	return c.compare(op, !l.soft)
}

// compare adds a comparison. A hard one (不超过) replaces a soft one (控制在); two
// that point apart contradict each other.
func (c claim) compare(op Op, hard bool) (_ claim, ok bool) {
	if op == None {
		return c, true
	}
	if !c.hard || c.op == Eq || c.op == None {
		c.op, c.hard = op, hard
		return c, true
	}
	return c, !hard || c.op.up() && op.up() || c.op.down() && op.down()
}

// apply settles a number's claim into q. A rough number has no comparison besides,
// but for ≥95%以上, which says ≥ twice.
func (c claim) apply(q *Quantity) bool {
	if c.approx != Precise {
		switch {
		case !c.hard || c.op == Eq:
			c.op = None
		case c.op.up() && c.approx.up():
			c.approx = Precise
		default:
			return false
		}
	}
	q.Op, q.Approx, q.Change = c.op, c.approx, c.change
	return !c.dateOnly && (!c.percent || q.Unit == "%")
}
