package campaign

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"strings"

	"github.com/klauspost/compress/flate"
)

// Limit does what no reader of workbooks can do without, and nothing else: it inflates
// the parts that matter, and walks their bytes from tag to tag. A command can come close
// to its time, not below it.
type Limit struct {
	file, part bytes.Buffer
	inflate    io.ReadCloser
}

// Walk walks a workbook, and returns how many tags there are.
func (l *Limit) Walk(name string) (tags int, err error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	l.file.Reset()
	if _, err := l.file.ReadFrom(f); err != nil {
		return 0, err
	}
	archive, err := zip.NewReader(bytes.NewReader(l.file.Bytes()), int64(l.file.Len()))
	if err != nil {
		return 0, err
	}
	archive.RegisterDecompressor(zip.Deflate, l.inflated)
	for _, part := range archive.File {
		if strings.HasPrefix(part.Name, "docProps/") || strings.HasPrefix(part.Name, "xl/theme/") {
			continue
		}
		r, err := part.Open()
		if err != nil {
			return 0, err
		}
		l.part.Reset()
		if _, err := l.part.ReadFrom(r); err != nil {
			return 0, err
		}
		r.Close()
		tags += tagsIn(l.part.Bytes())
	}
	return tags, nil
}

// inflated uses one reader for all parts.
func (l *Limit) inflated(r io.Reader) io.ReadCloser {
	if l.inflate == nil {
		l.inflate = flate.NewReader(r)
	} else {
		l.inflate.(flate.Resetter).Reset(r, nil) // of no dictionary: no error
	}
	return io.NopCloser(l.inflate)
}

func tagsIn(b []byte) (n int) {
	for {
		i := bytes.IndexByte(b, '<')
		if i < 0 {
			return n
		}
		n++
		b = b[i:]
		i = bytes.IndexByte(b, '>')
		if i < 0 {
			return n
		}
		b = b[i:]
	}
}
