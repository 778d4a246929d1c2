package review

import (
	"cmp"
	"context"
	"io"
	"path/filepath"
	"slices"

	"ziping/cmd/internal/files"
	"ziping/cmd/internal/run"
	"ziping/rules/sendback"
	"ziping/rules/summary"
)

// Summing says how a summary is made.
type Summing struct {
	Dir      string           // as seen from it files are linked
	Register []sendback.Entry // what earlier rounds sent back
}

// Collect writes the summary of all workbooks, in the order of their names: then
// it does not matter in what order they came. The review can't be used after it.
func (k *Review) Collect(ctx context.Context, o Summing, out io.Writer) (s summary.Counts, err error) {
	w := summary.New(summary.Options{Rules: k.o.Rules.Rules(), Listed: k.listed(), Register: k.registered(o.Register), Link: linkFrom(o.Dir)})
	defer w.Close()
	order := make([]int, len(k.books))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		x, y := k.books[a].file.Name, k.books[b].file.Name
		return cmp.Or(cmp.Compare(filepath.Clean(x), filepath.Clean(y)), cmp.Compare(x, y))
	})
	err = run.Each(ctx, k.o.Progress, "汇总", len(order), func(i int) reviewed {
		f, err := k.file(order[i])
		return reviewed{f, err}
	}, func(_ int, r reviewed) error {
		if r.err != nil {
			return r.err
		}
		k.count(r.File)
		return w.Add(r.File)
	})
	if err != nil {
		return s, err
	}
	k.batch.Close()
	k.index, k.books, k.standing = nil, nil, standings{} // memory for the sheets
	return w.Write(out)
}

// linkFrom returns how files are linked in a workbook that stands in dir.
func linkFrom(dir string) func(file string) string {
	place := files.Absolutes()
	return func(file string) string {
		file = files.Container(file)
		rel, err := filepath.Rel(dir, file)
		if err != nil { // one of both is absolute, or on another disk
			rel = place(file)
			if r, err := filepath.Rel(place(dir), rel); err == nil {
				rel = r
			}
		}
		return filepath.ToSlash(rel)
	}
}
