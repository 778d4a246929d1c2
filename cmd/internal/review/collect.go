package review

import (
	"context"
	"encoding/binary"
	"io"
	"path/filepath"

	"ziping/cmd/internal/files"
	"ziping/cmd/internal/run"
	"ziping/rules/sendback"
	"ziping/rules/summary"
	"ziping/sheet/spill"
)

// Summing says how a summary is made.
type Summing struct {
	Dir      string           // as seen from it files are linked
	Register []sendback.Entry // what earlier rounds sent back
}

// Collect writes the summary of all workbooks, in the order of their names: then
// it does not matter in what order they came. The review can't be used after it.
func (k *Review) Collect(ctx context.Context, o Summing, out io.Writer) (s summary.Counts, err error) {
	register, err := k.registered(o.Register)
	if err != nil {
		return s, err
	}
	w := summary.New(summary.Options{Rules: k.o.Rules.Rules(), Listed: k.listed(), Register: register, Link: linkFrom(o.Dir)})
	defer w.Close()
	order, err := k.byName()
	if err != nil {
		return s, err
	}
	err = run.Each(ctx, k.o.Progress, "汇总", len(order), func(i int) reviewed {
		f, err := k.file(int(order[i]))
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
	k.Close() // memory for the sheets
	k.records, k.standing = nil, standings{}
	return w.Write(out)
}

// byName returns the workbooks in the order of their names.
func (k *Review) byName() ([]int32, error) {
	var sorter spill.Sorter
	defer sorter.Close()
	var record []byte
	for i := range k.records {
		name := k.standing.of(i).name
		record = append(append(append(append(record[:0], filepath.Clean(name)...), 0), name...), 0)
		if err := sorter.Add(binary.BigEndian.AppendUint32(record, uint32(i))); err != nil {
			return nil, err
		}
	}
	order := make([]int32, 0, len(k.records))
	for record, err := range sorter.All() {
		if err != nil {
			return nil, err
		}
		order = append(order, int32(binary.BigEndian.Uint32(record[len(record)-4:])))
	}
	return order, k.standing.err
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
