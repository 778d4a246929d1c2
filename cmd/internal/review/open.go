package review

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"ziping/cmd/internal/files"
	"ziping/sheet"
	"ziping/sheet/convert"
	"ziping/sheet/issued"
	"ziping/sheet/read"
	"ziping/sheet/xlsx"
	"ziping/template"
)

// Opener opens workbooks, also those that are stored in another format or
// encrypted. It may be used from several goroutines.
type Opener struct {
	Named     []string // those whose reader asked for them by name
	Passwords []string // tried one by one on encrypted workbooks
	Key       []byte   // what the records were sealed with when they were issued
	Limits    xlsx.Limits
}

// ErrOurList is the error of a workbook below a directory that is a list or a
// summary of ours. Nobody needs to hear of it.
var ErrOurList = errors.New("这是 ziping 的清单或汇总，不是自评表")

// options returns what is known of the workbooks that come back.
func (o *Opener) options() issued.Options {
	return issued.Options{Key: o.Key, Version: func(layout string) int { return versions()[layout] }, Limits: o.Limits}
}

// versions are those of the official layouts, by name. Loading them takes some
// milliseconds, and only workbooks that we issued are asked for theirs.
var versions = sync.OnceValue(func() map[string]int {
	m := map[string]int{}
	for _, name := range template.Names() {
		l, err := template.Load(name)
		if err != nil {
			panic(err) // a defect of the build
		}
		m[name] = l.Version
	}
	return m
})

// forms opens a workbook and reads its forms. Errors name the file.
func (o *Opener) forms(ctx context.Context, file string) (w convert.Workbook, found []sheet.Found, err error) {
	defer guard(file, &err)
	data, err := files.ReadWithin(file, o.Limits)
	if err != nil {
		return w, nil, raisable(sheet.Explain(err))
	}
	w, err = convert.Convert(ctx, data, o.Passwords)
	if err == nil {
		found, err = read.FormsWith(w.Data, o.options())
	}
	if err == nil {
		return w, found, nil
	}
	if errors.Is(err, read.ErrNoForm) && files.IsOurs(file) {
		if !slices.Contains(o.Named, file) {
			return w, nil, ErrOurList
		}
		err = ErrOurList
	}
	return w, found, files.Wrap(file, raisable(err))
}

// raisable says how to raise the limit that a workbook is beyond, if it is one.
func raisable(err error) error {
	var limit *xlsx.LimitError
	if errors.As(err, &limit) && limit.Name != "" {
		return fmt.Errorf("%w；确需读取时可加 --limit %s=更大的数", err, limit.Name)
	}
	return err
}

// Reading is what came out of one workbook.
type Reading struct {
	File  string
	Found []sheet.Found
	Err   error // names the file
}

// Read opens a workbook and reads its forms.
func (o *Opener) Read(ctx context.Context, file string) Reading {
	_, found, err := o.forms(ctx, file)
	return Reading{file, found, err}
}

// guard makes a defect of ours that a file brings to light an error of that
// file: it must not stop the others.
func guard(file string, err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("%s：处理这个文件时程序出错，请把它连同这一行交给维护者：%v", file, p)
	}
}
