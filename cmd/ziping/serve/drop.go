package serve

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"ziping/cmd/internal/files"
	"ziping/sheet/opc"
)

// drop is what was dropped at one time. Its files lie in a directory of their own,
// under the names that they came with.
type drop struct {
	ID     int
	Kind   string // what it is for
	Expect int    // how many files are coming
	limit  int64  // of the size of a workbook, in bytes
	dir    string
	root   *os.Root

	mu    sync.Mutex
	there map[int]bool // by their places
	files []dropped
	errs  []files.Error // of files that could not be taken
}

// dropped is a file of a drop.
type dropped struct {
	name   string // below its directory, with slashes
	digest [sha256.Size]byte
}

func newDrop(dir string, id int, kind string, expect int, limit int64) (*drop, error) {
	dir = filepath.Join(dir, fmt.Sprintf("drop-%d", id))
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, files.Explain(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, files.Explain(err)
	}
	return &drop{ID: id, Kind: kind, Expect: expect, limit: limit, dir: dir, root: root, there: map[int]bool{}}, nil
}

// discard takes the files of a drop away.
func (d *drop) discard() {
	_ = d.root.Close()
	_ = os.RemoveAll(d.dir) // what is left goes with the program
}

// mostArchive is how large an archive may be, in bytes. Workbooks are bounded as
// those of the command line are.
const mostArchive = 2 << 30

// receive takes a file that is sent. One that is sent again, since the answer was
// lost, counts once.
func (d *drop) receive(f sent, content io.ReadCloser) error {
	limit := d.limit
	if files.IsArchive(f.name) {
		limit = mostArchive
	}
	d.mu.Lock()
	there := d.there[f.place]
	d.mu.Unlock()
	switch {
	case there:
		return nil
	case f.place < 0 || f.place >= d.Expect:
		return errors.New("文件比说好的多")
	}
	if err := (opc.Limits{Size: limit}).CheckSize(f.size); err != nil {
		d.refuse(localName(f.name), err)
	} else if err := d.take(f, http.MaxBytesReader(nil, content, limit)); err != nil {
		return err
	}
	d.mu.Lock()
	d.there[f.place] = true
	d.mu.Unlock()
	return nil
}

// take writes a file whole or not at all, under a name that leads nowhere else. It
// keeps its time, by which one of two of a project counts.
func (d *drop) take(sent sent, content io.Reader) error {
	name := localName(sent.name)
	if dir := path.Dir(name); dir != "." {
		if err := d.root.MkdirAll(filepath.FromSlash(dir), 0o700); err != nil {
			return named(name, err)
		}
	}
	f, name, err := d.create(name)
	if err != nil {
		return named(name, err)
	}
	digest := sha256.New()
	_, err = io.Copy(io.MultiWriter(f, digest), content)
	err = errors.Join(err, f.Close())
	if err != nil {
		_ = d.root.Remove(filepath.FromSlash(name))
		return named(name, err)
	}
	_ = d.root.Chtimes(filepath.FromSlash(name), time.Time{}, sent.modified) // a nonsense time loses no workbook
	d.mu.Lock()
	defer d.mu.Unlock()
	d.files = append(d.files, dropped{name, [sha256.Size]byte(digest.Sum(nil))})
	return nil
}

// refuse notes a file that may not be taken, for the report.
func (d *drop) refuse(name string, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.errs = append(d.errs, files.Error{File: name, Err: fmt.Errorf("%s：%w", name, err)})
}

// len returns how many files have come, taken or not.
func (d *drop) len() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.files) + len(d.errs)
}

// create creates a file. Where the name is taken, also in other letters, it gets a
// number.
func (d *drop) create(name string) (*os.File, string, error) {
	ext := path.Ext(name)
	for n := 1; ; n++ {
		free := name
		if n > 1 {
			free = fmt.Sprintf("%s(%d)%s", strings.TrimSuffix(name, ext), n, ext)
		}
		f, err := d.root.OpenFile(filepath.FromSlash(free), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if !errors.Is(err, fs.ErrExist) {
			return f, free, err
		}
	}
}

// named is an error of a file that the clerk knows by its name.
func named(name string, err error) error {
	var at *fs.PathError
	switch {
	case errors.As(err, new(*http.MaxBytesError)):
		return fmt.Errorf("%s：文件太大，没有收下", name)
	case errors.As(err, &at):
		return files.Explain(&fs.PathError{Op: at.Op, Path: name, Err: at.Err})
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, context.Canceled):
		return fmt.Errorf("%s：没有传完，请再拖一次", name)
	}
	return fmt.Errorf("%s：%w", name, err)
}

// localName is a name from outside as one below a directory: 教育局/甲.xlsx. What is
// none here, such as one that leads up or that Windows keeps for itself, is changed
// until it is.
func localName(name string) string {
	var parts []string
	for part := range strings.SplitSeq(strings.ToValidUTF8(name, "_"), "/") {
		part = strings.Map(func(r rune) rune {
			if r < ' ' || r == 0x7f || strings.ContainsRune(`\:*?"<>|`, r) {
				return '_'
			}
			return r
		}, part)
		part = strings.TrimRight(part, " .") // which Windows does not see
		if part == "" {
			continue
		}
		if !filepath.IsLocal(part) {
			part = "_" + part
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return "_"
	}
	return strings.Join(parts, "/")
}
