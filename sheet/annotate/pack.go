package annotate

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"strings"
	"sync"

	"github.com/klauspost/compress/flate"

	"ziping/sheet/xlsx"
)

// pack is a workbook's package: its parts by name, with those that were changed.
type pack struct {
	data    []byte
	limits  xlsx.Limits
	zip     *zip.Reader
	parts   map[string]*zip.File // by key
	changed map[string][]byte    // by key; nil where the part is removed
	added   []string             // names of new parts, in order
	names   map[string]string    // key to the name as stored
}

func openPack(data []byte, limits xlsx.Limits) (*pack, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	p := &pack{data: data, limits: limits, zip: r, parts: map[string]*zip.File{}, changed: map[string][]byte{}, names: map[string]string{}}
	for _, f := range r.File {
		p.parts[xlsx.PartKey(f.Name)], p.names[xlsx.PartKey(f.Name)] = f, f.Name
	}
	return p, nil
}

func (p *pack) has(name string) bool {
	key := xlsx.PartKey(name)
	if b, ok := p.changed[key]; ok {
		return b != nil
	}
	return p.parts[key] != nil
}

// get returns a part as it is now.
func (p *pack) get(name string) ([]byte, error) {
	key := xlsx.PartKey(name)
	if b, ok := p.changed[key]; ok && b != nil {
		return b, nil
	}
	f := p.parts[key]
	if f == nil {
		return nil, fmt.Errorf("工作簿中没有部件 %s，文件已损坏", name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var b bytes.Buffer
	b.Grow(int(min(f.UncompressedSize64, 1<<20)) + bytes.MinRead) // what the archive says need not be true
	if _, err = b.ReadFrom(p.limits.EditReader(r)); err != nil {
		return nil, fmt.Errorf("%s：%w", name, err)
	}
	return b.Bytes(), nil
}

// set changes a part, or adds it.
func (p *pack) set(name string, content []byte) {
	key := xlsx.PartKey(name)
	if !p.has(name) && p.parts[key] == nil {
		p.added = append(p.added, name)
		p.names[key] = name
	}
	p.changed[key] = content
}

func (p *pack) remove(name string) { p.changed[xlsx.PartKey(name)] = nil }

// free returns the first name of a pattern with a number that no part has.
func (p *pack) free(pattern string) string {
	for n := 1; ; n++ {
		if name := fmt.Sprintf(pattern, n); !p.has(name) {
			return name
		}
	}
}

// compressors are reused: each takes a table of a hundred kilobytes, and a copy
// has ten small parts to compress.
var compressors = sync.Pool{New: func() any {
	w, _ := flate.NewWriter(nil, flate.BestSpeed) // an error for a wrong level only
	return w
}}

// compressor gives its writer back when it is closed.
type compressor struct{ *flate.Writer }

func (c compressor) Close() error {
	err := c.Writer.Close()
	compressors.Put(c.Writer)
	return err
}

func compress(w io.Writer) (io.WriteCloser, error) {
	c := compressors.Get().(*flate.Writer)
	c.Reset(w)
	return compressor{c}, nil
}

// bytes writes the package: untouched parts as they were stored.
func (p *pack) bytes() ([]byte, error) {
	var buf bytes.Buffer
	buf.Grow(len(p.data) + len(p.data)/2)
	w := zip.NewWriter(&buf)
	w.RegisterCompressor(zip.Deflate, compress)
	for _, f := range p.zip.File {
		content, changed := p.changed[xlsx.PartKey(f.Name)]
		var err error
		switch {
		case !changed:
			err = p.copy(w, f)
		case content != nil:
			err = store(w, f.Name, content)
		}
		if err != nil {
			return nil, err
		}
	}
	for _, name := range p.added {
		if content := p.changed[xlsx.PartKey(name)]; content != nil {
			if err := store(w, name, content); err != nil {
				return nil, err
			}
		}
	}
	err := w.Close()
	return buf.Bytes(), err
}

// copy writes a part as it is stored.
func (p *pack) copy(w *zip.Writer, f *zip.File) error {
	start, err := f.DataOffset()
	if err != nil {
		return err
	}
	if uint64(start)+f.CompressedSize64 > uint64(len(p.data)) {
		return zip.ErrFormat
	}
	header := f.FileHeader
	part, err := w.CreateRaw(&header)
	if err != nil {
		return err
	}
	_, err = part.Write(p.data[start:][:f.CompressedSize64])
	return err
}

// smallPart is the size, in bytes, below which compressing a part costs more
// time than it saves space.
const smallPart = 6 << 10

func store(w *zip.Writer, name string, content []byte) error {
	method := zip.Deflate
	if len(content) < smallPart {
		method = zip.Store
	}
	part, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: method})
	if err != nil {
		return err
	}
	_, err = part.Write(content)
	return err
}

const (
	packageRels  = "http://schemas.openxmlformats.org/package/2006/relationships"
	contentTypes = "[Content_Types].xml"
)

// relsOf names the part that holds the relationships of a part.
func relsOf(part string) string {
	dir, base := path.Split(part)
	return dir + "_rels/" + base + ".rels"
}

// rel is one relationship of a part.
type rel struct{ id, kind, target string }

// relations returns where a part points to inside of the package.
func (p *pack) relations(part string) ([]rel, error) {
	if !p.has(relsOf(part)) {
		return nil, nil
	}
	src, err := p.get(relsOf(part))
	if err != nil {
		return nil, err
	}
	var list []rel
	e, _, _ := root(src)
	for c := range inside(src, e) {
		if c.name == "Relationship" && c.attr(src, "TargetMode") != "External" {
			list = append(list, rel{c.attr(src, "Id"), c.attr(src, "Type"), xlsx.ResolvePart(part, c.attr(src, "Target"))})
		}
	}
	return list, nil
}

// related returns the part that a part points to by a kind of relationship,
// the last word of its type.
func (p *pack) related(part, kind string) (name string, err error) {
	list, err := p.relations(part)
	for _, r := range list {
		if path.Base(r.kind) == kind {
			return r.target, err
		}
	}
	return "", err
}

// relate adds a relationship and returns its id.
func (p *pack) relate(part, kind, target string) (id string, err error) {
	src := []byte(xmlHead + `<Relationships xmlns="` + packageRels + `"></Relationships>`)
	if p.has(relsOf(part)) {
		if src, err = p.get(relsOf(part)); err != nil {
			return "", err
		}
	}
	e, prefix, ok := root(src)
	if !ok {
		return "", fmt.Errorf("部件 %s 已损坏", relsOf(part))
	}
	taken := map[string]bool{}
	for c := range inside(src, e) {
		taken[c.attr(src, "Id")] = true
	}
	for n := len(taken) + 1; id == "" || taken[id]; n++ {
		id = fmt.Sprintf("rId%d", n)
	}
	text := fmt.Sprintf(`<Relationship Id="%s" Type="%s" Target="/%s"/>`, id, kind, escape(target))
	p.set(relsOf(part), insertLast(src, e, prefixed(text, prefix)))
	return id, nil
}

// insertLast writes text at the end of an element's content.
func insertLast(src []byte, e element, text string) []byte {
	ed := edits{src: src}
	ed.last(e, text)
	return ed.apply()
}

// last writes text at the end of an element's content, also of <a/>.
func (e *edits) last(parent element, text string) {
	if !parent.empty() {
		e.insert(parent.close, text)
		return
	}
	start := string(e.src[parent.start:parent.end])
	name := start[1 : 1+nameLen([]byte(start[1:]))]
	e.replace(parent.start, parent.end, strings.TrimSuffix(start, "/>")+">"+text+"</"+name+">")
}

// unrelate takes the relationship to a part away.
func (p *pack) unrelate(part, target string) error {
	src, err := p.get(relsOf(part))
	if err != nil {
		return err
	}
	ed := edits{src: src}
	e, _, _ := root(src)
	for c := range inside(src, e) {
		if xlsx.PartKey(xlsx.ResolvePart(part, c.attr(src, "Target"))) == xlsx.PartKey(target) {
			ed.replace(c.start, c.end, "")
		}
	}
	p.set(relsOf(part), ed.apply())
	return nil
}

// declare says in the content types what a new part is; one of a kind that goes
// by its ending is declared as a Default.
func (p *pack) declare(name, contentType string, byEnding bool) error {
	src, err := p.get(contentTypes)
	if err != nil {
		return err
	}
	e, prefix, ok := root(src)
	if !ok {
		return fmt.Errorf("部件 %s 已损坏", contentTypes)
	}
	tag, key, value := "Override", "PartName", "/"+name
	if byEnding {
		tag, key, value = "Default", "Extension", path.Ext(name)[1:]
	}
	ed := edits{src: src}
	at := e.close
	for c := range inside(src, e) {
		if c.name == tag && strings.EqualFold(c.attr(src, key), value) {
			return nil
		}
		if byEnding && c.name == "Override" {
			at = min(at, c.start)
		}
	}
	ed.insert(at, prefixed(fmt.Sprintf(`<%s %s="%s" ContentType="%s"/>`, tag, key, escape(value), contentType), prefix))
	p.set(contentTypes, ed.apply())
	return nil
}

// undeclare takes a part's Override out of the content types.
func (p *pack) undeclare(name string) error {
	src, err := p.get(contentTypes)
	if err != nil {
		return err
	}
	ed := edits{src: src}
	e, _, _ := root(src)
	for c := range inside(src, e) {
		if c.name == "Override" && xlsx.PartKey(c.attr(src, "PartName")) == xlsx.PartKey(name) {
			ed.replace(c.start, c.end, "")
		}
	}
	p.set(contentTypes, ed.apply())
	return nil
}
