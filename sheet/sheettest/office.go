package sheettest

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"

	"ziping/sheet/libreoffice"
)

// Wanted reports whether the tests with other programs are to be run: together they
// take longer than all others.
func Wanted() bool { return os.Getenv("ZIPING_OFFICE") != "" }

// want skips a test with another program in a run that has not set ZIPING_OFFICE.
func want(t *testing.T, what string) {
	t.Helper()
	if !Wanted() {
		t.Skipf("%s takes its time: ZIPING_OFFICE=1 tests with it", what)
	}
}

// missing ends a test whose program is not there: it must be where it is wanted.
func missing(t *testing.T, what string) {
	t.Helper()
	t.Fatalf("%s is not installed, and ZIPING_OFFICE wants it", what)
}

// Program returns the path of a program.
func Program(t *testing.T, name string) string {
	t.Helper()
	want(t, name)
	path, err := exec.LookPath(name)
	if err != nil {
		missing(t, name)
	}
	return path
}

// Python returns a Python that has a module.
func Python(t *testing.T, module string) string {
	t.Helper()
	want(t, "Python with "+module)
	for _, name := range []string{"/usr/bin/python3", "python3", "python"} {
		if exec.Command(name, "-c", "import "+module).Run() == nil {
			return name
		}
	}
	missing(t, "Python with "+module)
	return ""
}

// Node returns a Node.js that has a module; NODE_PATH names the directory of
// modules.
func Node(t *testing.T, module string) string {
	t.Helper()
	want(t, "Node.js with "+module)
	if path, err := exec.LookPath("node"); err == nil && exec.Command(path, "-e", "require('"+module+"')").Run() == nil {
		return path
	}
	missing(t, "Node.js with "+module)
	return ""
}

// Module returns the directory of a module of Node.js: of one that carries
// programs of other languages with it.
func Module(t *testing.T, name string) string {
	t.Helper()
	want(t, "Node.js's module "+name)
	resolve := "console.log(require('path').dirname(require.resolve('" + name + "/package.json')))"
	if path, err := exec.LookPath("node"); err == nil {
		if dir, err := exec.Command(path, "-e", resolve).Output(); err == nil {
			return strings.TrimSpace(string(dir))
		}
	}
	missing(t, "Node.js's module "+name)
	return ""
}

// Output runs a program and returns what it prints.
func Output(t *testing.T, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s %s: %v\n%s%s", name, strings.Join(args, " "), err, stdout.String(), stderr.String())
	}
	return stdout.String()
}

// LibreOffice is one that calculates what it opens.
type LibreOffice struct{}

// New returns a LibreOffice.
func New(t *testing.T) LibreOffice {
	t.Helper()
	want(t, "LibreOffice")
	if _, err := libreoffice.Program(); err != nil {
		missing(t, "LibreOffice")
	}
	return LibreOffice{}
}

// XLSX is the format to convert to for a workbook.
const XLSX = libreoffice.XLSX

// Convert converts files, and returns the directory of the results.
func (LibreOffice) Convert(t *testing.T, to string, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	if err := (libreoffice.Office{Recalculate: true}).Convert(t.Context(), to, dir, files...); err != nil {
		t.Fatal(err)
	}
	return dir
}
