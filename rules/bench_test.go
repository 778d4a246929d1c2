package rules

import (
	"os"
	"testing"

	"ziping/sheet"
	"ziping/sheet/read"
)

const returned = "../examples/returned/未来公园展厅运营经费.xlsx"

// example reads the published form of 未来公园展厅运营经费.
func example(tb testing.TB) *sheet.Table {
	tb.Helper()
	return readForm(tb, readFile(tb, returned))
}

func readForm(tb testing.TB, data []byte) *sheet.Table {
	tb.Helper()
	found, err := read.Forms(data)
	if err != nil {
		tb.Fatal(err)
	}
	return found[0].Table
}

func readFile(tb testing.TB, name string) []byte {
	tb.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// defaults returns the default rules.
func defaults(tb testing.TB) *Set {
	tb.Helper()
	set, err := Default()
	if err != nil {
		tb.Fatal(err)
	}
	return set
}

// BenchmarkCheck runs all default rules over one completed form.
func BenchmarkCheck(b *testing.B) {
	set, form := defaults(b), example(b)
	b.ReportAllocs()
	for b.Loop() {
		set.Check(form)
	}
}

// BenchmarkBatch runs the batch rules over a hundred forms.
func BenchmarkBatch(b *testing.B) {
	set, form := defaults(b), example(b)
	b.ReportAllocs()
	for b.Loop() {
		batch := set.NewBatch()
		for range 100 {
			if err := batch.Add("", set.compare(form)); err != nil {
				b.Fatal(err)
			}
		}
		if _, err := batch.Findings("", set.compare(form)); err != nil {
			b.Fatal(err)
		}
		batch.Close()
	}
}

// BenchmarkRead reads the same form, for comparison.
func BenchmarkRead(b *testing.B) {
	data := readFile(b, returned)
	b.ReportAllocs()
	for b.Loop() {
		readForm(b, data)
	}
}

// BenchmarkDefault compiles the default rules.
func BenchmarkDefault(b *testing.B) {
	for b.Loop() {
		defaults(b)
	}
}
