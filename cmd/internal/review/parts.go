package review

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"sort"

	"ziping/cmd/internal/files"
	"ziping/cmd/internal/run"
	"ziping/rules"
	"ziping/rules/report"
	"ziping/sheet/returns"
)

// parts are what other runs wrote, whose lines are in the spool.
type parts struct {
	names []string
	at    []partLine // of each first record that does not stand behind the one before
}

// partLine is where the line of a record stands: in which of the parts.
type partLine struct{ record, part, line int }

// add notes where the line of the next record stands.
func (p *parts) add(next partLine) {
	if last := len(p.at) - 1; last < 0 || p.at[last].part != next.part || next.line-p.at[last].line != next.record-p.at[last].record {
		p.at = append(p.at, next)
	}
}

// wrong says where a line stands with which something is wrong.
func (p *parts) wrong(record int, err error) error {
	at := p.at[sort.Search(len(p.at), func(i int) bool { return p.at[i].record > record })-1]
	return fmt.Errorf("%s:%d: %w", p.names[at.part], at.line+record-at.record, err)
}

// damaged says of a line that it can't be read.
func (p *parts) damaged(record int, err error) error {
	if err == nil || len(p.at) == 0 {
		return err
	}
	return p.wrong(record, fmt.Errorf("这一行已损坏或不完整，请重新审核这一部分：%w", err))
}

// RunParts takes the results of other runs, which check wrote as jsonl, for
// workbooks checked by this one. What only all of them together show is found
// anew. A part that is called - is read from stdin.
func (k *Review) RunParts(ctx context.Context, names []string, stdin io.Reader) error {
	k.parts.names = names
	for i, name := range names {
		err := k.readPart(name, stdin, func(n int, line []byte) error {
			k.parts.add(partLine{k.spool.Len(), i, n})
			return k.spool.Add(line)
		})
		if err != nil {
			return err
		}
	}
	err := run.Each(ctx, k.o.Progress, "读", k.spool.Len(), k.partOf, func(_ int, r checked) error { return k.add(r) })
	if err != nil {
		return err
	}
	return k.settle()
}

// partOf reads of a line of a part what its workbook is known and compared by.
func (k *Review) partOf(record int) checked {
	f, err := k.read(record, report.ParseHead)
	if err == nil {
		err = k.accept(&f)
		if err != nil {
			err = k.parts.wrong(record, err)
		}
	}
	c := checked{File: f, record: record, err: err}
	for i := range f.Tables {
		if form := f.Tables[i].Form; form != nil {
			c.identities = append(c.identities, returns.Of(form))
		}
	}
	return c
}

// longestLine is the longest line of a part, in bytes.
const longestLine = 256 << 20

// readPart reads the lines of a part. The last one says how many there must be;
// parts that were put together in one file have several of these.
func (k *Review) readPart(part string, stdin io.Reader, add func(n int, line []byte) error) error {
	in := stdin
	if part != "-" {
		file, err := os.Open(part)
		if err != nil {
			return files.Explain(err)
		}
		defer file.Close()
		in = file
		k.private = k.private || isPrivate(file)
	}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, longestLine)
	n, open := 0, 0 // lines, and those of them that no end has counted
	for lines.Scan() {
		n++
		count, end := report.ParseEnd(lines.Bytes())
		if end && count != open {
			return fmt.Errorf("%s:%d: 这一行说前面有 %d 个工作簿，实际有 %d 个；请重新审核这一部分", part, n, count, open)
		}
		if end {
			open = 0
			continue
		}
		if !bytes.HasPrefix(lines.Bytes(), []byte("{")) {
			return fmt.Errorf("%s:%d: 不是 check --format jsonl 的输出", part, n)
		}
		open++
		if err := add(n, lines.Bytes()); err != nil {
			return err
		}
	}
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return fmt.Errorf("%s:%d: 这一行太长，不是 check --format jsonl 的输出", part, n+1)
	case err != nil:
		return files.Explain(err)
	case n == 0:
		return fmt.Errorf("%s：是空的，请重新审核这一部分", part)
	case open > 0:
		return fmt.Errorf("%s：不完整，最后没有写明共有几个工作簿的一行；请重新审核这一部分", part)
	}
	return nil
}

// isPrivate reports whether only its owner may read a file. Windows has other
// means for that.
func isPrivate(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && runtime.GOOS != "windows" && info.Mode().IsRegular() && info.Mode().Perm()&0o077 == 0
}

// accept reports what of a line of a part this run can't go on from.
func (k *Review) accept(f *report.File) error {
	for i := range f.Tables {
		t := &f.Tables[i]
		if t.Form == nil || t.Compared == nil {
			return errors.New("这一行没有表的内容（table、compared），请用现在的 check --format jsonl 重新审核这一部分")
		}
		if t.Findings == nil {
			return errors.New("这一行没有审核发现（findings），请用现在的 check --format jsonl 重新审核这一部分")
		}
		for _, x := range t.Findings {
			if err := k.knows(x.Rule); err != nil {
				return err
			}
			if !slices.Contains(rules.Severities, x.Severity) {
				return fmt.Errorf("没有“%s”这一级别，应为 error、warning 或 info；请重新审核这一部分", x.Severity)
			}
		}
		for _, m := range t.Compared.Members {
			if err := k.knows(m.Rule); err != nil {
				return err
			}
		}
	}
	return nil
}

// ofBatch reports whether a finding is one of a batch rule. Those of a part are left out:
// they know only the workbooks of their own part.
func (k *Review) ofBatch(x rules.Finding) bool {
	return k.o.Rules.Rule(x.Rule).Scope == rules.ScopeBatch
}

// knows reports a rule that this run does not have.
func (k *Review) knows(id string) error {
	if r := k.o.Rules.Rule(id); r != nil && !r.Disabled {
		return nil
	}
	return fmt.Errorf("这一部分是用另外的规则审核的：现在的规则中没有“%s”；请用 --rules 指定审核时的规则文件", id)
}
