package review

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"sync"

	"ziping/cmd/internal/files"
	"ziping/sheet"
	"ziping/sheet/annotate"
	"ziping/sheet/book"
	"ziping/sheet/convert"
	"ziping/sheet/issued"
	"ziping/sheet/livecheck"
	"ziping/sheet/read"
	"ziping/sheet/xlsx"
	"ziping/template"
)

// Opener opens workbooks, also those that are stored in another format or
// encrypted. It may be used from several goroutines.
type Opener struct {
	Passwords []string      // tried one by one on encrypted workbooks
	Key       []byte        // what the records were sealed with when they were issued
	Forms     []*sheet.Form // those that a workbook may hold; nil stands for those that are built in
	Limits    xlsx.Limits
}

// ErrOurList is the error of a workbook below a directory that is a list or a
// summary of ours. Nobody needs to hear of it.
var ErrOurList = errors.New("这是 ziping 的清单或汇总，不是自评表")

// Named returns the forms that were asked for by name.
func (o *Opener) Named() []*sheet.Form {
	if len(o.Forms) == 0 {
		return nil
	}
	return o.Forms[len(sheet.Forms()):]
}

// options returns what is known of the workbooks that come back.
func (o *Opener) options() issued.Options {
	return issued.Options{Key: o.Key, Version: func(layout string) int { return versions()[layout] }, Forms: o.Forms, Limits: o.Limits}
}

// versions are those of the official layouts, by name.
var versions = sync.OnceValue(template.Versions)

// opened is a workbook with its forms.
type opened struct {
	convert.Workbook
	found  []sheet.Found
	marks  annotate.Marks
	digest [sha256.Size]byte // of the file as it was
}

// read reads what a workbook holds.
func (w *opened) read(o issued.Options) error {
	if w.Book == nil {
		var err error
		w.Book, err = xlsx.OpenLimits(w.Data, o.Limits)
		if err != nil {
			return err
		}
	}
	var err error
	w.found, err = read.FormsIn(w.Book, o)
	if err != nil {
		return err
	}
	w.marks, err = annotate.MarksIn(w.Book, o.Key)
	return err
}

// forms opens a workbook and reads its forms. Errors name the file.
func (o *Opener) forms(ctx context.Context, file files.File) (w opened, err error) {
	defer guard(file.Name, &err)
	data, err := file.Read(o.Limits)
	if err != nil {
		return w, raisable(files.Explain(err))
	}
	w.digest = sha256.Sum256(data)
	w.Workbook, err = convert.Convert(ctx, data, o.Passwords, o.Limits)
	if err == nil {
		err = w.read(o.options())
	}
	if err == nil {
		return w, nil
	}
	if errors.Is(err, read.ErrNoForm) && book.Marked(bytes.NewReader(data), int64(len(data))) {
		if !file.Named {
			return w, ErrOurList
		}
		err = ErrOurList
	}
	return w, files.Wrap(file.Name, raisable(err))
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
	File   string
	Found  []sheet.Found
	Marks  annotate.Marks
	Secret bool  // it was encrypted
	Err    error // names the file

	digest   [sha256.Size]byte
	unsolved func() []string // what 填报检查 says
}

// Read opens a workbook and reads its forms.
func (o *Opener) Read(ctx context.Context, file files.File) Reading {
	w, err := o.forms(ctx, file)
	return Reading{file.Name, w.found, w.marks, w.Password != "", err, w.digest, func() []string { return livecheck.Unsolved(w.Book) }}
}

// guard makes a defect of ours that a file brings to light an error of that
// file: it must not stop the others.
func guard(file string, err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("%s：处理这个文件时程序出错，请把它连同这一行交给维护者：%v", file, p)
	}
}
