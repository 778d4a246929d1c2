package review

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"ziping/cmd/internal/files"
	"ziping/cmd/internal/run"
	"ziping/rules/report"
	"ziping/sheet/annotate"
	"ziping/sheet/convert"
	"ziping/template"
)

// Copies say how annotated copies are written.
type Copies struct {
	Dir     string            // for them; it must exist
	Correct bool              // put right what follows from other cells
	Force   bool              // replace files that exist
	Inputs  *files.Inputs     // no copy takes the place of one
	Wrote   func(file string) // told of each copy; not nil
}

// Annotate writes an annotated copy of each workbook that could be read.
func (k *Review) Annotate(ctx context.Context, o Copies) error {
	names := k.copyNames(o.Dir)
	var refused []error
	for _, name := range names {
		refused = append(refused, o.Inputs.Refuse(name))
	}
	if err := errors.Join(refused...); err != nil {
		return err
	}
	return run.Each(ctx, k.o.Progress, "批注", len(names), func(i int) reviewed {
		f, err := k.file(i)
		if err == nil && f.Err == nil {
			err = k.writeCopy(ctx, o, f, k.books[i], names[i])
		}
		return reviewed{f, err}
	}, func(i int, r reviewed) error {
		k.count(r.File)
		if r.err != nil {
			k.problem(r.err)
		} else if r.Err == nil {
			o.Wrote(names[i])
		}
		return nil
	})
}

// copyNames returns the names of the copies, in the order of the run.
func (k *Review) copyNames(dir string) []string {
	taken := template.NewFileNames()
	names := make([]string, len(k.books))
	for i, b := range k.books {
		names[i] = filepath.Join(dir, copyName(taken, b.file.Name))
	}
	return names
}

// copySuffix is what the name of a copy ends in.
const copySuffix = "批注"

// copyName returns the name of a file's copy. That of a copy which has come back
// is the same again; that of any other workbook ends in .xlsx, which it becomes.
func copyName(taken *template.FileNames, file string) string {
	ext := filepath.Ext(file)
	stem := strings.TrimSuffix(strings.TrimSuffix(filepath.Base(file), ext), copySuffix)
	if strings.ToLower(ext) != ".xlsm" {
		ext = ".xlsx"
	}
	return taken.For(stem) + copySuffix + ext
}

// writeCopy writes the copy of a workbook, which is the file.
func (k *Review) writeCopy(ctx context.Context, o Copies, f report.File, b source, out string) (err error) {
	defer guard(f.Name, &err)
	original, err := k.o.Opener.forms(ctx, b.file)
	if err != nil {
		return err
	}
	if original.digest != b.digest {
		return fmt.Errorf("%s：文件在审核时被改动了，请重新运行", f.Name)
	}
	r := workbook{set: k.o.Rules, options: k.o.Opener.options(), data: original.Data, found: original.found, tables: f.Tables}
	if o.Correct {
		if err := r.correct(); err != nil {
			return files.Wrap(f.Name, raisable(err))
		}
	}
	annotated, err := annotate.Annotate(r.data, r.notes(), r.options.Limits)
	if err != nil {
		return files.Wrap(f.Name, raisable(err))
	}
	if original.Password != "" { // what was secret stays so
		annotated, err = convert.Encrypt(annotated, original.Password)
		if err != nil {
			return files.Wrap(f.Name, err)
		}
	}
	return files.Explain(files.Write(out, annotated, o.Force))
}
