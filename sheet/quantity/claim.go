package quantity

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
	switch {
	case op == None:
	case !actual:
		approx = Precise // 超过 compares in a target
	case approx != Precise || l.soft:
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
	switch {
	case op == None:
	case !c.hard || c.op == Eq || c.op == None:
		c.op, c.hard = op, hard
	case !hard:
	case c.op.up() && op.up(), c.op.down() && op.down():
	default:
		return c, false
	}
	return c, true
}

// apply settles a number's claim into q. A rough number has no comparison besides,
// but for ≥95%以上, which says ≥ twice.
func (c claim) apply(q *Quantity) bool {
	switch {
	case c.approx == Precise:
	case !c.hard || c.op == Eq:
		c.op = None
	case c.op.up() && c.approx.up():
		c.approx = Precise
	default:
		return false
	}
	q.Op, q.Approx, q.Change = c.op, c.approx, c.change
	return !c.dateOnly && (!c.percent || q.Unit == "%")
}
