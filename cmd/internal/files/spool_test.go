package files

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"ziping/sheet/spill"
)

// A spool gives back what it was given, from memory and from its file.
func TestSpool(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	s := new(Spool)
	defer s.Close()
	var want [][]byte
	for i := range 50 {
		b := bytes.Repeat([]byte{byte(i)}, random.IntN(spill.Most/2)*min(1, 49-i)+1)
		want = append(want, b)
		if err := s.Add(b); err != nil {
			t.Fatal(err)
		}
	}
	for _, i := range random.Perm(s.Len()) {
		check := func(got []byte) error {
			if !bytes.Equal(got, want[i]) {
				return fmt.Errorf("record %d has %d bytes, want %d", i, len(got), len(want[i]))
			}
			return nil
		}
		got, err := s.Record(i)
		if err = errors.Join(err, check(got), s.With(i, check)); err != nil {
			t.Fatal(err)
		}
	}
}
