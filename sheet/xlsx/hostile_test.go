package xlsx

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"ziping/sheet/opc"
)

// zeros is a part that unpacks to n bytes and packs to a thousandth of them.
func zeros(t *testing.T, w *zip.Writer, name string, n int64) {
	t.Helper()
	part, err := w.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.CopyN(part, zeroReader{}, n); err != nil {
		t.Fatal(err)
	}
}

type zeroReader struct{}

func (zeroReader) Read(b []byte) (int, error) { clear(b); return len(b), nil }

// A bomb is refused before it is unpacked, by whatever it is that gives it away.
func TestBombs(t *testing.T) {
	bomb := func(parts int, size int64) []byte {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for _, f := range smallest(worksheet(``)) {
			part, err := w.Create(f.name)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.WriteString(part, f.content); err != nil {
				t.Fatal(err)
			}
		}
		for i := range parts {
			zeros(t, w, fmt.Sprintf("xl/media/%d.bin", i), size)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for name, tt := range map[string]struct {
		data   []byte
		limits Limits
		want   string
	}{
		"ratio":    {bomb(1, 80<<20), Limits{}, "工作簿解压后与压缩包的大小之比超过 500 倍，超出读取上限"},
		"total":    {bomb(3, 1<<20), Limits{Limits: opc.Limits{TotalSize: 2 << 20}}, "工作簿解压后超过 2 MiB，超出读取上限"},
		"overlap":  {overlapping(t, 200), Limits{}, "部件互相重叠"},
		"one part": {pack(t, smallest(strings.Repeat(" ", 2<<20)+worksheet(``))), Limits{Limits: opc.Limits{PartSize: 1 << 20}}, "部件解压后超过 1 MiB，超出读取上限"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := readFirst(tt.data, tt.limits); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v, want %q", err, tt.want)
			}
		})
	}
}

// overlapping returns a workbook in whose directory one stored part of many
// kilobytes stands n times under several names.
func overlapping(t *testing.T, n int) []byte {
	t.Helper()
	files := smallest(worksheet(``))
	files = append(files, file{"xl/media/0000.bin", strings.Repeat("x", 100<<10)})
	data := store(t, files)
	end := bytes.LastIndex(data, []byte("PK\x05\x06"))
	start := bytes.LastIndex(data, []byte("PK\x01\x02"))
	entry := data[start:end]
	out := bytes.Clone(data[:end])
	for i := 1; i < n; i++ {
		out = append(out, bytes.Replace(entry, []byte("0000.bin"), fmt.Appendf(nil, "%04d.bin", i), 1)...)
	}
	tail := bytes.Clone(data[end:])
	entries := uint16(len(files) + n - 1)
	binary.LittleEndian.PutUint16(tail[8:], entries)
	binary.LittleEndian.PutUint16(tail[10:], entries)
	binary.LittleEndian.PutUint32(tail[12:], uint32(len(out))-binary.LittleEndian.Uint32(tail[16:]))
	return append(out, tail...)
}

// As many merged areas as are allowed are read, and found.
func TestManyMerges(t *testing.T) {
	const n = 200_000
	var b strings.Builder
	b.WriteString(`<worksheet` + mainNS + `><mergeCells>`)
	for _, row := range rand.New(rand.NewPCG(1, 1)).Perm(n) {
		fmt.Fprintf(&b, `<mergeCell ref="B%d:D%d"/>`, row+1, row+1)
	}
	b.WriteString(`</mergeCells></worksheet>`)
	g, err := readFirst(pack(t, smallest(b.String())), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for row := 1; row <= n; row += 777 {
		if m, ok := g.Merge(row, 3); !ok || m != (Range{row, 2, row, 4}) {
			t.Fatalf("row %d: %v, %t", row, m, ok)
		}
	}
}
