package opc

import (
	"archive/zip"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"strings"
	"sync"
)

// entry is what the directory of an archive says of a part.
type entry struct {
	name          string
	method, flags uint16
	sum           uint32    // CRC-32
	packed, size  uint64    // in bytes, as it is stored and decompressed
	header        int64     // where its header stands
	file          *zip.File // of an archive that only archive/zip reads; nil for others
}

// The parts of an archive's directory, as APPNOTE.TXT has them.
const (
	endSignature    = 0x06054b50
	endLen          = 22
	entrySignature  = 0x02014b50
	entryLen        = 46
	headerSignature = 0x04034b50
	headerLen       = 30
)

// directory reads the directory of an archive that is written as nearly all are: small,
// with nothing before it and nothing behind. It takes a tenth of the memory that
// archive/zip takes, which reads the others, or says that they are none.
func directory(archive io.ReaderAt, size int64) (list []entry, ok bool) {
	buffer := buffers.Get().(*[mostAlike]byte)
	defer buffers.Put(buffer)
	if size < endLen {
		return nil, false
	}
	if _, err := archive.ReadAt(buffer[:endLen], size-endLen); err != nil {
		return nil, false
	}
	end := string(buffer[:endLen])
	n, length, start, comment := int(le16(end[10:])), int64(le32(end[12:])), int64(le32(end[16:])), le16(end[20:])
	if le32(end) != endSignature || comment != 0 || n == 0 || n == 0xffff || length == 0xffff || length > mostAlike || start+length != size-endLen {
		return nil, false
	}
	if _, err := archive.ReadAt(buffer[:length], start); err != nil {
		return nil, false
	}
	return entries(string(buffer[:length]), n)
}

// entries reads a directory of n entries.
func entries(all string, n int) (list []entry, ok bool) {
	if len(all) < n*entryLen {
		return nil, false
	}
	list = make([]entry, n)
	for i := range list {
		if len(all) < entryLen {
			return nil, false
		}
		e := &list[i]
		e.flags, e.method, e.sum = le16(all[8:]), le16(all[10:]), le32(all[16:])
		e.packed, e.size, e.header = uint64(le32(all[20:])), uint64(le32(all[24:])), int64(le32(all[42:]))
		name := int(le16(all[28:]))
		length := entryLen + name + int(le16(all[30:])) + int(le16(all[32:]))
		if le32(all) != entrySignature || length > len(all) || max(e.packed, e.size, uint64(e.header)) == 0xffffffff { // which may stand elsewhere
			return nil, false
		}
		e.name = all[entryLen : entryLen+name]
		all = all[length:]
	}
	if all != "" {
		return nil, false
	}
	return list, true
}

func le16(s string) uint16 { return uint16(s[0]) | uint16(s[1])<<8 }
func le32(s string) uint32 { return uint32(le16(s)) | uint32(le16(s[2:]))<<16 }

// archived is where a package comes from.
type archived struct {
	source io.ReaderAt
	size   int64
	once   sync.Once
	reader *zip.Reader
	err    error
}

// entries lists the parts.
func (a *archived) entries() ([]entry, error) {
	if list, ok := directory(a.source, a.size); ok {
		return list, nil
	}
	r, err := a.open()
	if err != nil {
		return nil, err
	}
	list := make([]entry, len(r.File))
	for i, f := range r.File {
		list[i] = entry{f.Name, f.Method, f.Flags, f.CRC32, f.CompressedSize64, f.UncompressedSize64, 0, f}
	}
	return list, nil
}

// open has archive/zip read the directory.
func (a *archived) open() (*zip.Reader, error) {
	a.once.Do(func() {
		a.reader, a.err = zip.NewReader(a.source, a.size)
		if a.err != nil && !errors.Is(a.err, zip.ErrInsecurePath) { // nothing is unpacked to disk
			a.err = errors.New("文件不完整或已损坏（可能没有传完），请重新获取一份")
			return
		}
		a.err = nil
		a.reader.RegisterDecompressor(zip.Deflate, inflate)
	})
	return a.reader, a.err
}

// offset returns where in the archive the stored bytes of a part begin. It reads the
// part's header into buffer.
func (e *entry) offset(archive io.ReaderAt, buffer []byte) (int64, error) {
	if e.file != nil {
		return e.file.DataOffset()
	}
	header := buffer[:headerLen]
	if _, err := archive.ReadAt(header, e.header); err != nil {
		return 0, err
	}
	if binary.LittleEndian.Uint32(header) != headerSignature {
		return 0, zip.ErrFormat
	}
	return e.header + headerLen + int64(binary.LittleEndian.Uint16(header[26:])) + int64(binary.LittleEndian.Uint16(header[28:])), nil
}

// open starts the decompression of a part, as zip.File.Open does.
func (e *entry) open(archive io.ReaderAt) (io.ReadCloser, error) {
	if e.file != nil {
		return e.file.Open()
	}
	r := &checked{entry: e, archive: archive}
	start, err := e.offset(archive, r.buffer[:])
	if err != nil {
		return nil, err
	}
	r.end = start + int64(e.packed)
	r.stored = *io.NewSectionReader(archive, start, int64(e.packed))
	switch {
	case strings.HasSuffix(e.name, "/") && e.size != 0:
		r.err = zip.ErrFormat
	case strings.HasSuffix(e.name, "/"):
		r.err = io.EOF
	case e.method == zip.Store:
		r.content = io.NopCloser(&r.stored)
	case e.method == zip.Deflate:
		r.content = inflate(&r.stored)
	default:
		return nil, zip.ErrAlgorithm
	}
	return r, nil
}

// checked reads a part and compares its size and its checksum.
type checked struct {
	*entry
	archive io.ReaderAt
	stored  io.SectionReader
	end     int64 // where what is stored ends
	content io.ReadCloser
	sum     uint32
	read    uint64
	err     error
	buffer  [headerLen]byte
}

func (r *checked) Read(b []byte) (n int, err error) {
	if r.err != nil {
		return 0, r.err
	}
	n, err = r.content.Read(b)
	r.sum = crc32.Update(r.sum, crc32.IEEETable, b[:n])
	r.read += uint64(n)
	switch {
	case r.read > r.size:
		return 0, zip.ErrFormat
	case err == io.EOF && r.read < r.size:
		return 0, io.ErrUnexpectedEOF
	case err == io.EOF:
		err = r.verdict()
	}
	r.err = err
	return n, err
}

// verdict is io.EOF if a part is what it was. Its checksum may stand behind it too; one
// that has none says 0.
func (r *checked) verdict() error {
	described := r.flags&hasDescriptor != 0
	if described {
		if err := r.descriptor(); err != nil {
			return err
		}
	}
	if r.sum != r.entry.sum && (described || r.entry.sum != 0) {
		return zip.ErrChecksum
	}
	return io.EOF
}

// descriptor compares the checksum that stands behind a part, with a signature before it
// or without.
func (r *checked) descriptor() error {
	const signature, length = 0x08074b50, 12
	n, err := r.archive.ReadAt(r.buffer[:4+length], r.end)
	if err != nil && err != io.EOF {
		return err
	}
	behind := r.buffer[:n]
	if n >= 4 && binary.LittleEndian.Uint32(behind) == signature {
		behind = behind[4:]
	}
	switch {
	case len(behind) < length:
		return io.ErrUnexpectedEOF
	case binary.LittleEndian.Uint32(behind) != r.entry.sum:
		return zip.ErrChecksum
	}
	return nil
}

func (r *checked) Close() error {
	if r.content == nil {
		return nil
	}
	return r.content.Close()
}
