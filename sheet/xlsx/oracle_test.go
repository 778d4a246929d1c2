package xlsx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
)

// The oracle reads workbooks a second time: slowly, with encoding/xml, as a tree, and by
// code of its own. What it understands is little, and all of what the mutants have.

const (
	oracleMain   = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	oracleStrict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
	oracleRel    = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	oracleRelS   = "http://purl.oclc.org/ooxml/officeDocument/relationships"
	oraclePkg    = "http://schemas.openxmlformats.org/package/2006/relationships"
	oracleMC     = "http://schemas.openxmlformats.org/markup-compatibility/2006"
	oracleX14    = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
)

var errOracle = errors.New("the oracle understands it not")

// oracleNode is an element, or a text where the name is empty.
type oracleNode struct {
	name     xml.Name
	attrs    []xml.Attr
	text     string
	children []*oracleNode
	prefixes map[string]string
}

// oracleParse returns the root of a part.
func oracleParse(part []byte) (*oracleNode, error) {
	d := xml.NewDecoder(bytes.NewReader(part))
	top := &oracleNode{prefixes: map[string]string{}}
	open := []*oracleNode{top}
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		last := open[len(open)-1]
		switch x := token.(type) {
		case xml.StartElement:
			n := &oracleNode{name: x.Name, attrs: x.Copy().Attr, prefixes: map[string]string{}}
			for k, v := range last.prefixes {
				n.prefixes[k] = v
			}
			for _, a := range n.attrs {
				if a.Name.Space == "xmlns" {
					n.prefixes[a.Name.Local] = a.Value
				}
			}
			last.children = append(last.children, n)
			open = append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			last.children = append(last.children, &oracleNode{text: string(x)})
		case xml.Directive:
			return nil, errOracle
		}
	}
	var root *oracleNode
	for _, c := range top.children {
		switch {
		case c.name.Local == "" && strings.TrimSpace(c.text) != "", c.name.Local != "" && root != nil:
			return nil, errOracle
		case c.name.Local != "":
			root = c
		}
	}
	if root == nil {
		return nil, errOracle
	}
	return root, nil
}

// list returns the children of a name, in one of the spaces, as a program sees them that
// chooses among alternatives.
func (n *oracleNode) list(local string, spaces ...string) []*oracleNode {
	var list []*oracleNode
	for _, c := range n.children {
		if c.name.Space == oracleMC && c.name.Local == "AlternateContent" {
			for _, choice := range c.children {
				if choice.chosen() {
					list = append(list, choice.list(local, spaces...)...)
					break
				}
			}
		}
		for _, s := range spaces {
			if c.name.Local == local && c.name.Space == s {
				list = append(list, c)
			}
		}
	}
	return list
}

func (n *oracleNode) chosen() bool {
	if n.name.Space != oracleMC {
		return false
	}
	required, _ := n.attr("", "Requires")
	return n.name.Local == "Fallback" || n.name.Local == "Choice" && len(strings.Fields(required)) == 1 && n.prefixes[strings.TrimSpace(required)] == oracleX14
}

func (n *oracleNode) attr(space, local string) (string, bool) {
	for _, a := range n.attrs {
		if a.Name.Space == space && a.Name.Local == local {
			return a.Value, true
		}
	}
	return "", false
}

// own returns the text that stands right in an element.
func (n *oracleNode) own() string {
	text := ""
	for _, c := range n.children {
		text += c.text
	}
	return text
}

func (n *oracleNode) main(local string) []*oracleNode { return n.list(local, oracleMain, oracleStrict) }

// rich returns the text of an <si> or an <is>.
func (n *oracleNode) rich() string {
	text := ""
	for _, c := range n.children {
		wrapped := &oracleNode{children: []*oracleNode{c}}
		for _, t := range wrapped.main("t") {
			text += t.own()
		}
		for _, r := range wrapped.main("r") {
			for _, t := range r.main("t") {
				text += t.own()
			}
		}
	}
	return oracleText(text)
}

var oracleEscape = regexp.MustCompile(`(?:_x[0-9A-Fa-f]{4}_)+`)

// oracleText is a text of a workbook as a person reads it.
func oracleText(s string) string {
	s = oracleEscape.ReplaceAllStringFunc(s, func(run string) string {
		var units []uint16
		for i := 0; i < len(run); i += 7 {
			n, _ := strconv.ParseUint(run[i+2:i+6], 16, 16)
			units = append(units, uint16(n))
		}
		return string(utf16.Decode(units))
	})
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// oracleCell is what stands in a cell.
type oracleCell struct {
	kind, text string
	number     float64
	formula    string // "" for one of a kind that the oracle does not expand
	hasFormula bool
}

type oracleSheet struct {
	name  string
	cells map[string]oracleCell
}

// oracleArrow is a relationship.
type oracleArrow struct {
	kind, target string
	outside      bool
}

// oracleFollow returns where a part points to.
func oracleFollow(parts map[string][]byte, from string) (byID map[string]oracleArrow, byType map[string]string, err error) {
	dir, base := path.Split(from)
	root, err := oracleParse(parts[dir+"_rels/"+base+".rels"])
	if err != nil {
		return nil, nil, err
	}
	byID, byType = map[string]oracleArrow{}, map[string]string{}
	for _, r := range root.list("Relationship", oraclePkg) {
		var a oracleArrow
		a.kind, _ = r.attr("", "Type")
		a.target, _ = r.attr("", "Target")
		mode, _ := r.attr("", "TargetMode")
		id, _ := r.attr("", "Id")
		a.outside = mode == "External"
		if a.target = strings.ReplaceAll(a.target, `\`, "/"); !strings.HasPrefix(a.target, "/") {
			a.target = "/" + dir + a.target
		}
		a.target = path.Clean(a.target)[1:]
		a.kind = strings.Replace(a.kind, oracleRelS, oracleRel, 1)
		if old, twice := byID[id]; twice && old != a && from != "" { // the package's are found by their types
			return nil, nil, errOracle
		}
		if byID[id] = a; a.outside {
			continue
		}
		if old, twice := byType[a.kind]; twice && old != a.target && a.kind != oracleRel+"/worksheet" {
			byType[a.kind] = oracleTwo
			continue
		}
		byType[a.kind] = a.target
	}
	return byID, byType, nil
}

// oracleTwo stands for two parts of a type: nobody knows which is meant.
const oracleTwo = "?"

// oracleRead reads a workbook.
func oracleRead(data []byte) ([]oracleSheet, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	parts := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		if parts[f.Name], err = io.ReadAll(r); err != nil {
			return nil, err
		}
	}
	_, top, err := oracleFollow(parts, "")
	if err != nil {
		return nil, err
	}
	bookPart := top[oracleRel+"/officeDocument"]
	book, err := oracleParse(parts[bookPart])
	if err != nil {
		return nil, err
	}
	byID, byType, err := oracleFollow(parts, bookPart)
	if err != nil {
		return nil, err
	}
	var texts []string
	if part := byType[oracleRel+"/sharedStrings"]; part != "" {
		sst, err := oracleParse(parts[part])
		if err != nil {
			return nil, err
		}
		for _, si := range sst.main("si") {
			texts = append(texts, si.rich())
		}
	}
	var sheets []oracleSheet
	for _, list := range book.main("sheets") {
		for _, s := range list.main("sheet") {
			name, _ := s.attr("", "name")
			id, ok := s.attr(oracleRel, "id")
			if !ok {
				id, ok = s.attr(oracleRelS, "id")
			}
			if !ok {
				continue
			}
			to, known := byID[id]
			if !known {
				return nil, errOracle
			}
			if to.outside || to.kind != oracleRel+"/worksheet" { // no worksheet
				continue
			}
			root, err := oracleParse(parts[to.target])
			if err != nil {
				return nil, err
			}
			cells, err := oracleCells(root, texts)
			if err != nil {
				return nil, err
			}
			sheets = append(sheets, oracleSheet{name, cells})
		}
	}
	return sheets, nil
}

var oracleRef = regexp.MustCompile(`^([A-Z]{1,3})([0-9]{1,7})$`)

// oracleCells reads the cells of a sheet.
func oracleCells(root *oracleNode, texts []string) (map[string]oracleCell, error) {
	cells := map[string]oracleCell{}
	row := 0
	for _, data := range root.main("sheetData") {
		for _, r := range data.main("row") {
			row++
			if n, ok := r.attr("", "r"); ok {
				var err error
				if row, err = strconv.Atoi(n); err != nil {
					return nil, err
				}
			}
			at, col := row, 0
			for _, c := range r.main("c") {
				col++
				if ref, ok := c.attr("", "r"); ok {
					m := oracleRef.FindStringSubmatch(strings.ToUpper(ref))
					if m == nil {
						return nil, errOracle
					}
					col = 0
					for _, letter := range m[1] {
						col = col*26 + int(letter-'A') + 1
					}
					at, _ = strconv.Atoi(m[2])
				}
				row = at // what has no number follows
				key := strconv.Itoa(at) + "/" + strconv.Itoa(col)
				cell, some, err := oracleValue(c, texts)
				if err != nil {
					return nil, err
				}
				if some {
					cells[key] = cell
				}
			}
		}
	}
	for key, c := range cells {
		if c.kind == "String" && c.text == "" && !c.hasFormula {
			delete(cells, key)
		}
	}
	return cells, nil
}

var oracleNumber = regexp.MustCompile(`^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$`)

// oracleValue reads what stands in a <c>; some is false where nothing does.
func oracleValue(c *oracleNode, texts []string) (cell oracleCell, some bool, err error) {
	kind, _ := c.attr("", "t")
	value, inline, has, isInline := "", "", false, false
	for _, child := range c.children {
		one := &oracleNode{children: []*oracleNode{child}}
		for _, v := range one.main("v") {
			value, has = v.own(), true
		}
		for _, is := range one.main("is") {
			inline, isInline = is.rich(), true
		}
		for _, f := range one.main("f") {
			t, _ := f.attr("", "t")
			cell.hasFormula, cell.formula = true, ""
			if t == "" || t == "normal" {
				cell.formula = strings.TrimPrefix(oracleText(f.own()), "=")
			}
		}
	}
	if kind == "inlineStr" {
		if cell.kind, cell.text = "Empty", inline; isInline {
			cell.kind = "String"
		}
		return cell, cell.text != "" || cell.hasFormula, nil
	}
	if kind != "str" {
		value = strings.Trim(value, " \t\r\n")
	}
	some = has && value != "" || cell.hasFormula
	switch {
	case kind == "str" && has:
		cell.kind, cell.text = "String", oracleText(value)
	case value == "":
		cell.kind = "Empty"
	case kind == "s":
		i, err := strconv.Atoi(value)
		if err != nil || i < 0 || i >= len(texts) {
			return cell, false, errOracle
		}
		cell.kind, cell.text = "String", texts[i]
	case kind == "b" && (value == "1" || value == "true"):
		cell.kind, cell.text, cell.number = "Bool", "TRUE", 1
	case kind == "b" && (value == "0" || value == "false"):
		cell.kind, cell.text = "Bool", "FALSE"
	case kind == "e":
		cell.kind, cell.text = "Error", oracleText(value)
	case kind != "b" && oracleNumber.MatchString(value):
		cell.kind = "Number"
		if cell.number, err = strconv.ParseFloat(value, 64); err != nil || math.IsInf(cell.number, 0) {
			cell.kind, cell.text, cell.number, err = "String", value, 0, nil
		}
	default:
		cell.kind, cell.text = "String", oracleText(value)
	}
	return cell, some, nil
}
