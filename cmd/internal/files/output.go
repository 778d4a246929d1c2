package files

import (
	"bufio"
	"errors"
	"io"

	"ziping/sheet"
)

// Output is where a report goes: to a file, which then appears whole or not at
// all, or to stdout.
type Output struct {
	io.Writer
	buffer *bufio.Writer
	file   *sheet.File // nil for stdout
}

// Open begins a file, before anything else is done that would be in vain.
// Without a name, the output is stdout.
func Open(stdout io.Writer, name string, force bool) (*Output, error) {
	if name == "" {
		return &Output{Writer: stdout}, nil
	}
	file, err := sheet.Create(name, force)
	if err != nil {
		return nil, err
	}
	b := bufio.NewWriter(file)
	return &Output{b, b, file}, nil
}

// Commit puts the file into its place.
func (o *Output) Commit() error {
	if o.file == nil {
		return nil
	}
	return errors.Join(o.buffer.Flush(), o.file.Commit())
}

// Close takes away what was not committed.
func (o *Output) Close() {
	if o.file != nil {
		o.file.Close()
	}
}
