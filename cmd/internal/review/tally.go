package review

import (
	"context"
	"path/filepath"

	"ziping/cmd/internal/files"
	"ziping/cmd/internal/run"
	"ziping/rules"
)

// Tally counts what becomes of each rule over the forms of workbooks, and how many
// forms there are. What can't be read is told and left out.
func Tally(ctx context.Context, o Options, found files.Found) (tally *rules.Tally, forms int, err error) {
	tally = o.Rules.NewTally()
	tell := func(err error) {
		if o.Problem != nil && err != ErrOurList {
			o.Problem(err)
		}
	}
	for _, e := range found.Errors {
		tell(e.Err)
	}
	err = run.Each(ctx, o.Progress, "试算", len(found.Files), func(i int) Reading { return o.Opener.Read(ctx, found.Files[i]) },
		func(_ int, r Reading) error {
			if r.Err != nil {
				tell(r.Err)
			}
			for _, f := range r.Found {
				err := tally.Add(f.Table, rules.Source{File: filepath.Base(r.File), Previous: o.Previous, List: o.Projects.compared()})
				if err != nil {
					return err
				}
				forms++
			}
			return nil
		})
	return tally, forms, err
}
