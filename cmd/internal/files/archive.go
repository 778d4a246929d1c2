package files

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"unicode/utf8"

	"ziping/sheet/convert"
	"ziping/sheet/xlsx"
)

// archiveEnd is what the names of archives end in.
const archiveEnd = ".zip"

// The bounds of an archive. Its files are bounded as others are, one by one.
const (
	mostEntries   = 20_000
	mostDirectory = 16 << 20 // bytes that the names and places of its files take
	mostUnpacked  = 4 << 30  // bytes of all its files together
	mostRatio     = 200      // of the bytes of a file to those that stand for them
	ratioFrom     = 4 << 20  // bytes of a file below which any ratio will do
)

var (
	errDirectory   = errors.New("压缩包中的文件太多，请分开打包，或解压后再处理")
	errNoArchive   = errors.New("不是 zip 压缩包，或已损坏、没有传完")
	errDamaged     = errors.New("压缩包中的这个文件已损坏")
	errEncrypted   = errors.New("压缩包加了密码，请先解压")
	errMethod      = errors.New("压缩包用了少见的压缩方法，请先解压")
	errBomb        = errors.New("压缩得不合常理，没有打开；请先解压")
	errTooUnpacked = fmt.Errorf("压缩包解开后超过 %d GB，请分开打包", mostUnpacked>>30)
)

// archive reads the bytes of an archive. The file is open only while they are
// read: there may be many archives.
type archive struct {
	path    string
	listing bool  // what is read now is the directory
	listed  int64 // bytes of it
}

// ReadAt implements io.ReaderAt.
func (a *archive) ReadAt(b []byte, off int64) (int, error) {
	if a.listing {
		a.listed += int64(len(b))
		if a.listed > mostDirectory {
			return 0, errDirectory
		}
	}
	f, err := os.Open(a.path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	return f.ReadAt(b, off)
}

// unpack adds the files of an archive that end as asked. A workbook is an archive
// too: one that is called one is the workbook.
func (s *search) unpack(name string, written bool) {
	entries, err := entriesOf(name)
	if err != nil {
		s.fail(name, err)
		return
	}
	var total uint64
	for _, e := range entries {
		if e.Name == "[Content_Types].xml" {
			s.Files = append(s.Files, File{Name: name, path: name, Named: written})
			return
		}
		total += e.UncompressedSize64
	}
	if total > mostUnpacked {
		s.fail(name, &fs.PathError{Op: "read", Path: name, Err: errTooUnpacked})
		return
	}
	for _, e := range entries {
		inside := entryName(e.Name)
		shown := name + "/" + inside
		switch {
		case e.Mode().IsDir() || isHiddenBelow(inside):
		case s.wants(inside) && !s.isArchive(inside):
			s.Files = append(s.Files, File{Name: shown, path: name, entry: e})
		default:
			s.Skipped = append(s.Skipped, shown)
		}
	}
}

// entriesOf returns the entries of an archive.
func entriesOf(name string) ([]*zip.File, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	a := &archive{path: name, listing: true}
	z, err := zip.NewReader(a, info.Size())
	a.listing = false
	switch {
	case errors.Is(err, errDirectory) || err == nil && len(z.File) > mostEntries:
		return nil, &fs.PathError{Op: "read", Path: name, Err: errDirectory}
	case errors.As(err, new(*fs.PathError)):
		return nil, err
	case err != nil:
		return nil, &fs.PathError{Op: "read", Path: name, Err: errNoArchive}
	}
	return z.File, nil
}

// entryName is the name of a file in an archive as people gave it: Windows writes
// it in GBK, and some programs with its own separators. It never leads out of the
// archive.
func entryName(name string) string {
	if !utf8.ValidString(name) {
		name = convert.Decode([]byte(name))
	}
	return strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/")
}

// isHiddenBelow reports whether a file, or a directory above it, is hidden.
func isHiddenBelow(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if isHidden(part) {
			return true
		}
	}
	return false
}

// readEntry reads a file of an archive.
func readEntry(e *zip.File, limits xlsx.Limits) ([]byte, error) {
	size := e.UncompressedSize64
	if err := limits.CheckSize(int64(min(size, 1<<62))); err != nil {
		return nil, err
	}
	if size > ratioFrom && size/mostRatio > e.CompressedSize64 {
		return nil, errBomb
	}
	const encrypted = 1
	if e.Flags&encrypted != 0 {
		return nil, errEncrypted
	}
	r, err := e.Open()
	if errors.Is(err, zip.ErrAlgorithm) {
		return nil, errMethod
	}
	if err != nil {
		return nil, damaged(err)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, int64(size)+1))
	if err != nil || uint64(len(data)) != size {
		return nil, damaged(err)
	}
	return data, nil
}

// damaged is the error of a file whose archive can be read, but not as one.
func damaged(err error) error {
	if path := new(fs.PathError); errors.As(err, &path) {
		return path.Err
	}
	return errDamaged
}

// Container returns the file that a name stands for: the archive where it is one
// of a file in an archive, else itself.
func Container(name string) string {
	for i := 0; ; {
		n := strings.Index(strings.ToLower(name[i:]), archiveEnd+"/")
		if n < 0 {
			return name
		}
		i += n + len(archiveEnd)
		if info, err := os.Stat(name[:i]); err == nil && info.Mode().IsRegular() {
			return name[:i]
		}
	}
}
