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

	"ziping/cmd/internal/files"
	"ziping/cmd/internal/run"
	"ziping/rules"
	"ziping/rules/report"
	"ziping/sheet/returns"
)

// partLine is where a line of a part stands.
type partLine struct {
	file string
	line int
}

// RunParts takes the results of other runs, which check wrote as jsonl, for
// workbooks checked by this one. What only all of them together show is found
// anew. A part that is called - is read from stdin.
func (k *Review) RunParts(ctx context.Context, parts []string, stdin io.Reader) error {
	var at []partLine
	for _, part := range parts {
		err := k.readPart(part, stdin, func(n int, line []byte) error {
			at = append(at, partLine{part, n})
			return k.lines.Add(line)
		})
		if err != nil {
			return err
		}
	}
	err := run.Each(ctx, k.o.Progress, "读", len(at), func(i int) checked {
		line, err := k.lines.Record(i)
		if err != nil {
			return checked{err: err}
		}
		f, whole, err := k.parsePart(line)
		if err != nil {
			return checked{err: fmt.Errorf("%s:%d: %w", at[i].file, at[i].line, err)}
		}
		if !whole {
			line = nil
		}
		c := packed(f, line)
		c.kept, c.record = whole, ^int32(i)
		return c
	}, func(_ int, r checked) error { return k.add(r) })
	if err != nil {
		return err
	}
	return k.settle()
}

// packed is what was found in a workbook, with its forms: the line that says so, nil
// where there is none yet.
func packed(f report.File, line []byte) checked {
	c := unpacked(f, line)
	if line == nil {
		c = pack(f)
	}
	for _, t := range f.Tables {
		c.identities = append(c.identities, returns.Of(t.Form))
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

// parsePart reads a line of a part. The findings of batch rules are left out: they
// know only the workbooks of their own part. The line is whole where there are none.
func (k *Review) parsePart(line []byte) (f report.File, whole bool, err error) {
	f, err = report.ParseLine(line)
	if err != nil {
		return f, false, fmt.Errorf("这一行已损坏或不完整，请重新审核这一部分：%w", err)
	}
	whole = true
	for i := range f.Tables {
		t := &f.Tables[i]
		if t.Form == nil || t.Compared == nil {
			return f, false, errors.New("这一行没有表的内容（table、compared），请用现在的 check --format jsonl 重新审核这一部分")
		}
		if t.Findings == nil {
			return f, false, errors.New("这一行没有审核发现（findings），请用现在的 check --format jsonl 重新审核这一部分")
		}
		for _, x := range t.Findings {
			if err := k.knows(x.Rule); err != nil {
				return f, false, err
			}
			if !slices.Contains(rules.Severities, x.Severity) {
				return f, false, fmt.Errorf("没有“%s”这一级别，应为 error、warning 或 info；请重新审核这一部分", x.Severity)
			}
		}
		for _, m := range t.Compared.Members {
			if err := k.knows(m.Rule); err != nil {
				return f, false, err
			}
		}
		all := len(t.Findings)
		t.Findings = slices.DeleteFunc(t.Findings, func(x rules.Finding) bool { return k.o.Rules.Rule(x.Rule).Scope == rules.ScopeBatch })
		whole = whole && len(t.Findings) == all
	}
	return f, whole, nil
}

// knows reports a rule that this run does not have.
func (k *Review) knows(id string) error {
	if r := k.o.Rules.Rule(id); r != nil && !r.Disabled {
		return nil
	}
	return fmt.Errorf("这一部分是用另外的规则审核的：现在的规则中没有“%s”；请用 --rules 指定审核时的规则文件", id)
}
