package review

import (
	"fmt"
	"sort"

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
func (k *Review) registered(register []sendback.Entry) []summary.Registered {
	s := &k.standing
	var marked []sendback.Entry
	for i, r := range s.forms {
		if r.Round > 0 && r.Name != "" {
			marked = append(marked, sendback.Entry{Identity: r.Identity, Round: r.Round, Date: s.sent[i], Errors: sendback.Unknown, Warnings: sendback.Unknown})
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
	for i := range s.forms {
		if n := index.Index(s.forms[i].Identity); n >= 0 {
			forms[n] = append(forms[n], i)
		}
	}
	list := make([]summary.Registered, len(register))
	for i, e := range register {
		list[i].Entry = e
		for _, f := range forms[at[e.Identity]] {
			r := &s.forms[f]
			list[i].Answered = list[i].Answered || r.Round > e.Round || r.Round == e.Round && !r.Untouched
			if s.result.Standings[f] == returns.Counts {
				list[i].File, list[i].Table = r.File, f-s.first[s.book(f)]
			}
		}
	}
	return list
}

// book returns the book of a form.
func (s *standings) book(form int) int {
	return sort.SearchInts(s.first, form+1) - 1
}
