// Package review is the work behind check, annotate and collect: workbooks are
// opened and checked, what was found is kept, and reports, annotated copies and
// summaries are made of it. It knows no command line.
package review

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash/maphash"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"ziping/cmd/internal/files"
	"ziping/cmd/internal/run"
	"ziping/rules"
	"ziping/rules/report"
	"ziping/sheet/returns"
)

// Options say how to review, and who is told of it. Functions that are nil tell
// nobody; all are called from one goroutine.
type Options struct {
	Rules    *rules.Set
	Opener   Opener
	Previous *rules.Records // forms of the year before, that rules compare with
	Projects *Projects      // that are expected, and compared with; nil where there is no list
	Prefer   []string       // files and directories whose forms count, whatever their marks say
	Least    rules.Severity // what is less grave is left out; everything is kept where it is empty
	Forms    bool           // keep the forms too, for reports that show them
	Reported bool           // the report says which files could not be read: Problem need not
	Progress run.Progress
	Problem  func(err error)   // of a file that can't be read or written; its error names it
	Notice   func(text string) // something that ought to be known
}

// Review is one run over workbooks. Some rules compare the forms of all of them,
// so it goes over them twice: Run reads and checks each, and writes down what it
// found; Report, Annotate and Collect give it back, with what only all of them
// together show.
type Review struct {
	o        Options
	batch    *rules.Batch
	records  []int32          // of the spool, by book
	sources  []source         // of the books, where they are not those of parts
	index    map[uint64]int32 // of the books by a hash of their place
	seed     maphash.Seed     // of the hashes
	absolute func(file string) string
	spool    files.Spool // what was found in them, a line each
	parts    parts       // where others wrote the lines
	standing standings
	private  bool
	outcome  Outcome
}

// source is a workbook of a review.
type source struct {
	file   files.File
	digest [sha256.Size]byte // of what was checked
}

// Outcome is how a review came out; what is worse is greater.
type Outcome int

// The outcomes.
const (
	Passed Outcome = iota // no errors were found
	Wrong                 // some form has an error
	Failed                // some file could not be read or written
)

// New begins a review.
func New(o Options) *Review {
	o.Least = cmp.Or(o.Least, rules.Info)
	return &Review{o: o, batch: o.Rules.NewBatch(), index: map[uint64]int32{}, seed: maphash.MakeSeed(), absolute: files.Absolutes(), standing: standings{preferred: preferencesOf(o.Prefer)}}
}

// Close gives back what the review has taken.
func (k *Review) Close() {
	k.spool.Close()
	k.batch.Close()
	k.standing.spool.Close()
}

// Outcome returns how it came out.
func (k *Review) Outcome() Outcome { return k.outcome }

// Private reports whether some of what was found comes out of encrypted workbooks,
// or of parts that only their owner may read: so must be what is written of it.
func (k *Review) Private() bool { return k.private }

func (k *Review) problem(err error) {
	k.outcome = Failed
	if k.o.Problem != nil {
		k.o.Problem(err)
	}
}

func (k *Review) notice(format string, args ...any) {
	if k.o.Notice != nil {
		k.o.Notice(fmt.Sprintf(format, args...))
	}
}

// checked is a workbook on its way into the spool.
type checked struct {
	report.File
	source
	identities []returns.Identity // of the forms
	secret     bool
	line       []byte // nil where it is in the spool already:
	record     int
	err        error
}

// Run checks the workbooks that were found, and tells of what was not.
func (k *Review) Run(ctx context.Context, found files.Found) error {
	for _, e := range found.Errors {
		if err := k.add(pack(report.File{Name: e.File, Err: e.Err})); err != nil {
			return err
		}
	}
	if text := found.Notice(); text != "" {
		k.notice("%s", text)
	}
	err := run.Each(ctx, k.o.Progress, "审核", len(found.Files), func(i int) checked { return k.check(ctx, found.Files[i]) },
		func(_ int, r checked) error { return k.add(r) })
	if err != nil {
		return err
	}
	if k.Len() == 0 {
		k.problem(found.None("工作簿"))
	}
	return k.settle()
}

// check reads and checks one workbook.
func (k *Review) check(ctx context.Context, file files.File) checked {
	r := k.o.Opener.Read(ctx, file)
	f := report.File{Name: file.Name, Err: r.Err, Tables: make([]report.Table, len(r.Found)), Return: cameBack(file, &r)}
	var identities []returns.Identity
	for i, found := range r.Found {
		k.o.Projects.compare(found.Table)
		findings, compared := k.o.Rules.CheckAndCompare(found.Table, rules.Source{File: filepath.Base(file.Name), Previous: k.o.Previous, List: k.o.Projects.compared()})
		if len(findings) > 0 {
			k.o.Rules.MarkShown(findings, r.unsolved())
		}
		t := report.Table{
			Project: found.Table.Project.Value, Sheet: found.Sheet, Compared: &compared, Findings: findings, Replies: repliesIn(&r.Marks, r.Found, i),
		}
		identities = append(identities, returns.Of(found.Table))
		if score := found.Table.Total.Score; score.Known {
			t.SetTotal(new(score.Value))
		}
		if k.o.Forms {
			t.Form = found.Table
		}
		f.Tables[i] = t
	}
	if shown := printable(file.Name); shown != file.Name && f.Err != ErrOurList {
		f = renamed(f, shown)
	}
	c := pack(f)
	c.source, c.secret, c.identities = source{file: file, digest: r.digest}, r.Secret, identities
	return c
}

func pack(f report.File) checked {
	line, err := report.Line(f)
	return checked{File: f, source: source{file: files.File{Name: f.Name}}, line: line, err: err}
}

// renamed is what was found in a file, under another name.
func renamed(f report.File, name string) report.File {
	if f.Err != nil {
		f.Err = errors.New(strings.ReplaceAll(f.Err.Error(), f.Name, name))
	}
	f.Name = name
	return f
}

// printable is the name of a file as reports can hold it: archives from Windows
// that were unpacked elsewhere leave names in GBK.
func printable(name string) string {
	if utf8.ValidString(name) {
		return name
	}
	return strings.Trim(strconv.QuoteToGraphic(name), `"`)
}

// add writes down what was found in a workbook. One that is named twice counts
// once.
func (k *Review) add(r checked) error {
	if r.err != nil {
		return r.err
	}
	if r.Err == ErrOurList {
		return nil
	}
	hash, i := k.known(r.Name)
	if i >= 0 {
		return k.again(i, r)
	}
	k.index[hash] = int32(k.Len())
	if r.Err != nil {
		k.outcome = Failed
		if !k.o.Reported {
			k.problem(r.Err)
		}
	}
	if r.line != nil {
		r.record = k.spool.Len()
		k.sources = append(k.sources, r.source)
	}
	k.records = append(k.records, int32(r.record))
	k.private = k.private || r.secret
	if err := k.stand(r); err != nil {
		return err
	}
	for _, t := range r.Tables {
		if err := k.batch.Add(r.Name, *t.Compared); err != nil {
			return err
		}
	}
	if r.line == nil {
		return nil
	}
	return k.spool.Add(r.line)
}

// read reads a record of the spool.
func (k *Review) read(record int, parse func(line []byte) (report.File, error)) (f report.File, err error) {
	err = k.spool.With(record, func(line []byte) (err error) {
		f, err = parse(line)
		return k.parts.damaged(record, err)
	})
	return f, err
}

// known returns the book of a file, whatever its spelling, -1 where there is none, and the
// hash by which it is indexed.
func (k *Review) known(name string) (hash uint64, book int) {
	place := k.absolute(name)
	for hash = maphash.String(k.seed, place); ; hash++ {
		i, ok := k.index[hash]
		if !ok {
			return hash, -1
		}
		if k.absolute(k.standing.of(int(i)).name) == place {
			return hash, int(i)
		}
	}
}

// again tells that a workbook was named a second time. Two results of one
// workbook can't both be right.
func (k *Review) again(i int, r checked) error {
	first, err := k.spool.Record(int(k.records[i]))
	if err != nil {
		return err
	}
	line := r.line
	if line == nil {
		line, err = k.spool.Record(r.record)
		if err != nil {
			return err
		}
	}
	same := bytes.Equal(first, line)
	if !same { // written by different programs, in different parts, or the name has another spelling
		first, err = k.alone(first, r.Name)
		if err != nil {
			return k.parts.damaged(int(k.records[i]), err)
		}
		line, err = k.alone(line, r.Name)
		if err != nil {
			return k.parts.damaged(r.record, err)
		}
		same = bytes.Equal(first, line)
	}
	if !same {
		return fmt.Errorf("%s：这个文件的审核结果有两份，而且不一样；请只留一份，或重新审核", r.Name)
	}
	k.notice("%s 出现了不止一次，只计一次", r.Name)
	return nil
}

// alone returns a line as this program writes it of a workbook by itself, under a name.
func (k *Review) alone(line []byte, name string) ([]byte, error) {
	f, err := report.ParseLine(line)
	if err != nil {
		return nil, err
	}
	for i := range f.Tables {
		f.Tables[i].Findings = slices.DeleteFunc(f.Tables[i].Findings, k.ofBatch)
	}
	return report.Line(renamed(f, name))
}

// file returns a workbook with all its findings, but for those that are less
// grave than asked for. It may be called from several goroutines.
func (k *Review) file(i int) (report.File, error) {
	f, err := k.read(int(k.records[i]), report.ParseLine)
	if err != nil {
		return f, err
	}
	for j := range f.Tables {
		t, form := &f.Tables[j], int(k.standing.first[i])+j
		t.Findings = slices.DeleteFunc(t.Findings, k.ofBatch)
		if !k.standing.result.Certain(form) {
			more, err := k.batch.Findings(f.Name, *t.Compared)
			if err != nil {
				return f, err
			}
			t.Findings = rules.Sorted(append(t.Findings, more...))
		}
		k.place(t, form)
		t.Replies = slices.DeleteFunc(t.Replies, func(r report.Reply) bool { return k.knows(r.Rule) != nil })
		for n := range t.Replies {
			t.Replies[n].Settle(t.Findings)
		}
		t.Findings = slices.DeleteFunc(t.Findings, func(f rules.Finding) bool { return !f.Severity.AtLeast(k.o.Least) })
	}
	return f, nil
}

// reviewed is a workbook with all its findings, or why there is no result of it.
type reviewed struct {
	report.File
	err error
}

// Report writes what was found, and returns of how many workbooks it wrote it.
func (k *Review) Report(ctx context.Context, w report.Writer) (done int, err error) {
	err = run.InOrder(ctx, k.Len(), func(i int) reviewed {
		f, err := k.file(i)
		return reviewed{f, err}
	}, func(_ int, r reviewed) error {
		if r.err != nil {
			return r.err
		}
		k.count(r.File)
		done++
		return w.Write(r.File)
	})
	if err != nil {
		return done, err
	}
	return done, w.Close()
}

// Len returns how many workbooks there are.
func (k *Review) Len() int { return len(k.records) }

// count notes the errors of a workbook.
func (k *Review) count(f report.File) {
	for _, t := range f.Tables {
		if t.Superseded() {
			continue
		}
		for _, x := range t.Findings {
			if x.Severity == rules.Error {
				k.outcome = max(k.outcome, Wrong)
			}
		}
	}
}
