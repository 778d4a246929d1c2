package convert

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"

	"github.com/richardlehane/mscfb"
)

// maxEntries is how many entries the directory of a compound file may have: a
// workbook needs a few. The library takes memory by their square.
const maxEntries = 1024

// openCompound opens a compound file, the container of older Office files
// [MS-CFB].
func openCompound(data []byte) (*mscfb.Reader, error) {
	if directoryEntries(data) > maxEntries {
		return nil, errBroken
	}
	doc, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return nil, errBroken
	}
	return doc, nil
}

// directoryEntries counts the entries of the directory, to a little over what
// may be. What is broken the library finds.
func directoryEntries(data []byte) int {
	word := func(at uint64) uint32 {
		if at+4 > uint64(len(data)) {
			return noSector
		}
		return binary.LittleEndian.Uint32(data[at:])
	}
	shift := uint64(9)
	if word(30)&0xFFFF == 12 {
		shift = 12
	}
	perSector := uint32(1) << (shift - 2)
	offset := func(sector, entry uint32) uint64 { return (uint64(sector)+1)<<shift + 4*uint64(entry) }
	// The table of the tables' sectors: 109 in the header, the rest in a chain.
	table := func(n uint32) uint32 {
		if n < 109 {
			return word(76 + 4*uint64(n))
		}
		sector := word(68)
		for n -= 109; n >= perSector-1; n -= perSector - 1 {
			sector = word(offset(sector, perSector-1))
		}
		return word(offset(sector, n))
	}
	n := 0
	for sector := word(48); sector < noSector && n <= maxEntries; n += int(perSector / 32) { // of 128 bytes
		sector = word(offset(table(sector/perSector), sector%perSector))
	}
	return n
}

// noSector and what is above it are no sectors.
const noSector = 0xFFFFFFFA

// start returns the beginning of a stream, up to a size; nil if there is none.
func start(doc *mscfb.Reader, name string, size int64) ([]byte, error) {
	for _, f := range doc.File {
		if strings.EqualFold(f.Name, name) && len(f.Path) == 0 && f.Size > 0 { // names are the same in any case
			b := make([]byte, min(f.Size, size))
			if _, err := io.ReadFull(f, b); err != nil {
				return nil, errBroken
			}
			return b, nil
		}
	}
	return nil, nil
}

// The records of an .xls that tell something about it [MS-XLS 2.3.2].
const (
	recordStart    = 0x0809 // BOF
	recordPassword = 0x002F // FILEPASS
)

// checkXLS checks that an .xls is whole, since LibreOffice reads what there is
// of one, and reports whether it is encrypted.
func checkXLS(data []byte) (encrypted bool, err error) {
	doc, err := openCompound(data)
	if err != nil {
		return false, err
	}
	b, err := start(doc, "Workbook", maxResult)
	if err == nil && b == nil {
		b, err = start(doc, "Book", maxResult)
	}
	if err != nil {
		return false, err
	}
	if len(b) < 4 || binary.LittleEndian.Uint16(b) != recordStart {
		return false, errBroken
	}
	for len(b) >= 4 {
		kind, size := binary.LittleEndian.Uint16(b), 4+int(binary.LittleEndian.Uint16(b[2:]))
		if size > len(b) {
			return false, errBroken
		}
		encrypted = encrypted || kind == recordPassword
		b = b[size:]
	}
	return encrypted, nil
}
