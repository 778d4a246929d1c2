package main

import (
	"bufio"
	"errors"
	"io"

	"ziping/sheet"
)

// output is where a report goes: to a file, which then appears whole or not at
// all, or to stdout.
type output struct {
	io.Writer
	buffer *bufio.Writer
	file   *sheet.File // nil for stdout
}

// openOutput begins a file, before anything else is done that would be in vain.
// Without a name, the output is stdout.
func openOutput(stdout io.Writer, name string, force bool) (*output, error) {
	if name == "" {
		return &output{Writer: stdout}, nil
	}
	file, err := sheet.Create(name, force)
	if err != nil {
		return nil, err
	}
	b := bufio.NewWriter(file)
	return &output{b, b, file}, nil
}

// commit puts the file into its place.
func (o *output) commit() error {
	if o.file == nil {
		return nil
	}
	return errors.Join(o.buffer.Flush(), o.file.Commit())
}

// close takes away what was not committed.
func (o *output) close() {
	if o.file != nil {
		o.file.Close()
	}
}
