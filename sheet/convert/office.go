package convert

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"ziping/sheet/libreoffice"
	"ziping/sheet/xlsx"
)

// office converts by LibreOffice.
var office queue

// queue gathers what waits while LibreOffice runs: its next process converts
// all of it, since starting takes longer than converting.
type queue struct {
	run     sync.Mutex
	mu      sync.Mutex
	waiting []*job
}

// job is a file to convert.
type job struct {
	data   []byte
	format xlsx.Format
	out    []byte // nil where LibreOffice makes nothing of it
	err    error
	done   bool
}

// convert returns the workbook that LibreOffice makes of data, or nil.
func (q *queue) convert(ctx context.Context, data []byte, format xlsx.Format) ([]byte, error) {
	j := &job{data: data, format: format}
	q.mu.Lock()
	q.waiting = append(q.waiting, j)
	q.mu.Unlock()

	q.run.Lock()
	defer q.run.Unlock()
	if !j.done { // otherwise it went with another
		q.mu.Lock()
		jobs := q.waiting
		q.waiting = nil
		q.mu.Unlock()
		runAll(ctx, jobs)
	}
	return j.out, j.err
}

// runAll converts files together, and alone what did not come out of that: one
// on which LibreOffice breaks must not harm the others.
func runAll(ctx context.Context, jobs []*job) {
	err := runJobs(ctx, jobs)
	for _, j := range jobs {
		if j.out == nil && len(jobs) > 1 {
			j.err = runJobs(ctx, []*job{j})
		} else if j.out == nil {
			j.err = err
		}
		j.done = true
	}
}

// runJobs converts files by one process.
func runJobs(ctx context.Context, jobs []*job) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "ziping-convert-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	var files []string
	for i, j := range jobs {
		file := filepath.Join(dir, fmt.Sprintf("%d%s", i, j.format))
		if err := os.WriteFile(file, j.data, 0o600); err != nil {
			return err
		}
		files = append(files, file)
	}
	failed := libreoffice.Office{}.Convert(ctx, libreoffice.XLSX, filepath.Join(dir, "out"), files...)
	for i, j := range jobs {
		j.out, err = readResult(filepath.Join(dir, "out", fmt.Sprintf("%d.xlsx", i)))
		if err != nil {
			return err
		}
	}
	return failed
}

// maxResult is the largest workbook that is taken from LibreOffice, in bytes.
const maxResult = 256 << 20

// readResult reads a workbook, if it was written and is one: a process that was
// ended may leave half of it.
func readResult(file string) ([]byte, error) {
	info, err := os.Stat(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if info.Size() > maxResult {
		return nil, errors.New("转换出的工作簿超过 256 MB，不像是自评表")
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if _, err := xlsx.Open(data); err != nil {
		return nil, nil
	}
	return data, nil
}
