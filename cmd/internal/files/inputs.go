package files

import (
	"cmp"
	"fmt"
	"hash/maphash"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Inputs are the files that a command reads. Nothing is written in their place,
// not even with --force: what stands there may be all that a department has. The
// zero value has none.
//
// There may be a hundred thousand, so little is kept of each.
type Inputs struct {
	all   []input
	names prints            // by canonical name
	files prints            // by what all names of one file have in common
	dirs  map[string]string // by name: with their links resolved
}

type input struct {
	name   string // as people wrote it
	unread bool   // if it is a list or a summary of ours
}

// print is the hash of something known of an input, as its name or its size and time.
// Several inputs may have the same one.
type print struct {
	hash  uint64
	input int32
}

// prints are sorted at the first look-up, when all have been added.
type prints struct {
	list   []print
	sorted bool
}

var seed = maphash.MakeSeed()

func (p *prints) add(hash uint64, input int) {
	p.list, p.sorted = append(p.list, print{hash, int32(input)}), false
}

// of yields the inputs that have a print, in the order in which they were added.
func (p *prints) of(hash uint64) iter.Seq[int] {
	if !p.sorted {
		slices.SortFunc(p.list, func(a, b print) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.input, b.input)) })
		p.sorted = true
	}
	return func(yield func(int) bool) {
		i, _ := slices.BinarySearchFunc(p.list, hash, func(x print, hash uint64) int { return cmp.Compare(x.hash, hash) })
		for ; i < len(p.list) && p.list[i].hash == hash && yield(int(p.list[i].input)); i++ {
		}
	}
}

// commonOf is what all names of one file have in common: its size, and when it was written.
func commonOf(info fs.FileInfo) uint64 {
	return maphash.Comparable(seed, [2]int64{info.Size(), info.ModTime().UnixNano()})
}

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
	if info, err := os.Stat(name); err == nil {
		in.files.add(commonOf(info), len(in.all))
	}
	in.names.add(maphash.String(seed, in.canonical(name)), len(in.all))
	in.all = append(in.all, input{name, unread})
}

// Refuse returns an error where an output has the place of an input: whatever
// links and spellings lead there, and in small letters or capitals, which many
// systems don't tell apart.
func (in *Inputs) Refuse(output string) error {
	if len(in.all) == 0 {
		return nil
	}
	info, missing := os.Stat(output)
	isFile := func(x input) bool {
		now, err := os.Stat(x.name)
		return err == nil && os.SameFile(info, now)
	}
	name := in.canonical(output)
	for i := range in.names.of(maphash.String(seed, name)) {
		x := in.all[i]
		if in.canonical(x.name) == name && (missing != nil || isFile(x)) && (!x.unread || !IsOurs(x.name)) {
			return refused(output, x.name)
		}
	}
	if missing != nil {
		return nil
	}
	for i := range in.files.of(commonOf(info)) {
		if x := in.all[i]; isFile(x) && (!x.unread || !IsOurs(x.name)) {
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
	if in.dirs == nil {
		in.dirs = map[string]string{}
	}
	if _, ok := in.dirs[dir]; !ok {
		resolved := Absolute(dir)
		if target, err := filepath.EvalSymlinks(resolved); err == nil {
			resolved = target
		}
		in.dirs[dir] = resolved
	}
	return strings.ToLower(norm.NFC.String(filepath.Join(in.dirs[dir], base)))
}
