package files

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Output is where results go: to a file, which then appears whole or not at all,
// or to stdout. A file is written beside its place, and Commit renames it into it.
type Output struct {
	io.Writer
	buffer  *bufio.Writer
	tmp     *os.File // nil for stdout
	name    string   // of its place
	force   bool
	private bool
}

// Open begins an output, before anything else is done that would be in vain.
// Without a name, the output is stdout. An existing file is replaced only with
// force; what is no file, never.
func Open(stdout io.Writer, name string, force bool) (*Output, error) {
	if name == "" {
		return &Output{Writer: stdout}, nil
	}
	if err := replaceable(name, force); err != nil {
		return nil, err
	}
	o := &Output{name: name, force: force}
	sweepOnce(filepath.Dir(name))
	tmp, err := createTemp(filepath.Dir(name), ".ziping-", 0o666)
	if errors.Is(err, fs.ErrNotExist) { // the directory, not the file
		return nil, &fs.PathError{Op: "write", Path: filepath.Dir(name), Err: fs.ErrNotExist}
	}
	if err != nil {
		return nil, o.named(err)
	}
	o.tmp = tmp
	o.buffer = bufio.NewWriter(o.tmp)
	o.Writer = named{o}
	return o, nil
}

var (
	errDevice = errors.New("这是设备或管道，不是普通文件，没有写入")
	errFolder = errors.New("这是文件夹，应为文件")
)

// replaceable returns why nothing may be put into a place, if so.
func replaceable(name string, force bool) error {
	no := func(err error) error { return &fs.PathError{Op: "write", Path: name, Err: err} }
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir():
		return no(errFolder)
	case err == nil && !info.Mode().IsRegular():
		return no(errDevice)
	case force:
		return nil
	}
	if _, err := os.Lstat(name); err == nil { // also a link that leads nowhere
		return no(fs.ErrExist)
	}
	return nil
}

// Write writes a file whole or not at all. An existing file is replaced only with
// force.
func Write(name string, data []byte, force bool) error {
	o, err := Open(nil, name, force)
	if err != nil {
		return err
	}
	defer o.Close()
	if _, err := o.Write(data); err != nil {
		return err
	}
	return o.Commit()
}

// named writes to the buffer of an output, with its name in errors.
type named struct{ o *Output }

// Write implements io.Writer.
func (n named) Write(b []byte) (int, error) {
	written, err := n.o.buffer.Write(b)
	return written, n.o.named(err)
}

// named puts the file's own name into an error of the one beside its place.
func (o *Output) named(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return &fs.PathError{Op: path.Op, Path: o.name, Err: path.Err}
	case errors.As(err, &link):
		return &fs.PathError{Op: link.Op, Path: o.name, Err: link.Err}
	}
	return err
}

// Private keeps the file to its owner: what is written next was secret.
func (o *Output) Private() error {
	if o.tmp == nil || o.private {
		return nil
	}
	o.private = true
	return o.named(o.tmp.Chmod(0o600))
}

// Commit puts the file into its place. It has the permissions of the one that it
// replaces, else those that files are to have here.
func (o *Output) Commit() error {
	if o.tmp == nil {
		return nil
	}
	if info, err := os.Stat(o.name); err == nil && o.force && !o.private {
		_ = o.tmp.Chmod(info.Mode().Perm()) // where there are none, it does not matter
	}
	flushed := o.buffer.Flush()
	synced := o.tmp.Sync()
	closed := o.tmp.Close()
	if err := errors.Join(flushed, synced, closed); err != nil {
		return o.named(err)
	}
	if !o.force {
		// Link fails where the name was taken meanwhile; rename would replace it.
		err := os.Link(o.tmp.Name(), o.name)
		if err == nil || errors.Is(err, fs.ErrExist) {
			return o.named(err)
		}
	} // else, or on a file system without links:
	return o.named(os.Rename(o.tmp.Name(), o.name))
}

// Close takes away what was not committed.
func (o *Output) Close() {
	if o.tmp != nil {
		_ = o.tmp.Close() // Commit did it, or nobody wants the file
		_ = os.Remove(o.tmp.Name())
	}
}
