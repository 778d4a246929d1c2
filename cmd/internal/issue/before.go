package issue

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"ziping/sheet"
	"ziping/sheet/issued"
	"ziping/sheet/xlsx"
)

// before reports whether the workbook of a project was written before, with what
// would be issued now. It is an error where something else stands in its place:
// nothing that was issued is replaced.
func before(file string, data []byte) (same bool, err error) {
	old, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	was, is := issued.Of(old, xlsx.DefaultLimits()), issued.Of(data, xlsx.DefaultLimits())
	if was == nil || is == nil {
		return false, &fs.PathError{Op: "write", Path: file, Err: fs.ErrExist}
	}
	changes := changes(was.Issued, is.Issued)
	if was.Layout != is.Layout {
		changes = append(changes, fmt.Sprintf("版式由 %s 改为 %s", was.Layout, is.Layout))
	}
	if len(changes) > 0 {
		return false, fmt.Errorf("%s：已经发放过，清单中的这个项目与发放时不同：%s；没有替换，要重新发放请先移走原来的工作簿", file, strings.Join(changes, "；"))
	}
	return true, nil
}

// mostChanges is how many changes of a project are named.
const mostChanges = 5

// changes says in which values two forms differ.
func changes(was, is *sheet.Table) []string {
	var paths []sheet.Path
	values := map[sheet.Path][2]string{}
	for i, t := range []*sheet.Table{was, is} {
		for path, v := range t.All() {
			if _, ok := values[path]; !ok {
				paths = append(paths, path)
			}
			pair := values[path]
			pair[i] = sheet.Show(v)
			values[path] = pair
		}
	}
	var list []string
	for _, path := range paths {
		pair := values[path]
		if pair[0] == pair[1] {
			continue
		}
		if len(list) == mostChanges {
			return append(list, "等")
		}
		list = append(list, fmt.Sprintf("“%s”由%s改为%s", path, quoted(pair[0]), quoted(pair[1])))
	}
	return list
}

func quoted(text string) string {
	if text == "" {
		return "空白"
	}
	return "“" + text + "”"
}
