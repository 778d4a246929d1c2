package rules

import (
	"cmp"
	"fmt"
	"slices"

	"ziping/sheet"
)

// Tally counts what became of each rule over many forms: it shows the rule that never
// applies. It is not for several goroutines.
type Tally struct {
	set    *Set
	counts map[string]*Count
	batch  *Batch
	kept   []compared
	names  []name // that no form has had yet
}

// name is a name that the rule file speaks of.
type name struct {
	said    string // 参数“超额幅度”的主管部门
	pattern string
	of      func(subject) string
}

// names returns the names that a rule file speaks of. Those of the default rules are
// every office's.
func (s *Set) names() []name {
	var list []name
	for _, id := range sortedKeys(s.params) {
		for _, o := range s.params[id].others() {
			for _, pattern := range sortedKeys(o.values) {
				list = append(list, name{fmt.Sprintf("参数“%s”的%s", id, o.label), pattern, o.name})
			}
		}
	}
	for _, r := range s.rules {
		for _, v := range r.variants {
			for _, pattern := range v.departments {
				list = append(list, name{fmt.Sprintf("规则“%s”的主管部门", r.ID), pattern, func(s subject) string { return s.department }})
			}
		}
	}
	return list
}

// compared is what the batch rules compare a form by, and the file it stands in.
type compared struct {
	file string
	Compared
}

// Count is what became of one rule.
type Count struct {
	Rule    *Rule
	Own     bool // not one of the default rules that an own file extends
	Silent  int  // places where when does not hold
	Unknown int  // places where when or assert touches what is not there
	Held    int
	Failed  int
	Error   string // why it could not be run somewhere, "" where it could

	FirstUnknown, FirstFailed Spot // one of them
}

// Applied is how often the rule came to a judgement.
func (c *Count) Applied() int { return c.Held + c.Failed }

// Spot is a place in a form of a file.
type Spot struct {
	File, Project string
	Field         sheet.Path
	Cell          string
}

// NewTally begins to count.
func (s *Set) NewTally() *Tally {
	return &Tally{set: s, counts: map[string]*Count{}, batch: s.NewBatch(), names: s.names()}
}

func (t *Tally) count(r *Rule) *Count {
	c := t.counts[r.ID]
	if c == nil {
		c = &Count{Rule: r}
		t.counts[r.ID] = c
	}
	return c
}

// Add counts over one form.
func (t *Tally) Add(form *sheet.Table, from Source) error {
	r := newRunner(t.set, form, from)
	r.comparing = true
	spot := func(path sheet.Path, cell string) Spot { return Spot{from.File, form.Project.Value, path, cell} }
	r.everywhere(func(rule *compiled, p site) {
		c := t.count(rule.Rule)
		path, v := r.blamed(rule, p)
		switch a := r.outcome(rule, c); a {
		case silent:
			c.Silent++
		case undecided:
			c.Unknown++
			c.FirstUnknown = cmp.Or(c.FirstUnknown, spot(path, v.At().Ref))
		case held:
			c.Held++
		case failed:
			c.Failed++
			c.FirstFailed = cmp.Or(c.FirstFailed, spot(path, v.At().Ref))
		}
	})
	subjects := []subject{r.subject}
	for i := range form.Indicators {
		subjects = append(subjects, r.subject.row(&form.Indicators[i]))
	}
	t.names = slices.DeleteFunc(t.names, func(n name) bool {
		return slices.ContainsFunc(subjects, func(s subject) bool { return matches(n.pattern, n.of(s)) })
	})
	this := compared{from.File, r.compared()}
	t.kept = append(t.kept, this)
	return t.batch.Add(from.File, this.Compared)
}

// outcome is what becomes of a rule in one place.
type outcome int

const (
	silent outcome = iota
	undecided
	held
	failed
)

func (r *runner) outcome(rule *compiled, c *Count) outcome {
	ask := func(p *program) answer {
		a, err := r.answer(p)
		if err != nil {
			c.Error = err.Error()
		}
		return a
	}
	if rule.when != nil {
		switch ask(rule.when) {
		case no:
			return silent
		case unknown:
			return undecided
		}
	}
	return map[answer]outcome{unknown: undecided, yes: held, no: failed}[ask(rule.assert)]
}

// Counts returns what became of every rule, those of one's own file first, when all forms
// are added.
func (t *Tally) Counts() ([]*Count, error) {
	defer t.batch.Close()
	for _, c := range t.kept {
		if err := t.ofGroups(c); err != nil {
			return nil, err
		}
	}
	t.kept = nil
	var own, builtin []*Count
	for _, r := range t.set.rules {
		if r.Disabled {
			continue
		}
		c := t.count(r.Rule)
		c.Own = t.set.builtin || !r.file.builtin()
		if c.Own {
			own = append(own, c)
		} else {
			builtin = append(builtin, c)
		}
	}
	return append(own, builtin...), nil
}

// ofGroups counts what the batch rules find in one form.
func (t *Tally) ofGroups(c compared) error {
	for _, m := range c.Members {
		if r := t.set.Rule(m.Rule); r != nil {
			t.count(r).Held++
		}
	}
	findings, err := t.batch.Findings(c.file, c.Compared)
	for _, f := range findings {
		r := t.set.Rule(f.Rule)
		if r == nil || r.Scope != ScopeBatch {
			continue
		}
		count := t.count(r)
		if f.Field == (sheet.Path{}) {
			count.Error = f.Message
			continue
		}
		count.Held--
		count.Failed++
		count.FirstFailed = cmp.Or(count.FirstFailed, Spot{c.file, c.Project, f.Field, f.Cell})
	}
	return err
}

// Unmatched returns the names that the rule file speaks of and that no form has had:
// 参数“超额幅度”的主管部门“省教育听”.
func (t *Tally) Unmatched() []string {
	var list []string
	for _, n := range t.names {
		list = append(list, n.said+"“"+n.pattern+"”")
	}
	return list
}
