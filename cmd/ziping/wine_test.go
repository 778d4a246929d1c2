package main

import (
	"bufio"
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ziping/sheet/sheettest"
)

// wine is a Windows of its own, with the program in its working directory.
type wine struct {
	dir string
	env []string
}

// newWine builds the program for Windows, and what Wine lacks for it.
func newWine(t *testing.T) *wine {
	t.Helper()
	sheettest.Program(t, "wine")
	compiler := sheettest.Program(t, "x86_64-w64-mingw32-gcc")
	source, err := filepath.Abs(filepath.Join("testdata", "wine"))
	must(t, err)
	w := &wine{dir: t.TempDir()}
	prefix := filepath.Join(t.TempDir(), "prefix")
	w.env = append(os.Environ(), "WINEPREFIX="+prefix, "WINEDEBUG=-all",
		"WINEDLLOVERRIDES=bcryptprimitives=n,b;mscoree,mshtml=", "LC_ALL=C.UTF-8")
	build := exec.Command("go", "build", "-o", filepath.Join(w.dir, "ziping.exe"), ".")
	build.Env = append(os.Environ(), "GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if out, err := w.command("wine", "wineboot", "-i").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	system := filepath.Join(prefix, "drive_c", "windows", "system32") // where alone Go looks for it
	sheettest.Output(t, compiler, "-shared", "-o", filepath.Join(system, "bcryptprimitives.dll"), filepath.Join(source, "bcryptprimitives.c"), "-ladvapi32")
	sheettest.Output(t, compiler, "-municode", "-o", filepath.Join(w.dir, "hold.exe"), filepath.Join(source, "hold.c"))
	t.Cleanup(func() { w.command("wineserver", "-k").Run() })
	return w
}

func (w *wine) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = w.dir, w.env
	return cmd
}

// typed runs a line of cmd.exe as it was typed, which Wine knows only in ASCII, and
// returns what it prints.
func (w *wine) typed(t *testing.T, code int, line string) (stdout, stderr string) {
	t.Helper()
	must(t, os.WriteFile(filepath.Join(w.dir, "line.bat"), []byte("@"+line+"\r\n@exit %errorlevel%\r\n"), 0o644))
	return w.run(t, code, "cmd", "/c", "line.bat")
}

// run runs a program and returns what it prints.
func (w *wine) run(t *testing.T, code int, args ...string) (stdout, stderr string) {
	t.Helper()
	cmd := w.command("wine", args...)
	var out, problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problems
	got := 0
	if err := cmd.Run(); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			t.Fatal(err)
		}
		got = exit.ExitCode()
	}
	if got != code {
		t.Fatalf("%v: exit %d, want %d\n%s\n%s", args, got, code, out.String(), problems.String())
	}
	return out.String(), problems.String()
}

// hold holds a file open, as a spreadsheet program does.
func (w *wine) hold(t *testing.T, file string) (release func()) {
	t.Helper()
	cmd := w.command("wine", "hold.exe", file)
	in, err := cmd.StdinPipe()
	must(t, err)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	if line, err := bufio.NewReader(out).ReadString('\n'); !strings.HasPrefix(line, "held") {
		t.Fatalf("%s is not held: %q, %v", file, line, err)
	}
	return func() {
		in.Close()
		cmd.Wait()
	}
}

// The program for Windows writes what the one of this machine writes, byte for byte,
// understands what cmd.exe hands to it, and says when a file is open elsewhere.
func TestWindows(t *testing.T) {
	w := newWine(t)
	examples, err := filepath.Abs(filepath.Join("..", "..", "examples"))
	must(t, err)
	t.Chdir(w.dir)
	must(t, os.CopyFS("examples", os.DirFS(examples)))
	must(t, os.WriteFile("key", []byte(key), 0o600))
	same := func(here, there string) {
		t.Helper()
		if diff := cmp.Diff(sheettest.Parts(t, mustRead(t, here)), sheettest.Parts(t, mustRead(t, there))); diff != "" || !bytes.Equal(mustRead(t, here), mustRead(t, there)) {
			t.Errorf("%s (-here +Windows):\n%s", there, diff)
		}
	}

	const park = "未来公园展厅运营经费.xlsx"
	ziping(t, exitOK, "template", "--key-file", "key", "-o", "here", "examples/projects")
	w.typed(t, exitOK, `ziping template --key-file key -o "there\" examples\projects`) // the quoted backslash is one of cmd.exe's traps
	same("here/"+park, "there/"+park)
	ziping(t, exitOK, "fill", "-o", "here.xlsx", "here/"+park, "examples/data/未来公园展厅运营经费.toml")
	w.run(t, exitOK, "ziping.exe", "fill", "-o", "there.xlsx", `there\`+park, `examples\data\未来公园展厅运营经费.toml`)
	same("here.xlsx", "there.xlsx")

	here := string(ziping(t, exitFindings, "check", "--key-file", "key", "examples/returned"))
	there, _ := w.typed(t, exitFindings, `ziping check --key-file key examples\returned\*.xlsx`)
	if diff := cmp.Diff(strings.ReplaceAll(here, "examples/returned/", `examples\returned\`), there); diff != "" {
		t.Errorf("check (-here +Windows):\n%s", diff)
	}
	ziping(t, exitFindings, "annotate", "--date", "2026-03-01", "-o", "copies", "examples/returned")
	w.typed(t, exitFindings, `ziping annotate --date 2026-03-01 -o "copies there\" examples\returned\*.xlsx`)
	files, err := filepath.Glob("copies/*/*.xlsx")
	if err != nil || len(files) != 3 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		same(file, strings.Replace(file, "copies", "copies there", 1))
	}
	w.run(t, exitFindings, "ziping.exe", "collect", "--projects", `examples\projects`, "-o", "汇总.xlsx", `examples\returned`)
	if out, _ := w.typed(t, exitFailed, `ziping check examples\none\*.xlsx`); !strings.Contains(out, `examples\none\*.xlsx：没有名称与此相符的文件或文件夹`) {
		t.Errorf("of a pattern that nothing is like it says %q", out)
	}

	const open = "文件正被 Excel 或 WPS 打开，请先关闭"
	before := mustRead(t, "汇总.xlsx")
	release := w.hold(t, "汇总.xlsx")
	if _, problems := w.run(t, exitFailed, "ziping.exe", "collect", "--force", "-o", "汇总.xlsx", `examples\returned`); !strings.Contains(problems, open) {
		t.Errorf("of a summary that is open it says %q", problems)
	}
	release()
	if !bytes.Equal(before, mustRead(t, "汇总.xlsx")) {
		t.Error("the summary that was open has changed")
	}
	release = w.hold(t, `examples\returned\`+park)
	out, problems := w.typed(t, exitFailed, `ziping check examples\returned`)
	if !strings.Contains(out+problems, park) || !strings.Contains(out+problems, open) || !strings.Contains(out, "科创中心建设工作经费") {
		t.Errorf("of a workbook that is open it says %q %q", out, problems)
	}
	release()
	if left, err := filepath.Glob("*.tmp*"); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}
