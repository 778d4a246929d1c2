package annotate

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"ziping/sheet/issued"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// What a copy has in our name is ours only where its record confirms it: anybody can write
// a comment, a sheet or a record that looks like ours. The record has the digests of what
// we wrote, and is sealed itself, with the key where there is one. Copies of earlier builds
// have no seal; what they say is taken without its words.

const (
	kindSaid = "said" // a digest of a comment of ours, or of a row of 审核意见
	kindSeal = "seal"
)

// plainSeal begins the seal of a record that was written without a key.
const plainSeal = "sha256:"

// digest stands for a text, whatever blanks a program makes of its own.
func digest(text string) string {
	sum := sha256.Sum256([]byte(quantity.FoldSpace(text)))
	return hex.EncodeToString(sum[:])
}

// say notes that a text is ours.
func (r *record) say(text string) { r.addSaid(digest(text)[:16]) }

// wrote reports whether a text is one that we wrote.
func (r *record) wrote(text string) bool { return r.confirmed && r.said[digest(text)[:16]] }

// sealOf returns the seal of the lines of a record.
func sealOf(key []byte, lines [][]string) string {
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(strings.TrimRight(strings.Join(line, "\x00"), "\x00") + "\x01")
	}
	if len(key) == 0 {
		return plainSeal + digest(b.String())
	}
	return issued.Seal(key, quantity.FoldSpace(b.String()))
}

// isOpinion reports whether a sheet is laid out as 审核意见 is. Copies that come back have
// had this title and these columns since the first release.
func isOpinion(g *xlsx.Grid) bool {
	text := func(row, col int) string { c, _ := g.At(row, col); return c.Text }
	if text(1, 1) != opinionTitle {
		return false
	}
	for i, c := range opinionColumns {
		if text(headRow, i+1) != c.name {
			return false
		}
	}
	return true
}

// doubt takes out of a record that nothing confirms what would be said in our name. Its
// numbers stay.
func (r *record) doubt() {
	var kept []noteOn
	for _, n := range r.corrected {
		if _, _, ok := quantity.ParseNumber(n.Suggest); !ok {
			continue
		}
		if _, _, ok := quantity.ParseNumber(n.Value); !ok {
			n.Value = ""
		}
		n.Message, n.Basis = "由其他单元格算出的数值，以前的副本中已代为更正", ""
		kept = append(kept, n)
	}
	r.corrected = kept
}

// rowText is what the digest of a row of 审核意见 stands for.
func (r *reply) rowText() string {
	return strings.Join(r.row[:], "\x00") + "\x00" + r.on.name
}

// notConfirmed begins the text of a note that nothing confirms to be ours.
const notConfirmed = "（原文未能核实）"

// doubt takes out of the row of a note what would be said in our name.
func (r *reply) doubt() {
	const message, suggest, basis = 3, 5, 6
	r.row[message] = notConfirmed + strings.TrimPrefix(r.row[message], notConfirmed)
	r.row[suggest], r.row[basis] = "", ""
}

// isDate reports whether a text is a day as Sending.Date has it.
func isDate(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}
