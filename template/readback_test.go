package template

import "testing"

func TestReadBack(t *testing.T) {
	for _, name := range Names() {
		l, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := l.ReadBack(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
