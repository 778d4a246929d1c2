package strict

// maxNames is how many bytes the names on the way to a value may have together.
// The toml package keeps all of them for each value.
const maxNames = 4096

// define makes the place of a key in a table. It returns nil if that goes
// beyond the limits.
func (s *scanner) define(t *origin, path keyPath) *origin {
	parent := s.parent(t, path)
	if parent == nil {
		return nil
	}
	k := path.last()
	if old := parent.keys[k.name]; old != nil {
		s.duplicate(k, old)
		return &origin{key: k.at, depth: old.depth}
	}
	return parent.add(k, leaf)
}

// addHeader makes [path] the table at hand.
func (s *scanner) addHeader(path keyPath, at Position) bool {
	parent := s.parent(s.root, path)
	if parent == nil {
		return false
	}
	k := path.last()
	p := parent.keys[k.name]
	switch {
	case p == nil:
		p = parent.add(k, header)
	case p.form == implicit:
		p.form, p.key = header, k.at
	case p.form == headers:
		s.addf(k.at, "“%s”在第 %d 行写成了 [[ ]]，这里也要用两层方括号", k.name, p.key.Line)
		return true
	default:
		s.duplicate(k, p)
		return true
	}
	p.value, s.table = at, p
	return true
}

// addHeaders makes a new [[path]] the table at hand.
func (s *scanner) addHeaders(path keyPath, at Position) bool {
	parent := s.parent(s.root, path)
	if parent == nil {
		return false
	}
	k := path.last()
	p := parent.keys[k.name]
	switch {
	case p == nil:
		p = parent.add(k, headers)
		p.value = at
	case p.form == header:
		s.addf(k.at, "“%s”在第 %d 行写成了 [ ]，有几张表时，每一张都要用两层方括号", k.name, p.key.Line)
		return true
	case p.form != headers:
		s.duplicate(k, p)
		return true
	}
	s.table = &origin{form: header, value: at, depth: p.depth + 1, names: p.names, keys: map[string]*origin{}}
	p.items = append(p.items, s.table)
	return true
}

// parent returns the table that the last part of a path belongs to, and makes
// the tables on the way there. It returns nil if that goes beyond the limits.
func (s *scanner) parent(t *origin, path keyPath) *origin {
	for _, k := range path[:len(path)-1] {
		next := t.keys[k.name]
		switch {
		case next == nil:
			next = t.add(k, implicit)
			next.value = k.at
		case next.form == headers:
			next = next.items[len(next.items)-1]
		case next.form == leaf, next.form == array:
			s.duplicate(k, next)
			next = &origin{keys: map[string]*origin{}, depth: next.depth}
		}
		t = next
	}
	last := path.last()
	switch {
	case t.depth >= maxDepth:
		s.tooDeep(last.at)
		return nil
	case t.names+len(last.name) > maxNames:
		s.stop(last.at, "名称太长")
		return nil
	}
	return t
}

func (s *scanner) duplicate(k key, old *origin) {
	s.addf(k.at, "“%s”重复了，第 %d 行已经写过", k.name, old.key.Line)
}

// add makes the place of a key.
func (p *origin) add(k key, form notation) *origin {
	child := &origin{form: form, key: k.at, depth: p.depth + 1, names: p.names + len(k.name)}
	if form == implicit || form == header {
		child.keys = map[string]*origin{}
	}
	p.keys[k.name] = child
	return child
}
