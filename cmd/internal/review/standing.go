package review

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"strings"

	"ziping/cmd/internal/files"
	"ziping/rules/report"
	"ziping/rules/summary"
	"ziping/sheet"
	"ziping/sheet/annotate"
	"ziping/sheet/returns"
)

// standings say which of the forms of a review count: of each project one.
type standings struct {
	heads
	result returns.Result

	preferred []preference
}

// preference is a file or a directory whose forms count, whatever their marks say.
type preference struct {
	name string // as it was given
	path string
	has  bool // a form stands there
}

func preferencesOf(names []string) []preference {
	list := make([]preference, len(names))
	for i, name := range names {
		list[i] = preference{name: name, path: files.Absolute(name)}
	}
	return list
}

// sayingOf stands for what forms say: the same text where they say the same.
func sayingOf(found []sheet.Found) string {
	h := sha256.New()
	for _, f := range found {
		for path, v := range f.Table.All() {
			fmt.Fprintf(h, "%q %q %q\n", f.Sheet, path, sheet.Show(v))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// cameBack says how a workbook came back.
func cameBack(file files.File, r *Reading) report.Return {
	x := report.Return{Round: r.Marks.Round, Sent: r.Marks.Date, Modified: file.Modified()}
	x.Untouched = x.Round > 0 && r.Marks.Untouched(sayingOf(r.Found))
	return x
}

// repliesIn returns what the department replied about the form, with where that stands now.
func repliesIn(m *annotate.Marks, found []sheet.Found, i int) []report.Reply {
	if len(m.Replies) == 0 {
		return nil
	}
	number := 0 // of the form on its sheet
	for _, f := range found[:i+1] {
		if f.Sheet == found[i].Sheet {
			number++
		}
	}
	f := newFields(found[i].Table)
	var list []report.Reply
	for _, r := range m.Replies {
		if r.Sheet != found[i].Sheet || r.Number != number {
			continue
		}
		x := report.Reply{Rule: r.Rule, Level: r.Level, Cell: r.Cell, Field: sheet.ParsePath(r.Field), Message: r.Message, Value: r.Value, Text: r.Text}
		if v, ok := f.byName[r.Field]; ok {
			x.Field, x.Cell = v.path, v.value.At().Ref
		}
		list = append(list, x)
	}
	return list
}

// stand notes the forms of a workbook, in the order of the books.
func (k *Review) stand(r checked) error {
	preferred := len(r.Tables) > 0 && k.standing.prefers(r.Name)
	return k.standing.add(head{r.Name, r.Return, preferred, r.identities})
}

// prefers reports whether somebody said that the forms of a file count, by its name or
// that of a directory above it.
func (s *standings) prefers(file string) (is bool) {
	if len(s.preferred) == 0 {
		return false
	}
	file = files.Absolute(file)
	for i := range s.preferred {
		p := &s.preferred[i]
		if file == p.path || strings.HasPrefix(file, p.path+string(filepath.Separator)) {
			p.has, is = true, true
		}
	}
	return is
}

// settle says which forms count, when all are there. What is put behind another
// form of its project is compared with nothing: it would be a copy of that.
func (k *Review) settle() error {
	k.index = nil
	s := &k.standing
	s.result = returns.Settle(k.o.Projects.identities(), s.forms, func(i int) returns.Return {
		r, _ := s.form(i)
		return r
	})
	if s.err != nil {
		return s.err
	}
	for _, p := range s.preferred {
		if !p.has {
			k.problem(fmt.Errorf("--prefer %s：审核的文件中没有它，也没有在它里面的自评表", p.name))
		}
	}
	for form := range s.forms {
		if s.result.Certain(form) {
			k.batch.Leave(form)
		}
	}
	return nil
}

// place says of a form whether it counts.
func (k *Review) place(t *report.Table, form int) {
	s := &k.standing.result
	t.Standing, t.Reason = s.Standings[form].String(), s.Reasons[form]
	if l := s.Listed[form]; l >= 0 {
		t.Listed = k.o.Projects.names[l]
		return
	}
	if t.Standing != "" {
		return
	}
	for _, f := range t.Findings {
		if aside := k.o.Rules.Rule(f.Rule).Aside; aside != "" {
			t.Standing, t.Reason = aside, f.Message
			return
		}
	}
}

// listed returns the projects that are expected, as the summary shows them.
func (k *Review) listed() []summary.Listed {
	if k.o.Projects == nil {
		return nil
	}
	list := make([]summary.Listed, len(k.o.Projects.names))
	for i, x := range k.o.Projects.names {
		list[i] = summary.Listed{Identity: x, Returned: k.standing.result.Returned[i], Near: k.standing.result.Missing[i]}
	}
	return list
}
