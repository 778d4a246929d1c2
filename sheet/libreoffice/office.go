// Package libreoffice converts files by an installed LibreOffice, which is
// given nothing to harm anybody with: each process has a new profile without
// macros, links and network, a limited time, and is gone with all its children
// and files afterwards.
package libreoffice

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// XLSX is the format to convert to for a workbook.
const XLSX = "xlsx:Calc MS Excel 2007 XML"

// Variable is the environment variable that may name the program.
const Variable = "ZIPING_SOFFICE"

var (
	// ErrMissing is the error where LibreOffice is not installed.
	ErrMissing = errors.New("没有安装 LibreOffice")
	// errSlow is the error of a conversion that took too long.
	errSlow = errors.New("LibreOffice 转换超时，已终止")
)

// places are where LibreOffice is installed when it is not on the search path.
var places = []string{
	"/usr/bin/soffice",
	"/Applications/LibreOffice.app/Contents/MacOS/soffice",
	`C:\Program Files\LibreOffice\program\soffice.exe`,
	`C:\Program Files (x86)\LibreOffice\program\soffice.exe`,
}

// Program returns the path of the program: what ZIPING_SOFFICE says, else where it
// is installed, else ErrMissing.
func Program() (string, error) {
	names := append([]string{"soffice", "libreoffice"}, places...)
	if own := os.Getenv(Variable); own != "" {
		names = []string{own}
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrMissing
}

// Office says how to convert.
type Office struct {
	Limit       time.Duration // of a process; a minute if it is 0
	Recalculate bool          // calculate every formula, instead of keeping its value
}

// one is held while a process runs: two would fight for memory and cores.
var one sync.Mutex

// Convert converts files to a format of LibreOffice's, such as XLSX, into dir.
// A file that can't be converted has no result there, and is no error.
func (o Office) Convert(ctx context.Context, to, dir string, files ...string) (err error) {
	program, err := Program()
	if err != nil {
		return err
	}
	one.Lock()
	defer one.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	profile, err := os.MkdirTemp("", "ziping-office-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, removeAll(profile)) }()
	if err := o.writeProfile(profile); err != nil {
		return err
	}
	limit := o.Limit
	if limit == 0 {
		limit = time.Minute
	}
	ctx, cancel := context.WithTimeoutCause(ctx, limit, errSlow)
	defer cancel()
	args := []string{
		"-env:UserInstallation=" + fileURL(profile), "--headless", "--norestore", "--nolockcheck", "--nologo", "--nodefault",
		"--convert-to", to, "--outdir", dir,
	}
	said, err := run(ctx, profile, program, append(args, files...))
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err != nil {
		return fmt.Errorf("LibreOffice 转换失败：%w：%s", err, said)
	}
	return nil
}

// run runs a program with its children, which leave their temporary files in
// temp, and returns the last that it said.
func run(ctx context.Context, temp, program string, args []string) (string, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(os.Environ(), "TMPDIR="+temp, "TMP="+temp, "TEMP="+temp)
	var said tail
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.WaitDelay = time.Second // for pipes that a child may still hold
	f, err := newFamily(cmd)
	if err != nil {
		return "", err
	}
	defer f.kill()
	cmd.Cancel = func() error { f.kill(); return nil }
	if err := cmd.Start(); err != nil {
		return "", err
	}
	if err := f.started(); err != nil {
		f.kill()
		return "", errors.Join(err, cmd.Wait())
	}
	err = cmd.Wait()
	if errors.Is(err, exec.ErrWaitDelay) {
		err = nil // it did its work
	}
	return said.String(), err
}

// tail keeps the end of what is written to it.
type tail struct{ b []byte }

func (t *tail) Write(p []byte) (int, error) {
	t.b = append(t.b, p...)
	t.b = t.b[max(0, len(t.b)-500):]
	return len(p), nil
}

func (t *tail) String() string { return strings.ToValidUTF8(strings.TrimSpace(string(t.b)), "") }

// removeAll removes a directory. What was just killed may hold a file in it for
// a moment longer, on Windows.
func removeAll(dir string) (err error) {
	for range 20 {
		err = os.RemoveAll(dir)
		if err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return err
}

// fileURL returns a path as a URL; that of Windows begins with a drive.
func fileURL(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}
