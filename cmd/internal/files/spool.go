package files

import (
	"fmt"
	"os"
	"slices"
	"sync"
)

// Spool keeps records until all are there: in memory while they are few, beyond
// that in a temporary file, so that memory does not grow with their number.
type Spool struct {
	ends   []int64 // of the records
	file   *os.File
	filed  int64  // bytes in the file
	buffer []byte // what comes after
}

// most is how much a spool keeps in memory, in bytes.
const most = 4 << 20

// Add adds a record.
func (s *Spool) Add(record []byte) error {
	s.buffer = append(s.buffer, record...)
	s.ends = append(s.ends, s.filed+int64(len(s.buffer)))
	if len(s.buffer) < most {
		return nil
	}
	return s.flush()
}

func (s *Spool) flush() (err error) {
	if s.file == nil {
		s.file, err = createTemp(os.TempDir(), "ziping-", 0o600)
		if err != nil {
			return fmt.Errorf("无法建立临时文件：%w", err)
		}
		// Where a file without a name stays open, not even a kill leaves it behind.
		_ = os.Remove(s.file.Name())
	}
	if _, err := s.file.Write(s.buffer); err != nil {
		return fmt.Errorf("无法写临时文件：%w", err)
	}
	s.filed += int64(len(s.buffer))
	s.buffer = s.buffer[:0]
	return nil
}

// Len returns how many records there are.
func (s *Spool) Len() int { return len(s.ends) }

// Record returns a record. It may be called from several goroutines when all
// are added; what it returns must not be changed.
func (s *Spool) Record(i int) ([]byte, error) { return s.record(i, nil) }

// With calls f with a record, which f must neither change nor keep. It may be called from
// several goroutines when all are added.
func (s *Spool) With(i int, f func(record []byte) error) error {
	buffer, _ := buffers.Get().(*[]byte)
	if buffer == nil {
		buffer = new([]byte)
	}
	record, err := s.record(i, *buffer)
	if err != nil {
		return err
	}
	err = f(record)
	if begin, _ := s.bounds(i); begin < s.filed && len(record) <= most {
		*buffer = record
	}
	buffers.Put(buffer)
	return err
}

// buffers are for records out of files.
var buffers sync.Pool

func (s *Spool) bounds(i int) (begin, end int64) {
	if i > 0 {
		begin = s.ends[i-1]
	}
	return begin, s.ends[i]
}

// record returns a record, where it is in the file in a buffer if it is large enough.
func (s *Spool) record(i int, buffer []byte) ([]byte, error) {
	begin, end := s.bounds(i)
	if begin >= s.filed {
		return s.buffer[begin-s.filed : end-s.filed], nil
	}
	buffer = slices.Grow(buffer[:0], int(end-begin))[:end-begin]
	if _, err := s.file.ReadAt(buffer, begin); err != nil {
		return nil, fmt.Errorf("无法读临时文件：%w", err)
	}
	return buffer, nil
}

// Close gives the space back.
func (s *Spool) Close() {
	if s.file != nil {
		s.file.Close()
		os.Remove(s.file.Name())
	}
}
