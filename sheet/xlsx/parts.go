package xlsx

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
)

// parts are the files inside a workbook, which is a zip archive.
type parts struct {
	files  map[string]*zip.File // by PartKey
	limits Limits
}

// openParts reads the archive's directory. The sizes that it declares are
// checked here; that no part is larger than declared, while it is read.
func openParts(data []byte, limits Limits) (*parts, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // nothing is unpacked to disk
		return nil, errors.New("文件不完整或已损坏（可能没有传完），请重新获取一份")
	}
	if int64(len(archive.File)) > limits.Parts {
		return nil, tooMany("parts", "工作簿中的文件", limits.Parts, "个")
	}
	p := &parts{make(map[string]*zip.File, len(archive.File)), limits}
	var total, packed int64
	for _, f := range archive.File {
		const most = 1 << 40 // no overflow
		total += int64(min(f.UncompressedSize64, most))
		packed += int64(min(f.CompressedSize64, most))
		key := PartKey(f.Name)
		if _, twice := p.files[key]; twice {
			f = nil
		}
		p.files[key] = f // nil: which of the two is meant is anyone's guess
	}
	switch {
	case packed > int64(len(data)):
		return nil, errors.New("压缩包中的部件互相重叠，不是正常保存的工作簿，拒绝读取")
	case total > limits.TotalSize:
		return nil, tooBig("total-size", "工作簿解压后", limits.TotalSize)
	case total > anyRatio && total/limits.Ratio > int64(len(data)):
		return nil, tooMany("ratio", "工作簿解压后与压缩包的大小之比", limits.Ratio, "倍")
	}
	return p, nil
}

// anyRatio is how large a workbook may become however well it is compressed, in
// bytes.
const anyRatio = 64 << 20

// PartKey is a part's name as parts are compared: in one case, without the
// leading slash, and with the right slashes even from writers that use others.
func PartKey(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

func (p *parts) has(name string) bool {
	_, ok := p.files[PartKey(name)]
	return ok
}

// read scans a part: visit is called for each child of its root element, as by
// scanner.children; root is called before, if it is not nil. Errors name the
// part.
func (p *parts) read(name string, root func(*scanner) error, visit func(*scanner) error) error {
	if err := p.readPart(name, root, visit); err != nil {
		return fmt.Errorf("%s：%w", name, err)
	}
	return nil
}

func (p *parts) readPart(name string, root func(*scanner) error, visit func(*scanner) error) error {
	content, err := p.open(name)
	if err != nil {
		return err
	}
	defer content.Close()

	s := scanners.Get().(*scanner)
	defer recycle(s)
	s.reset(&meter{content, "part-size", p.limits.PartSize, p.limits.PartSize}, p.limits)
	return readable(scanPart(s, root, visit))
}

// scanners are reused: a run reads thousands of workbooks of several parts each.
var scanners = sync.Pool{New: func() any { return newScanner() }}

func recycle(s *scanner) {
	if len(s.buf) > scannerBuffer {
		return // grown for an odd part
	}
	s.reset(nil, Limits{})
	scanners.Put(s)
}

func scanPart(s *scanner, root func(*scanner) error, visit func(*scanner) error) error {
	if _, err := s.next(); err != nil { // no other token comes before the root
		return err
	}
	if root != nil {
		if err := root(s); err != nil {
			return err
		}
	}
	err := s.children(func() error { return visit(s) })
	if err != nil {
		return err
	}
	_, err = s.next() // to the end, where the checksum is compared
	return err
}

// open starts the decompression of a part.
func (p *parts) open(name string) (io.ReadCloser, error) {
	f, ok := p.files[PartKey(name)]
	switch {
	case !ok:
		return nil, errors.New("工作簿中没有这个部件，文件已损坏")
	case f == nil:
		return nil, errors.New("工作簿中有两个同名的部件，文件已损坏")
	case f.Flags&1 != 0:
		return nil, errors.New("部件已加密，无法读取")
	}
	content, err := f.Open()
	return content, readable(err)
}

// readable says in the clerk's language what archive/zip and compress/flate
// found.
func readable(err error) error {
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, zip.ErrChecksum):
		return errors.New("内容与校验码不符，文件已损坏")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errIncomplete
	case errors.Is(err, zip.ErrAlgorithm):
		return errors.New("压缩方法不受支持")
	case errors.Is(err, zip.ErrFormat), errors.As(err, &corrupt):
		return errors.New("压缩数据已损坏")
	}
	return err
}

// meter ends the reading of a part that is larger than allowed.
type meter struct {
	src         io.Reader
	name        string // of the limit
	left, limit int64
}

func (m *meter) Read(b []byte) (int, error) {
	n, err := m.src.Read(b)
	if m.left -= int64(n); m.left < 0 {
		return 0, tooBig(m.name, "部件解压后", m.limit)
	}
	return n, err
}

// relation is one arrow from a part to another.
type relation struct {
	id, kind string // kind is the last word of the type's URI: the strict and the transitional ones end alike
	target   string // the part's name; what stands there where it is external
	external bool
}

// relations reads to which parts a part points; the part "" is the package.
func (p *parts) relations(part string) ([]relation, error) {
	list, err := p.allRelations(part)
	return slices.DeleteFunc(list, func(r relation) bool { return r.external }), err
}

// allRelations also returns those that point out of the workbook.
func (p *parts) allRelations(part string) ([]relation, error) {
	dir, base := path.Split(part)
	var list []relation
	err := p.read(dir+"_rels/"+base+".rels", nil, func(s *scanner) error {
		if string(s.name) != "Relationship" {
			return nil
		}
		if int64(len(list)) == p.limits.Parts {
			return tooMany("parts", "部件的关系", p.limits.Parts, "条")
		}
		var r relation
		var mode string
		var err error
		for _, a := range []struct {
			name string
			to   *string
		}{{"Id", &r.id}, {"Type", &r.kind}, {"Target", &r.target}, {"TargetMode", &mode}} {
			if *a.to, err = s.attr(a.name); err != nil {
				return err
			}
		}
		r.kind = path.Base(r.kind)
		if r.external = mode == "External"; !r.external {
			r.target = ResolvePart(part, r.target)
		}
		list = append(list, r)
		return nil
	})
	return list, err
}

// ResolvePart returns the name of the part that a part calls by target, a URI
// relative to its own.
func ResolvePart(part, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if plain, err := url.PathUnescape(target); err == nil {
		target = plain
	}
	if !strings.HasPrefix(target, "/") {
		target = "/" + path.Dir(part) + "/" + target
	}
	return path.Clean(target)[1:]
}

// related returns the first part of a kind.
func related(list []relation, kind string) (string, bool) {
	for _, r := range list {
		if r.kind == kind {
			return r.target, true
		}
	}
	return "", false
}
