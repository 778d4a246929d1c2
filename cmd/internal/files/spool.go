package files

import (
	"sync"

	"ziping/sheet/spill"
)

// Spool keeps records until all are there, in memory or in a temporary file.
type Spool struct {
	ends []int64 // of the records
	text spill.Text
}

// Add adds a record.
func (s *Spool) Add(record []byte) error {
	s.text.Tail = append(s.text.Tail, record...)
	s.ends = append(s.ends, s.text.Len())
	return s.text.Spill()
}

// Len returns how many records there are.
func (s *Spool) Len() int { return len(s.ends) }

// Record returns a record. It may be called from several goroutines when all
// are added; what it returns must not be changed.
func (s *Spool) Record(i int) ([]byte, error) {
	record, _, err := s.record(i, nil)
	return record, err
}

// With calls f with a record, which f must neither change nor keep. It may be called from
// several goroutines when all are added.
func (s *Spool) With(i int, f func(record []byte) error) error {
	buffer, _ := buffers.Get().(*[]byte)
	if buffer == nil {
		buffer = new([]byte)
	}
	defer buffers.Put(buffer)
	record, filed, err := s.record(i, *buffer)
	if err != nil {
		return err
	}
	if filed && len(record) <= spill.Most {
		*buffer = record
	}
	return f(record)
}

// buffers are for records out of files.
var buffers sync.Pool

// record returns a record, where it is in the file in a buffer if it is large enough.
func (s *Spool) record(i int, buffer []byte) (record []byte, filed bool, err error) {
	begin := int64(0)
	if i > 0 {
		begin = s.ends[i-1]
	}
	return s.text.Between(begin, s.ends[i], buffer)
}

// Close gives the space back.
func (s *Spool) Close() { s.text.Close() }
