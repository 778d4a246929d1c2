package spill

import (
	"bytes"
	"io"
	"math/rand/v2"
	"os"
	"testing"
)

// A text gives back what was appended, from memory and from its file.
func TestText(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	x := new(Text)
	var want []byte
	var ends []int64
	for i := range 50 {
		b := bytes.Repeat([]byte{byte(i)}, random.IntN(Most/2)*min(1, 49-i)+1)
		want = append(want, b...)
		x.Tail = append(x.Tail, b...)
		ends = append(ends, x.Len())
		if err := x.Spill(); err != nil {
			t.Fatal(err)
		}
	}
	if x.file == nil || x.filed < Most || len(x.Tail) == 0 {
		t.Fatalf("%d bytes in the file, %d in memory", x.filed, len(x.Tail))
	}
	if got, err := io.ReadAll(x.Reader()); err != nil || !bytes.Equal(got, want) {
		t.Fatalf("%d bytes, want %d (%v)", len(got), len(want), err)
	}
	var buffer []byte
	for _, i := range random.Perm(len(ends)) {
		begin := int64(0)
		if i > 0 {
			begin = ends[i-1]
		}
		got, filed, err := x.Between(begin, ends[i], buffer)
		if err != nil || !bytes.Equal(got, want[begin:ends[i]]) {
			t.Fatalf("%d bytes, want those from %d to %d (%v)", len(got), begin, ends[i], err)
		}
		if filed {
			buffer = got
		}
	}
	x.Close()
	if _, err := os.Stat(x.file.Name()); !os.IsNotExist(err) {
		t.Errorf("the file is still there: %v", err)
	}
}
