package book

import (
	"archive/zip"
	"bufio"
	"bytes"
	"cmp"
	"hash"
	"hash/crc32"
	"io"
	"slices"
	"sort"
	"strings"

	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"

	"ziping/sheet/spill"
)

// Bytes returns a workbook as every program reads it; what is the same is the same
// bytes. Values are those of its formulas, by cell, on whatever sheet they stand:
// programs that do not calculate, such as previews on a phone, show them. Rows that
// grow with what is typed into them are as high as they were set, until then; nil
// stands for none.
func Bytes(f *excelize.File, values map[string]float64, grows func(row int) bool) ([]byte, error) {
	var all bytes.Buffer
	err := write(&all, f, changes{values: values, grows: grows})
	return all.Bytes(), err
}

// changes are what is written into a workbook of excelize.
type changes struct {
	values map[string]float64 // see Bytes
	grows  func(row int) bool // see Bytes
	rows   map[string]*rows   // of its empty sheets, by part
}

func write(w io.Writer, f *excelize.File, c changes) error {
	types := f.ContentTypes.Defaults // excelize adds to them in the order of a map
	sort.Slice(types, func(i, j int) bool { return types[i].Extension < types[j].Extension })
	if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{FilterPrivacy: new(false)}); err != nil {
		return err
	}
	z := &sortedZip{Writer: zip.NewWriter(w), changes: c}
	defer z.free()
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return z })
	_, err := f.WriteToBuffer() // which stays empty
	return err
}

// sortedZip writes the parts of a workbook in the order of their names. excelize
// hands over those that were streamed in whatever order a map gives, and the same
// workbook is to be the same file. It keeps the parts as they are compressed, the
// large ones in files, and says their sizes before them: who reads a stream needs that.
type sortedZip struct {
	*zip.Writer
	changes
	parts []*zipPart
	flate *flate.Writer // of the last part
	text  *bufio.Writer
}

// zipPart is one part, compressed.
type zipPart struct {
	name string
	data spill.Text
	sum  hash.Hash32
	size uint64
}

// Create begins a part; the one before is then complete. It implements
// excelize.ZipWriter.
func (z *sortedZip) Create(name string) (io.Writer, error) {
	if err := z.finish(); err != nil {
		return nil, err
	}
	p := &zipPart{name: name, sum: crc32.NewIEEE()}
	z.parts = append(z.parts, p)
	if z.flate == nil {
		var err error
		z.flate, err = flate.NewWriter(&p.data, flate.DefaultCompression)
		if err != nil {
			return nil, err
		}
		z.text = bufio.NewWriterSize(nil, 1<<16)
	}
	z.flate.Reset(&p.data)
	z.text.Reset(partWriter{p, z.flate})
	if !strings.HasPrefix(name, "xl/") || strings.HasPrefix(name, "xl/theme/") {
		return z.text, nil
	}
	t := &partText{w: z.text}
	if strings.HasPrefix(name, "xl/worksheets/") {
		t.values, t.grows, t.rows = z.values, z.grows, z.rows[name]
	}
	return t, nil
}

func (z *sortedZip) finish() error {
	if z.flate == nil {
		return nil
	}
	if err := z.text.Flush(); err != nil {
		return err
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
		if _, err := io.Copy(w, p.data.Reader()); err != nil {
			return err
		}
	}
	return z.Writer.Close()
}

// free gives back what the parts have taken.
func (z *sortedZip) free() {
	for _, p := range z.parts {
		p.data.Close()
	}
}
