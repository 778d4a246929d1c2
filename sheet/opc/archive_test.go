package opc

import (
	"archive/zip"
	"bytes"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// packed is an archive of a few parts, as writers make them: stored and deflated, with
// the checksum before, behind, and not at all.
func packed(tb testing.TB, comment string) []byte {
	tb.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, h := range []zip.FileHeader{{Name: "a.xml", Method: zip.Deflate}, {Name: "名/b.xml"}, {Name: "dir/"}, {Name: "c", Method: zip.Deflate, Extra: []byte{1, 0, 0, 0}, Comment: "c"}} {
		part, err := w.CreateHeader(&h)
		if err != nil {
			tb.Fatal(err)
		}
		if h.Name != "dir/" {
			fmt.Fprintf(part, "<a>%s</a>", bytes.Repeat([]byte(h.Name), 50))
		}
	}
	for name, sum := range map[string]uint32{"without a checksum": 0, "with one": crc32.ChecksumIEEE([]byte("<a/>"))} {
		if err := writeRaw(w, &zip.FileHeader{Name: name, CRC32: sum, CompressedSize64: 4, UncompressedSize64: 4}, []byte("<a/>")); err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.SetComment(comment); err != nil {
		tb.Fatal(err)
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func TestDirectory(t *testing.T) {
	for comment, plain := range map[string]bool{"": true, "a comment": false} {
		data := packed(t, comment)
		list, ok := directory(bytes.NewReader(data), int64(len(data)))
		if ok != plain {
			t.Errorf("comment %q: %t", comment, ok)
		}
		if plain && len(list) != 6 {
			t.Errorf("%d entries", len(list))
		}
	}
}

// What we read of an archive is what archive/zip reads, and what we read the directory
// of, archive/zip does not refuse.
func FuzzDirectory(f *testing.F) {
	f.Add(packed(f, ""))
	f.Add(packed(f, "a comment"))
	workbooks, _ := filepath.Glob("../../examples/returned/*.xlsx")
	for _, name := range workbooks {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(compareArchives)
}

// The same, with each byte of an archive changed, and with its end cut off.
func TestDirectoryDamaged(t *testing.T) {
	data := packed(t, "")
	for i, was := range data {
		for _, now := range []byte{0, 1, 8, 0xff, was + 1, was - 1, was ^ 0x80} {
			data[i] = now
			compareArchives(t, data)
		}
		data[i] = was
		compareArchives(t, data[:i])
	}
}

// compareArchives holds what we read of an archive against what archive/zip reads.
func compareArchives(t *testing.T, data []byte) {
	source := bytes.NewReader(data)
	list, ok := directory(source, int64(len(data)))
	if !ok {
		return
	}
	r, err := zip.NewReader(source, int64(len(data)))
	if err != nil {
		t.Fatalf("%q: %v", data, err)
	}
	r.RegisterDecompressor(zip.Deflate, inflate)
	if len(r.File) != len(list) {
		t.Fatalf("%q: %d entries, want %d", data, len(list), len(r.File))
	}
	for i, want := range r.File {
		got := list[i]
		if got.name != want.Name || got.method != want.Method || got.flags != want.Flags || got.sum != want.CRC32 || got.packed != want.CompressedSize64 || got.size != want.UncompressedSize64 {
			t.Fatalf("%q: %+v, want %+v", data, got, want.FileHeader)
		}
		at, err := got.offset(source, make([]byte, headerLen))
		wantAt, wantErr := want.DataOffset()
		if err == nil && at != wantAt || fmt.Sprint(err) != fmt.Sprint(wantErr) {
			t.Fatalf("%q: %s begins at %d, %v; want %d, %v", data, got.name, at, err, wantAt, wantErr)
		}
		text, err := content(got.open(source))
		wantText, wantErr := content(want.Open())
		if text != wantText || fmt.Sprint(err) != fmt.Sprint(wantErr) {
			t.Fatalf("%q: %s is %q, %v; want %q, %v", data, got.name, text, err, wantText, wantErr)
		}
	}
}

// content reads a part that was opened, but no more than a fuzzer has time for.
func content(r io.ReadCloser, err error) (string, error) {
	if err != nil {
		return "", err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, 1<<20))
	return string(b), err
}
