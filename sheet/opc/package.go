package opc

import (
	"archive/zip"
	"bufio"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"sync"

	"github.com/klauspost/compress/flate"
)

// Package is a package: its parts by name, with what was changed. Its methods may
// be called from several goroutines as long as none of them changes it.
type Package struct {
	// Small makes the parts that are written as small as can be, which takes longer.
	Small bool

	limits  Limits
	archive *zip.Reader
	source  io.ReaderAt
	size    int64                // of the archive
	parts   map[string]*zip.File // by Key; nil where two parts have the name

	changed map[string][]byte  // by Key; nil where the part is removed
	gaps    map[string]*gap    // of those changed that are not held whole
	packed  map[string]*Packed // of those changed that were packed before
	added   []string           // the names of new parts, in order

	declared []declaration // of parts, yet to be written into the content types
}

// Open reads the directory of a package. The sizes that it declares are checked
// here; that no part is larger than declared, while it is read.
func Open(archive io.ReaderAt, size int64, limits Limits) (*Package, error) {
	limits = limits.orDefault()
	r, err := zip.NewReader(archive, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // nothing is unpacked to disk
		return nil, errors.New("文件不完整或已损坏（可能没有传完），请重新获取一份")
	}
	r.RegisterDecompressor(zip.Deflate, inflate)
	if int64(len(r.File)) > limits.Parts {
		return nil, TooMany("parts", "工作簿中的文件", limits.Parts, "个")
	}
	p := &Package{limits: limits, archive: r, source: archive, size: size, parts: make(map[string]*zip.File, len(r.File))}
	var total, packed int64
	for _, f := range r.File {
		const most = 1 << 40 // no overflow
		total += int64(min(f.UncompressedSize64, most))
		packed += int64(min(f.CompressedSize64, most))
		key := Key(f.Name)
		if _, twice := p.parts[key]; twice {
			f = nil
		}
		p.parts[key] = f // nil: which of the two is meant is anyone's guess
	}
	switch {
	case packed > size:
		return nil, errors.New("压缩包中的部件互相重叠，不是正常保存的工作簿，拒绝读取")
	case total > limits.TotalSize:
		return nil, TooBig("total-size", "工作簿解压后", limits.TotalSize)
	case total > anyRatio && total/limits.Ratio > size:
		return nil, TooMany("ratio", "工作簿解压后与压缩包的大小之比", limits.Ratio, "倍")
	}
	return p, nil
}

// inflaters are reused as scanners are.
var inflaters = sync.Pool{New: func() any {
	in := bufio.NewReader(nil)
	return &inflater{in, flate.NewReader(in)}
}}

// inflater inflates what its buffer reads; without one of its own the library makes
// another for each part.
type inflater struct {
	in  *bufio.Reader
	out io.ReadCloser
}

// inflating is an inflater that goes back to the pool when it is closed.
type inflating struct{ *inflater }

// inflate reads what was deflated, in half the time that the standard library takes.
func inflate(r io.Reader) io.ReadCloser {
	f := inflaters.Get().(*inflater)
	f.in.Reset(r)
	f.out.(flate.Resetter).Reset(f.in, nil) // of no dictionary: no error
	return &inflating{f}
}

func (f *inflating) Read(b []byte) (int, error) {
	if f.inflater == nil {
		return 0, fs.ErrClosed
	}
	return f.out.Read(b)
}

func (f *inflating) Close() error {
	if f.inflater == nil {
		return nil
	}
	err := f.out.Close()
	f.in.Reset(nil)
	inflaters.Put(f.inflater)
	f.inflater = nil
	return err
}

// anyRatio is how large a workbook may become however well it is compressed, in
// bytes.
const anyRatio = 64 << 20

// Key is a part's name as parts are compared: in one case, without the leading
// slash, and with the right slashes even from writers that use others.
func Key(name string) string {
	if key, usual := usualKeys[name]; usual {
		return key
	}
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// usualKeys are those of parts that most workbooks have, and that are written with
// capital letters.
var usualKeys = map[string]string{
	"[Content_Types].xml":  "[content_types].xml",
	"xl/sharedStrings.xml": "xl/sharedstrings.xml",
	"docProps/app.xml":     "docprops/app.xml",
	"docProps/core.xml":    "docprops/core.xml",
}

// Has reports whether the package has a part.
func (p *Package) Has(name string) bool {
	key := Key(name)
	if content, changed := p.changed[key]; changed {
		return content != nil
	}
	_, ok := p.parts[key]
	return ok
}

// Read scans a part: visit is called for each child of its root element that
// belongs to the vocabulary, as by Scanner.Children; root is called before, if it
// is not nil. Errors name the part.
func (p *Package) Read(name string, vocabulary Space, root, visit func(*Scanner) error) error {
	if err := p.read(name, vocabulary, root, visit); err != nil {
		return fmt.Errorf("%s：%w", name, err)
	}
	return nil
}

// Root is the root of Read that wants an element of a name in the vocabulary of
// the part.
func Root(name string) func(*Scanner) error {
	return func(s *Scanner) error {
		if s.Space != s.vocabulary || string(s.Name) != name {
			return fmt.Errorf("内容是 <%s>，应为 <%s>，文件已损坏", Shorten(s.Name), name)
		}
		return nil
	}
}

func (p *Package) read(name string, vocabulary Space, root, visit func(*Scanner) error) error {
	content, err := p.open(name)
	if err != nil {
		return err
	}
	defer content.Close()

	s := scanners.Get().(*Scanner)
	defer recycle(s)
	s.reset(&meter{content, "part-size", p.limits.PartSize, p.limits.PartSize}, vocabulary, p.limits)
	return readable(s.part(root, visit))
}

// scanners are reused: a run reads thousands of workbooks of several parts each.
var scanners = sync.Pool{New: func() any { return newScanner() }}

func recycle(s *Scanner) {
	if len(s.buf) > scannerBuffer {
		return // grown for an odd part
	}
	s.reset(nil, NoSpace, Limits{})
	scanners.Put(s)
}

// part scans a whole part.
func (s *Scanner) part(root, visit func(*Scanner) error) error {
	if _, err := s.next(); err != nil { // no other token comes before the root
		return err
	}
	if root != nil {
		if err := root(s); err != nil {
			return err
		}
	}
	if err := s.Children(func() error { return visit(s) }); err != nil {
		return err
	}
	_, err := s.next() // to the end, where the checksum is compared
	return err
}

// open starts the decompression of a part.
func (p *Package) open(name string) (io.ReadCloser, error) {
	key := Key(name)
	content, changed := p.changed[key]
	switch g := p.gaps[key]; {
	case g != nil:
		stored, err := p.stored(key)
		if err != nil {
			return nil, err
		}
		return g.filled(content, stored), nil
	case content != nil:
		return io.NopCloser(bytes.NewReader(content)), nil
	case changed:
		return nil, errMissing
	}
	return p.stored(key)
}

var errMissing = errors.New("工作簿中没有这个部件，文件已损坏")

// stored starts the decompression of a part as it came.
func (p *Package) stored(key string) (io.ReadCloser, error) {
	f, ok := p.parts[key]
	switch {
	case !ok:
		return nil, errMissing
	case f == nil:
		return nil, errors.New("工作簿中有两个同名的部件，文件已损坏")
	case f.Flags&1 != 0:
		return nil, errors.New("部件已加密，无法读取")
	}
	r, err := f.Open()
	return r, readable(err)
}

// Start returns the beginning of a part, as far as it can be read: some bytes by
// which its format is known.
func (p *Package) Start(name string) string {
	r, err := p.open(name)
	if err != nil {
		return ""
	}
	defer r.Close()
	b, _ := io.ReadAll(io.LimitReader(r, 64<<10))
	return string(b)
}

// Likeness is what parts have in common of which the same is read.
type Likeness struct {
	digest [sha256.Size]byte // of a part as it is stored
	method uint16
	crc    uint32
	size   uint64
	limits Limits
}

// mostAlike is how long the parts are at most, as they are stored, of which a likeness
// is had.
const mostAlike = 64 << 10

// buffers are for parts as they are stored.
var buffers = sync.Pool{New: func() any { return new([mostAlike]byte) }}

// Likeness returns what tells a part from others without its being read; false where
// that can't be had.
func (p *Package) Likeness(name string) (l Likeness, ok bool) {
	f := p.parts[Key(name)]
	if _, changed := p.changed[Key(name)]; changed || f == nil || f.Flags&1 != 0 || f.CompressedSize64 > mostAlike {
		return l, false
	}
	begin, err := f.DataOffset()
	if err != nil {
		return l, false
	}
	buffer := buffers.Get().(*[mostAlike]byte)
	defer buffers.Put(buffer)
	stored := buffer[:f.CompressedSize64]
	if _, err := p.source.ReadAt(stored, begin); err != nil {
		return l, false
	}
	return Likeness{sha256.Sum256(stored), f.Method, f.CRC32, f.UncompressedSize64, p.limits}, true
}

// readable says in the clerk's language what archive/zip and compress/flate
// found.
func readable(err error) error {
	if err == nil {
		return nil
	}
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
	m.left -= int64(n)
	if m.left < 0 {
		return 0, TooBig(m.name, "部件解压后", m.limit)
	}
	return n, err
}
