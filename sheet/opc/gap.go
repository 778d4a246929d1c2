package opc

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// longPart is the size, in bytes, from which a part is not held whole to be changed if
// it can be helped.
const longPart = 8 << 20

// gap is a run of elements of a part that a document does not hold, and that stays as
// it is: the styled empty rows of a bloated sheet.
type gap struct {
	from, to int64 // in the part as it is stored, decompressed
	at       int   // where it belongs in what is held
}

// DocumentUntil is Document for a part that may be long: the last children of the
// root's child of that name, of which keep reports that nobody looks for them, may be
// left where they are. They are saved as they were. What is added at the end of the
// list comes before them.
func (p *Package) DocumentUntil(name string, vocabulary Space, list string, keep func(*Scanner) (bool, error)) (*Document, error) {
	f := p.parts[Key(name)]
	if _, changed := p.changed[Key(name)]; changed || f == nil || f.UncompressedSize64 < longPart || isUTF16(p.Start(name)) {
		return p.Document(name, vocabulary)
	}
	g, err := p.findGap(name, vocabulary, list, keep)
	if err != nil {
		return nil, err
	}
	if g.to-g.from < longPart/2 {
		return p.Document(name, vocabulary)
	}
	held, err := p.around(name, g)
	if err != nil {
		return nil, fmt.Errorf("%s：%w", name, readable(err))
	}
	d, err := parse(held, vocabulary, false, p.limits)
	if err != nil {
		return nil, fmt.Errorf("%s：%w", name, err)
	}
	d.gap = g
	return d, nil
}

func isUTF16(start string) bool {
	return strings.HasPrefix(start, "\xFF\xFE") || strings.HasPrefix(start, "\xFE\xFF")
}

// findGap returns the gap of a part, an empty one where nothing can be left out.
func (p *Package) findGap(name string, vocabulary Space, list string, keep func(*Scanner) (bool, error)) (*gap, error) {
	g, lists := new(gap), 0
	err := p.Read(name, vocabulary, nil, func(s *Scanner) error {
		if string(s.Name) != list || s.Empty() {
			return nil
		}
		lists++
		return g.list(s, keep)
	})
	if lists != 1 {
		g = new(gap)
	}
	g.at = int(g.from)
	return g, err
}

// list looks for the gap in the element that was just started.
func (g *gap) list(s *Scanner, keep func(*Scanner) (bool, error)) error {
	depth := len(s.marks)
	for g.from = s.position(); ; {
		t, err := s.next()
		if err != nil {
			return err
		}
		switch t {
		case endTag:
			g.to = s.position() - int64(s.pos-bytes.LastIndexByte(s.buf[:s.pos], '<'))
			return nil
		case startTag:
			kept := s.Space != s.vocabulary
			if !kept {
				kept, err = keep(s)
				if err != nil {
					return err
				}
			}
			if err := s.skipTo(depth); err != nil {
				return err
			}
			if kept {
				g.from = s.position()
			}
		}
	}
}

// position is that of the next byte to be scanned in the part.
func (s *Scanner) position() int64 { return s.offset + int64(s.pos) }

// around reads a part without its gap.
func (p *Package) around(name string, g *gap) ([]byte, error) {
	r, err := p.open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	m := &meter{r, "edit-size", p.limits.EditSize + g.to - g.from, p.limits.EditSize}
	var b bytes.Buffer
	if _, err := io.CopyN(&b, m, g.from); err != nil {
		return nil, err
	}
	if _, err := io.CopyN(io.Discard, m, g.to-g.from); err != nil {
		return nil, err
	}
	_, err = b.ReadFrom(m)
	return b.Bytes(), err
}

// filled reads a changed part with its gap filled.
func (g *gap) filled(content []byte, stored io.ReadCloser) io.ReadCloser {
	return struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(content[:g.at]), &stretch{stored, g.from, g.to}, bytes.NewReader(content[g.at:])), stored}
}

// stretch reads the bytes of a reader from one place to another.
type stretch struct {
	io.Reader
	skip, to int64
}

func (s *stretch) Read(b []byte) (int, error) {
	if s.skip > 0 {
		if _, err := io.CopyN(io.Discard, s.Reader, s.skip); err != nil {
			return 0, err
		}
		s.to, s.skip = s.to-s.skip, 0
	}
	if s.to == 0 {
		return 0, io.EOF
	}
	n, err := s.Reader.Read(b[:min(int64(len(b)), s.to)])
	s.to -= int64(n)
	if err == io.EOF && s.to > 0 {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}
