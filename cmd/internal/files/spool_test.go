package files

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"testing"
)

// A spool gives back what it was given, from memory and from its file.
func TestSpool(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	s := new(Spool)
	var want [][]byte
	for i := range 50 {
		b := bytes.Repeat([]byte{byte(i)}, random.IntN(2<<20)*min(1, 49-i)+1)
		want = append(want, b)
		if err := s.Add(b); err != nil {
			t.Fatal(err)
		}
	}
	if s.file == nil || s.filed < most || len(s.buffer) == 0 {
		t.Fatalf("%d bytes in the file, %d in memory", s.filed, len(s.buffer))
	}
	for _, i := range random.Perm(len(want)) {
		check := func(got []byte) error {
			if !bytes.Equal(got, want[i]) {
				t.Fatalf("record %d has %d bytes, want %d", i, len(got), len(want[i]))
			}
			return nil
		}
		got, err := s.Record(i)
		if err = errors.Join(err, check(got), s.With(i, check)); err != nil {
			t.Fatal(err)
		}
	}
	s.Close()
	if _, err := os.Stat(s.file.Name()); !os.IsNotExist(err) {
		t.Errorf("the file is still there: %v", err)
	}
}
