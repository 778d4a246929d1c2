package report

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/flate"
	"hash"
	"hash/crc32"
	"io"
	"slices"
)

// sortedZip writes the parts of a workbook in the order of their names. excelize
// hands over those that were streamed in whatever order a map gives, and the same
// workbook is to be the same file. It keeps the parts as they are compressed.
type sortedZip struct {
	*zip.Writer
	parts []*zipPart
	flate *flate.Writer // of the last part
}

func newSortedZip(w io.Writer) *sortedZip { return &sortedZip{Writer: zip.NewWriter(w)} }

// zipPart is one part, compressed.
type zipPart struct {
	name string
	data bytes.Buffer
	sum  hash.Hash32
	size uint64
}

// Create begins a part; the one before is then complete. It implements
// excelize.ZipWriter.
func (z *sortedZip) Create(name string) (io.Writer, error) {
	p := &zipPart{name: name, sum: crc32.NewIEEE()}
	if err := z.finish(); err != nil {
		return nil, err
	}
	z.parts = append(z.parts, p)
	if z.flate == nil {
		var err error
		z.flate, err = flate.NewWriter(&p.data, flate.DefaultCompression)
		return partWriter{p, z.flate}, err
	}
	z.flate.Reset(&p.data)
	return partWriter{p, z.flate}, nil
}

func (z *sortedZip) finish() error {
	if z.flate == nil {
		return nil
	}
	return z.flate.Close()
}

// partWriter compresses a part.
type partWriter struct {
	part  *zipPart
	flate *flate.Writer
}

// Write implements io.Writer.
func (w partWriter) Write(b []byte) (int, error) {
	w.part.sum.Write(b)
	w.part.size += uint64(len(b))
	return w.flate.Write(b)
}

// Close writes the parts.
func (z *sortedZip) Close() error {
	if err := z.finish(); err != nil {
		return err
	}
	slices.SortFunc(z.parts, func(a, b *zipPart) int { return cmp.Compare(a.name, b.name) })
	for _, p := range z.parts {
		w, err := z.CreateRaw(&zip.FileHeader{
			Name: p.name, Method: zip.Deflate, CRC32: p.sum.Sum32(),
			CompressedSize64: uint64(p.data.Len()), UncompressedSize64: p.size,
		})
		if err != nil {
			return err
		}
		if _, err := p.data.WriteTo(w); err != nil {
			return err
		}
	}
	return z.Writer.Close()
}
