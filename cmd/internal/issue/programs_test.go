package issue_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"ziping/sheet/edit"
	"ziping/sheet/libreoffice"
	"ziping/sheet/livecheck"
	"ziping/sheet/sheettest"
	"ziping/sheet/xlsx"
)

// program is another program that calculates.
type program struct {
	name    string
	convert func(t *testing.T, dir string, files []string) // puts name-sheet.csv for each sheet of each file into dir
	lacks   []string                                       // the rules whose formulas it calculates otherwise than Excel
}

func libreOffice(t *testing.T) program {
	sheettest.New(t) // skips where that is not wanted
	office := libreoffice.Office{Recalculate: true, Limit: 20 * time.Minute}
	// Separated by commas, UTF-8, from line 1, texts as they are, all sheets.
	const to = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
	return program{name: "LibreOffice", convert: func(t *testing.T, dir string, files []string) {
		if err := office.Convert(t.Context(), to, dir, files...); err != nil {
			t.Fatal(err)
		}
	}}
}

// noArrays are the rules that gnumeric sees otherwise: within SUMPRODUCT it takes one cell
// of a range where a function of one value stands around it, such as LEN, EXACT, ISNUMBER,
// ISTEXT, FIND or MID.
var noArrays = []string{"level1-known", "deviation-repeated", "required-executed-source", "unreadable", "score-qualitative-unmet", "score-not-done", "actual-repeats-operator", "satisfaction-no-value"}

func gnumeric(t *testing.T) program {
	ssconvert := sheettest.Program(t, "ssconvert")
	return program{name: "gnumeric", lacks: noArrays, convert: func(t *testing.T, dir string, files []string) {
		for _, file := range files {
			name := strings.TrimSuffix(filepath.Base(file), ".xlsx")
			sheettest.Output(t, ssconvert, "--recalc", "--export-file-per-sheet", "--export-type=Gnumeric_stf:stf_csv", file, filepath.Join(dir, name+"-%s.csv"))
		}
	}}
}

// together is how many forms stand in one workbook when another program calculates them:
// to open one takes it longer than to calculate a form.
const together = 25

// calculated has a program calculate the checks of forms, and calls done with the states
// of each.
func (p program) calculated(t *testing.T, forms []filled, done func(f filled, states map[string][]float64)) {
	in, out := t.TempDir(), t.TempDir()
	byTemplate := map[*byte][]filled{}
	for _, f := range forms {
		key := &f.template.data[0]
		byTemplate[key] = append(byTemplate[key], f)
	}
	type book struct {
		name  string
		forms []filled
	}
	var books []book
	var files []string
	for _, list := range byTemplate {
		for len(list) > 0 {
			n := min(len(list), together)
			b := book{fmt.Sprintf("%04d", len(books)), list[:n]}
			list = list[n:]
			file := filepath.Join(in, b.name+".xlsx")
			if err := os.WriteFile(file, inOneWorkbook(t, b.forms), 0o666); err != nil {
				t.Fatal(err)
			}
			books, files = append(books, b), append(files, file)
		}
	}
	p.convert(t, out, files)
	for _, b := range books {
		for i, f := range b.forms {
			file := filepath.Join(out, b.name+"-"+numbered(behind, i)+".csv")
			done(f, statesOf(t, f, file))
		}
	}
}

// numbered is the name of a sheet of one of several forms in a workbook.
func numbered(sheet string, i int) string {
	if i == 0 {
		return sheet
	}
	return fmt.Sprintf("%s_%d", sheet, i)
}

// inOneWorkbook puts forms of one template into one workbook.
func inOneWorkbook(t *testing.T, forms []filled) []byte {
	t.Helper()
	b, err := edit.Open(forms[0].data, xlsx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	sheets := []string{forms[0].template.sheet, livecheck.Name, behind}
	for i, f := range forms[1:] {
		var names []string
		for _, s := range sheets {
			names = append(names, s+"!", numbered(s, i+1)+"!", s+"'!", numbered(s, i+1)+"'!")
		}
		renamed := strings.NewReplacer(names...)
		parts := sheettest.Parts(t, f.data)
		for _, s := range sheets {
			if err := b.PutSheet(numbered(s, i+1), edit.Visible, []byte(renamed.Replace(parts[b.SheetPart(s)]))); err != nil {
				t.Fatal(err)
			}
		}
	}
	data, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// statesOf returns the states of the checks of a form, as a program wrote them down.
func statesOf(t *testing.T, f filled, file string) map[string][]float64 {
	t.Helper()
	r, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	lines := csv.NewReader(r)
	lines.FieldsPerRecord, lines.LazyQuotes = -1, true
	cells, err := lines.ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	// An empty line is no record: the rows are counted from below.
	last := f.template.lastRow
	states := map[string][]float64{}
	for _, c := range f.template.checks {
		area, ok := xlsx.ParseRange(strings.ReplaceAll(c.States, "$", ""))
		if !ok {
			t.Fatalf("no cells: %s", c.States)
		}
		for _, row := range c.Rows {
			at := len(cells) - 1 - (last - row)
			v, err := strconv.ParseFloat(cells[at][area.FirstCol-1], 64)
			if err != nil {
				t.Errorf("%s (%s): %s: %s is %q", f.name, f.template.layout, c.ID, xlsx.Ref(row, area.FirstCol), cells[at][area.FirstCol-1])
			}
			states[c.States] = append(states[c.States], v)
		}
	}
	return states
}

// typedInto returns a workbook in which something stands in cells of a sheet that were
// empty.
func typedInto(t *testing.T, workbook []byte, sheet string, typed map[string]any) []byte {
	t.Helper()
	b, err := edit.Open(workbook, xlsx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	part := b.SheetPart(sheet)
	content := emptyCell.ReplaceAllStringFunc(sheettest.Parts(t, workbook)[part], func(cell string) string {
		m := emptyCell.FindStringSubmatch(cell)
		style, _ := strconv.Atoi(m[2])
		switch v := typed[m[1]].(type) {
		case string:
			return edit.TextCell(m[1], style, v)
		case float64:
			return edit.NumberCell(m[1], style, v)
		}
		return cell
	})
	b.Set(part, []byte(content))
	data, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

var emptyCell = regexp.MustCompile(`<c r="([A-Z]+[0-9]+)" s="([0-9]+)"></c>`)
