package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"ziping/sheet"
	"ziping/sheet/convert"
	"ziping/sheet/xlsx"
)

// fileError is why a file or directory could not be read.
type fileError struct {
	file string
	err  error
}

// expand returns the files that the arguments name: a file itself, and of a
// directory every file below it that ends as asked, in the order of their
// names. Excel's lock files (~$) and hidden files are left out. A link to a
// file is that file; one to a directory below the named one may lead round in a
// circle, and is an error.
func expand(args []string, ends ...string) (files []string, errs []fileError) {
	fail := func(file string, err error) { errs = append(errs, fileError{file, sheet.Explain(err)}) }
	for _, arg := range args {
		info, err := os.Stat(arg)
		if err != nil {
			fail(arg, err)
			continue
		}
		if !info.IsDir() {
			files = append(files, arg)
			continue
		}
		root := arg
		if target, err := filepath.EvalSymlinks(arg); err == nil {
			root = target
		}
		_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			shown := filepath.Join(arg, strings.TrimPrefix(path, root))
			if err != nil {
				fail(shown, err)
				return nil
			}
			return visit(shown, d, path == root, ends, &files, fail)
		})
	}
	return files, errs
}

// visit adds what stands in a directory to the files, if it is one of them.
func visit(path string, d fs.DirEntry, root bool, ends []string, files *[]string, fail func(string, error)) error {
	name, mode := d.Name(), d.Type()
	hidden := strings.HasPrefix(name, ".")
	if d.IsDir() {
		if hidden && !root {
			return fs.SkipDir
		}
		return nil
	}
	if mode&fs.ModeSymlink != 0 {
		info, err := os.Stat(path)
		switch {
		case err != nil: // it leads nowhere, or in a circle
			mode = 0
		case info.IsDir():
			fail(path, errors.New(path+"：这是指向另一个文件夹的链接，没有进入；如要处理，请在命令中写明那个文件夹"))
			return nil
		default:
			mode = info.Mode().Type()
		}
	}
	if !hidden && !strings.HasPrefix(name, "~$") && mode.IsRegular() && slices.Contains(ends, strings.ToLower(filepath.Ext(name))) {
		*files = append(*files, path)
	}
	return nil
}

// workbooks returns the workbooks that a command's arguments name, and the list
// of --files-from.
func workbooks(c *cli.Context) (files []string, errs []fileError, err error) {
	args := c.Args().Slice()
	if from := c.Path("files-from"); from != "" {
		listed, err := filesFrom(c.App.Reader, from)
		if err != nil {
			return nil, nil, err
		}
		args = append(args, listed...)
	} else if len(args) == 0 {
		return nil, nil, errors.New("请写明工作簿或文件夹")
	}
	files, errs = expand(args, workbookEnds...)
	return files, errs, nil
}

func filesFromFlag() cli.Flag {
	return &cli.PathFlag{Name: "files-from", Usage: "从文件读入工作簿名单，一行一个或以 NUL 分隔；- 为标准输入 · read the names of files from `FILE`; - is stdin"}
}

// filesFrom reads names of files, one a line; where there is a NUL, as find
// -print0 writes it, NULs separate them. Windows writes lines in UTF-16
// (PowerShell) or GBK (dir /b).
func filesFrom(stdin io.Reader, file string) ([]string, error) {
	b, err := []byte(nil), error(nil)
	if file == "-" {
		b, err = io.ReadAll(stdin)
	} else {
		b, err = readFile(file)
	}
	if err != nil {
		return nil, sheet.Explain(err)
	}
	var names []string
	switch {
	case isUTF16(b):
		names = strings.Split(strings.ReplaceAll(convert.Decode(b), "\r\n", "\n"), "\n")
	case bytes.Contains(b, []byte{0}):
		names = strings.Split(string(b), "\x00")
	default:
		for line := range bytes.Lines(bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF"))) {
			names = append(names, fileName(bytes.TrimRight(line, "\r\n")))
		}
	}
	return slices.DeleteFunc(names, func(s string) bool { return s == "" }), nil
}

// isUTF16 reports whether a list of names is in UTF-16: it begins with a mark, or
// holds an ASCII character and a NUL where a name can't end.
func isUTF16(b []byte) bool {
	return bytes.HasPrefix(b, []byte("\xFF\xFE")) || bytes.HasPrefix(b, []byte("\xFE\xFF")) ||
		bytes.Contains(b, []byte("\n\x00")) || bytes.Contains(b, []byte(".\x00x\x00l\x00s\x00"))
}

// fileName returns a name of a list: as it stands there if that is a name here,
// else decoded.
func fileName(line []byte) string {
	if _, err := os.Lstat(string(line)); err == nil {
		return string(line)
	}
	return convert.Decode(line)
}

var (
	errNotFile = errors.New("不是普通文件")
	errGrowing = errors.New("正在被其他程序写入，请稍后再试")
)

// readFile reads a whole file that is not too large to be one of ours.
func readFile(name string) ([]byte, error) { return readWithin(name, xlsx.Limits{}) }

// readWithin is readFile with other limits than the default ones.
func readWithin(name string, limits xlsx.Limits) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, &fs.PathError{Op: "read", Path: name, Err: errNotFile}
	}
	if err := limits.CheckSize(info.Size()); err != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: err}
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data := bytes.NewBuffer(make([]byte, 0, info.Size()+bytes.MinRead))
	_, err = data.ReadFrom(io.LimitReader(f, info.Size()+1))
	if err == nil && int64(data.Len()) > info.Size() {
		err = &fs.PathError{Op: "read", Path: name, Err: errGrowing}
	}
	return data.Bytes(), err
}

// inFile puts the name of a file before an error, or before each of several.
func inFile(file string, err error) error {
	list, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return fmt.Errorf("%s：%w", file, err)
	}
	var errs []error
	for _, e := range list.Unwrap() {
		errs = append(errs, fmt.Errorf("%s：%w", file, e))
	}
	return errors.Join(errs...)
}
