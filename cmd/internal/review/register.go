package review

import (
	"fmt"

	"ziping/cmd/internal/files"
	"ziping/rules/sendback"
	"ziping/rules/summary"
	"ziping/sheet/returns"
)

// Register reads what earlier rounds sent back out of summaries and lists of what was
// sent back.
func Register(names []string) ([]sendback.Entry, error) {
	var all [][]sendback.Entry
	for _, name := range names {
		data, err := files.Read(name)
		if err != nil {
			return nil, files.Explain(err)
		}
		entries, err := sendback.Read(data)
		if err != nil {
			return nil, files.Wrap(name, err)
		}
		if entries == nil && !files.IsOurs(name) {
			return nil, fmt.Errorf("%s：不是 ziping 的汇总，也不是退回清单", name)
		}
		all = append(all, entries)
	}
	return sendback.Register(all...), nil
}

// registered returns the register with what the marks of the workbooks add to it, and
// with what has become of each entry.
func (k *Review) registered(register []sendback.Entry) ([]summary.Registered, error) {
	s := &k.standing
	var marked []sendback.Entry
	for i := range s.forms {
		if r, sent := s.form(i); r.Round > 0 && r.Name != "" {
			marked = append(marked, sendback.Entry{Identity: r.Identity, Round: r.Round, Date: sent, Errors: sendback.Unknown, Warnings: sendback.Unknown})
		}
	}
	register = sendback.Register(register, marked)
	var names []returns.Identity
	at := map[returns.Identity]int{}
	for _, e := range register {
		if _, ok := at[e.Identity]; !ok {
			at[e.Identity] = len(names)
			names = append(names, e.Identity)
		}
	}
	index := returns.NewList(names)
	forms := make([][]int, len(names)) // by project
	if len(names) == 0 {
		return nil, s.err
	}
	for i := range s.forms {
		r, _ := s.form(i)
		if n := index.Index(r.Identity); n >= 0 {
			forms[n] = append(forms[n], i)
		}
	}
	list := make([]summary.Registered, len(register))
	for i, e := range register {
		list[i].Entry = e
		for _, f := range forms[at[e.Identity]] {
			r, _ := s.form(f)
			list[i].Answered = list[i].Answered || r.Round > e.Round || r.Round == e.Round && !r.Untouched
			if s.result.Standings[f] == returns.Counts {
				list[i].File, list[i].Table = r.File, f-int(s.first[s.book(f)])
			}
		}
	}
	return list, s.err
}
