package opc

import (
	"archive/zip"
	"bytes"
	"hash/crc32"
	"io"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/klauspost/compress/flate"
)

// compressors are reused: each takes a table of a hundred kilobytes, and a copy
// has ten small parts to compress.
var compressors = sync.Pool{New: func() any {
	w, _ := flate.NewWriter(nil, flate.BestSpeed) // an error for a wrong level only
	return w
}}

// smallCompressors are those of packages that are to be small.
var smallCompressors = sync.Pool{New: func() any {
	w, _ := flate.NewWriter(nil, flate.DefaultCompression)
	return w
}}

// smallestCompressors are those of parts that are packed once for many.
var smallestCompressors = sync.Pool{New: func() any {
	w, _ := flate.NewWriter(nil, flate.BestCompression)
	return w
}}

// Bytes writes the package: untouched parts as they were stored.
func (p *Package) Bytes() ([]byte, error) {
	if err := p.writeTypes(); err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	buf.Grow(p.about())
	w := zip.NewWriter(&buf)
	buffer := buffers.Get().(*[mostAlike]byte)
	defer buffers.Put(buffer)
	for _, f := range p.archive.File {
		content, changed := p.changed[Key(f.Name)]
		var err error
		switch {
		case !changed:
			err = copyPart(w, f, buffer[:])
		case p.gaps[Key(f.Name)] != nil:
			err = p.writeLong(w, f.Name)
		case content != nil:
			err = p.writePart(w, f.Name, content)
		}
		if err != nil {
			return nil, err
		}
	}
	for _, name := range p.added {
		if content := p.changed[Key(name)]; content != nil {
			if err := p.writePart(w, name, content); err != nil {
				return nil, err
			}
		}
	}
	err := w.Close()
	return buf.Bytes(), err
}

// about is how large the package will be, about.
func (p *Package) about() int {
	size := int(p.size)
	for name, content := range p.changed {
		if part := p.packed[name]; part != nil {
			size += len(part.packed)
		} else {
			size += len(content) / 4
		}
	}
	return size
}

// Packed is a part that is written into many packages.
type Packed struct {
	content, packed []byte
	sum             uint32
}

// Pack packs a part as small as can be.
func Pack(content []byte) (*Packed, error) {
	var b bytes.Buffer
	w := smallestCompressors.Get().(*flate.Writer)
	defer smallestCompressors.Put(w)
	w.Reset(&b)
	if _, err := w.Write(content); err != nil {
		return nil, err
	}
	err := w.Close()
	return &Packed{content, b.Bytes(), crc32.ChecksumIEEE(content)}, err
}

// SetPacked is Set for a part that was packed before.
func (p *Package) SetPacked(name string, part *Packed) {
	p.Set(name, part.content)
	if p.packed == nil {
		p.packed = map[string]*Packed{}
	}
	p.packed[Key(name)] = part
}

// hasDescriptor is the flag of a part whose size stands behind it.
const hasDescriptor = 0x8

// copyPart writes a part as it is stored. Its size comes first, and what archivers
// say besides of it goes: it could belie that.
func copyPart(w *zip.Writer, f *zip.File, buffer []byte) error {
	header := f.FileHeader
	header.Flags &^= hasDescriptor
	header.Extra = nil
	part, err := w.CreateRaw(&header)
	if err != nil {
		return err
	}
	content, err := f.OpenRaw()
	if err != nil {
		return err
	}
	n, err := io.CopyBuffer(part, content, buffer)
	if err == nil && uint64(n) != f.CompressedSize64 {
		err = zip.ErrFormat
	}
	return err
}

// isUTF8 is the flag of a part whose name is UTF-8.
const isUTF8 = 0x800

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// smallPart is the size, in bytes, below which compressing a part costs more
// time than it saves space.
const smallPart = 6 << 10

// writePart writes a part into an archive, its size before it: so it can be read
// from a stream by programs that can do that only then.
func (p *Package) writePart(w *zip.Writer, name string, content []byte) error {
	if part := p.packed[Key(name)]; part != nil {
		return writeRaw(w, &zip.FileHeader{Name: name, Method: zip.Deflate, CRC32: part.sum, UncompressedSize64: uint64(len(content)), CompressedSize64: uint64(len(part.packed))}, part.packed)
	}
	if p.Small {
		return writePart(w, name, content, &smallCompressors)
	}
	return writePart(w, name, content, &compressors)
}

func writePart(w *zip.Writer, name string, content []byte, by *sync.Pool) error {
	if len(content) >= smallPart || by == &smallCompressors {
		return pack(w, name, bytes.NewReader(content), len(content)/4, by)
	}
	size := uint64(len(content))
	return writeRaw(w, &zip.FileHeader{Name: name, Method: zip.Store, CRC32: crc32.ChecksumIEEE(content), UncompressedSize64: size, CompressedSize64: size}, content)
}

// writeLong writes a changed part that is not held whole.
func (p *Package) writeLong(w *zip.Writer, name string) error {
	content, err := p.open(name)
	if err != nil {
		return err
	}
	defer content.Close()
	return pack(w, name, content, int(p.size), &compressors)
}

// packing are buffers for a part that is packed, before its size is known.
var packing = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// mostPacking is how large those are at most, in bytes, that are kept.
const mostPacking = 1 << 20

// pack writes a part compressed, to about so many bytes.
func pack(w *zip.Writer, name string, content io.Reader, about int, by *sync.Pool) error {
	packed := packing.Get().(*bytes.Buffer)
	defer func() {
		if packed.Cap() <= mostPacking {
			packing.Put(packed)
		}
	}()
	packed.Reset()
	packed.Grow(about)
	c := by.Get().(*flate.Writer)
	defer by.Put(c)
	c.Reset(packed)
	sum := crc32.NewIEEE()
	n, err := io.Copy(io.MultiWriter(c, sum), content)
	if err == nil {
		err = c.Close()
	}
	if err != nil {
		return readable(err)
	}
	return writeRaw(w, &zip.FileHeader{Name: name, Method: zip.Deflate, CRC32: sum.Sum32(), UncompressedSize64: uint64(n), CompressedSize64: uint64(packed.Len())}, packed.Bytes())
}

// writeRaw writes a part as it is to be stored.
func writeRaw(w *zip.Writer, header *zip.FileHeader, stored []byte) error {
	if !isASCII(header.Name) && utf8.ValidString(header.Name) {
		header.Flags |= isUTF8
	}
	part, err := w.CreateRaw(header)
	if err != nil {
		return err
	}
	_, err = part.Write(stored)
	return err
}
