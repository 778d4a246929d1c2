package opc

import (
	"bytes"
	"io"

	"golang.org/x/text/encoding/unicode"
)

// indexFrom returns where c first stands from pos+i on, counted from pos.
func (s *Scanner) indexFrom(i int, c byte) (int, error) {
	for {
		if i < s.end-s.pos {
			if j := bytes.IndexByte(s.buf[s.pos+i:s.end], c); j >= 0 {
				return i + j, nil
			}
			i = s.end - s.pos
		}
		if err := s.need(i + 1); err != nil {
			return 0, err
		}
	}
}

// need reads on until n bytes lie ready at pos; io.EOF if there are not as many.
func (s *Scanner) need(n int) error {
	for s.end-s.pos < n {
		if err := s.fill(); err != nil {
			return err
		}
	}
	return nil
}

// fill reads more. It moves what is not yet scanned to the front of the
// buffer, and makes the buffer larger where that is not enough.
func (s *Scanner) fill() error {
	if s.srcErr != nil {
		return s.srcErr
	}
	start := s.offset == 0 && s.end == 0
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.offset += int64(s.pos)
		s.pos, s.end = 0, s.end-s.pos
	}
	if s.end == len(s.buf) {
		// A character may be written in many: &#x4E2D; or _x4E2D_.
		if limit := 16 * s.maxText; int64(len(s.buf)) > limit {
			return TooBig("string-length", "一个标记或一段文字", limit)
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	s.readMore()
	if start {
		return s.byteOrderMark()
	}
	if s.srcErr != nil && s.srcErr != io.EOF {
		return s.srcErr
	}
	return nil
}

// readMore reads at least one byte into the buffer, or sets srcErr.
func (s *Scanner) readMore() {
	for range 100 {
		n, err := s.src.Read(s.buf[s.end:])
		s.end += n
		s.srcErr = err
		if n > 0 || err != nil {
			return
		}
	}
	s.srcErr = io.ErrNoProgress
}

// byteOrderMark drops that of UTF-8, and decodes the part where it is one of
// UTF-16.
func (s *Scanner) byteOrderMark() error {
	for s.end < 3 && s.srcErr == nil {
		s.readMore()
	}
	b := s.buf[:s.end]
	switch {
	case bytes.HasPrefix(b, []byte("\xEF\xBB\xBF")):
		s.pos = 3
	case bytes.HasPrefix(b, []byte("\xFF\xFE")), bytes.HasPrefix(b, []byte("\xFE\xFF")):
		rest := s.src
		if s.srcErr != nil {
			rest = errReader{s.srcErr}
		}
		utf16 := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
		s.src = utf16.NewDecoder().Reader(io.MultiReader(bytes.NewReader(bytes.Clone(b)), rest))
		s.end, s.srcErr = 0, nil
		s.readMore()
	}
	if s.srcErr == io.EOF {
		return nil // of what was read, the need is checked again
	}
	return s.srcErr
}

type errReader struct{ err error }

func (r errReader) Read([]byte) (int, error) { return 0, r.err }
