package files

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// Inputs are the files that a command reads. Nothing is written in their place,
// not even with --force: what stands there may be all that a department has. The
// zero value has none.
type Inputs struct {
	names map[string]input // by canonical name
	files map[identity][]input
	dirs  map[string]string // by name: with their links resolved
}

type input struct {
	name   string // as people wrote it
	info   fs.FileInfo
	unread bool // if it is a list or a summary of ours
}

// identity is what all names of one file have in common. Others may have it too.
type identity struct {
	size    int64
	written time.Time
}

func identityOf(info fs.FileInfo) identity { return identity{info.Size(), info.ModTime()} }

// Add adds files by their names; empty names, and -, are none.
func (in *Inputs) Add(names ...string) {
	for _, name := range names {
		in.add(name, false)
	}
}

// AddFound adds what was found: of files in an archive, the archive.
func (in *Inputs) AddFound(f Found) { in.addFound(f, false) }

// AddReturns adds what was found by a command that leaves out lists and summaries
// of ours below a directory: those are no inputs.
func (in *Inputs) AddReturns(f Found) { in.addFound(f, true) }

func (in *Inputs) addFound(f Found, unread bool) {
	last := ""
	for _, file := range f.Files {
		if file.path != last {
			in.add(file.path, unread && !file.Named)
		}
		last = file.path
	}
}

func (in *Inputs) add(name string, unread bool) {
	if name == "" || name == "-" {
		return
	}
	if in.names == nil {
		in.names, in.files, in.dirs = map[string]input{}, map[identity][]input{}, map[string]string{}
	}
	x := input{name: name, unread: unread}
	if info, err := os.Stat(name); err == nil {
		x.info = info
		id := identityOf(info)
		in.files[id] = append(in.files[id], x)
	}
	key := in.canonical(name)
	if before, ok := in.names[key]; !ok || before.unread {
		in.names[key] = x
	}
}

// Refuse returns an error where an output has the place of an input: whatever
// links and spellings lead there, and in small letters or capitals, which many
// systems don't tell apart.
func (in *Inputs) Refuse(output string) error {
	if len(in.names) == 0 {
		return nil
	}
	info, missing := os.Stat(output)
	var same []input
	if x, ok := in.names[in.canonical(output)]; ok {
		if now, err := os.Stat(x.name); missing != nil || err == nil && os.SameFile(info, now) {
			same = append(same, x)
		}
	}
	if missing == nil {
		for _, x := range in.files[identityOf(info)] {
			if os.SameFile(info, x.info) {
				same = append(same, x)
			}
		}
	}
	for _, x := range same {
		if !x.unread || !IsOurs(x.name) {
			return refused(output, x.name)
		}
	}
	return nil
}

func refused(output, name string) error {
	if output == name {
		return fmt.Errorf("%s：这是要读取的文件，不能把结果写在它上面；没有写入，请用 -o 另选一个位置", output)
	}
	return fmt.Errorf("%s：这里就是要读取的文件 %s，不能把结果写在它上面；没有写入，请用 -o 另选一个位置", output, name)
}

// canonical returns a name in one spelling.
func (in *Inputs) canonical(name string) string {
	dir, base := filepath.Split(name)
	if _, ok := in.dirs[dir]; !ok {
		resolved := Absolute(dir)
		if target, err := filepath.EvalSymlinks(resolved); err == nil {
			resolved = target
		}
		in.dirs[dir] = resolved
	}
	return strings.ToLower(norm.NFC.String(filepath.Join(in.dirs[dir], base)))
}
