package review

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"ziping/cmd/internal/files"
	"ziping/rules"
	"ziping/sheet"
	"ziping/sheet/strict"
)

// Previous reads the forms of the year before, as read puts them out with --format
// jsonl or json; nil where there are no files.
func Previous(names []string) (*rules.Records, error) {
	if len(names) == 0 {
		return nil, nil
	}
	var tables []*sheet.Table
	for _, name := range names {
		src, err := files.Read(name)
		if err != nil {
			return nil, files.Explain(err)
		}
		found, err := printed(name, src)
		if err != nil {
			return nil, err
		}
		tables = append(tables, found...)
	}
	return rules.NewRecords(tables), nil
}

// printed returns the forms of an output of read: a list, or an object a line.
func printed(name string, src []byte) (tables []*sheet.Table, err error) {
	one := func(src []byte) error {
		var t struct {
			Table json.RawMessage `json:"table"`
		}
		if err := json.Unmarshal(src, &t); err != nil || t.Table == nil {
			return fmt.Errorf("%s：第 %d 张表读不出；应为 ziping read --format jsonl 的输出", name, len(tables)+1)
		}
		form := new(sheet.Table)
		if err := strict.Unmarshal(name+".json", t.Table, form); err != nil {
			return err
		}
		tables = append(tables, form)
		return nil
	}
	src = bytes.TrimSpace(bytes.TrimPrefix(src, []byte("\ufeff")))
	if bytes.HasPrefix(src, []byte("[")) {
		var list []json.RawMessage
		if err := json.Unmarshal(src, &list); err != nil {
			return nil, fmt.Errorf("%s：不是完整的 JSON；应为 ziping read --format json 的输出", name)
		}
		for _, t := range list {
			if err := one(t); err != nil {
				return nil, err
			}
		}
		return tables, nil
	}
	for r := bufio.NewReader(bytes.NewReader(src)); ; {
		line, err := r.ReadBytes('\n')
		line = bytes.TrimSpace(line)
		if len(line) > 0 {
			if err := one(line); err != nil {
				return nil, err
			}
		}
		if errors.Is(err, io.EOF) {
			return tables, nil
		}
	}
}
