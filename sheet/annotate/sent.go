package annotate

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ziping/sheet/xlsx"
)

// Sending is what is noted of a copy when it is sent back.
type Sending struct {
	Date string // 2026-03-01
	// Came and Values stand for what the forms said when the workbook came, and for
	// what they say in the copy: the same texts where they say the same. Without them
	// a copy is never known to have come back as it was sent.
	Came, Values string
	Key          []byte // seals the record of the copy; nil leaves it with a digest
}

// sent is what a copy says of how it was sent back.
type sent struct {
	round   int // how often it was
	date    string
	values  string // of its forms
	replies string // in 整改说明
}

// next is that of a copy of a copy. One that nobody has changed is sent in the same
// round, on the same day.
func (s sent) next(with Sending, replies []reply) sent {
	n := sent{s.round + 1, with.Date, with.Values, digestOf(replies)}
	if s.untouched(with.Came, replies) {
		n.round, n.date = s.round, s.date
	}
	return n
}

// untouched reports whether nobody has changed the forms, nor replied, since the copy
// was sent.
func (s sent) untouched(values string, replies []reply) bool {
	return s.round > 0 && s.values != "" && s.values == values && s.replies == digestOf(replies)
}

// digestOf stands for what was replied.
func digestOf(replies []reply) string {
	h := sha256.New()
	for _, r := range replies {
		fmt.Fprintf(h, "%q %q\n", r.on.name, r.text)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// String says how often, and when last, the workbook was sent back.
func (s sent) String() string {
	if s.date == "" {
		return fmt.Sprintf("（第 %d 次退回）", s.round)
	}
	return fmt.Sprintf("（第 %d 次退回，%s）", s.round, s.date)
}

// line returns it as a line of the record sheet.
func (s sent) line() []string {
	return []string{kindSent, strconv.Itoa(s.round), s.date, s.values, s.replies}
}

func sentFrom(text func(col int) string) sent {
	s := sent{max(0, number(text(2))), text(3), text(4), text(5)}
	if !isDate(s.date) {
		s.date = ""
	}
	return s
}

// Sent says how often, and when last, a workbook was sent back.
type Sent struct {
	Round int
	Date  string // 2026-03-01; empty where nobody said
}

// Marks are what a workbook that comes back says of how it was sent back. Those of
// one that was never sent back are zero.
type Marks struct {
	Sent
	Replies []Reply

	sent    sent
	replies []reply
}

// Reply is what the department wrote in 整改说明.
type Reply struct {
	Sheet  string // of the form
	Number int    // of the form on its sheet, from 1
	Rule   string
	Field  string // the name of the value, as the note has it
	Cell   string // where it stood
	// Level, Message, Value and Suggest are what the department read: 错误 and so on,
	// 已改正 where the note was gone.
	Level, Message, Value, Suggest string
	Text                           string
}

// Untouched reports whether a workbook says what it said when it was sent back: values
// stand for what its forms say, as Sending.Values does.
func (m *Marks) Untouched(values string) bool { return m.sent.untouched(values, m.replies) }

// MarksIn returns the marks of a workbook. One whose record is lost and that has a
// sheet 审核意见 was sent back at least once.
func MarksIn(wb *xlsx.Workbook, key []byte) (Marks, error) {
	var m Marks
	if !slices.ContainsFunc(wb.Sheets(), func(s xlsx.Sheet) bool { return s.Name == opinionSheet || s.Name == recordSheet }) {
		return m, nil
	}
	r, err := recordIn(wb, key)
	if err != nil {
		return m, err
	}
	m.sent, m.replies = r.sent, r.replies
	m.Round, m.Date = r.sent.round, r.sent.date
	if r.byHead {
		m.Round = max(m.Round, 1)
	}
	for _, r := range m.replies {
		m.Replies = append(m.Replies, r.public())
	}
	return m, nil
}

// public returns a reply as others see it.
func (r *reply) public() Reply {
	p := Reply{Level: r.row[0], Field: r.row[2], Message: r.row[3], Value: r.row[4], Suggest: r.row[5], Text: r.text}
	p.Cell = r.row[1]
	if p.Cell == wholeTable {
		p.Cell = ""
	}
	key := strings.TrimSuffix(r.on.name, " "+p.Field)
	if i := strings.LastIndexByte(key, ' '); i >= 0 {
		key, p.Rule = key[:i], key[i+1:]
	}
	if i := strings.LastIndexByte(key, '#'); i >= 0 {
		p.Sheet, p.Number = key[:i], number(key[i+1:])
	}
	return p
}
