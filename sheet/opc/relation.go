package opc

import (
	"fmt"
	"net/url"
	"path"
	"strings"

	"ziping/sheet/memo"
)

// The types of relationships that are followed. Those of the strict kind are read
// as these.
const (
	TypeWorkbook       = OfficeURI + "/officeDocument"
	TypeWorksheet      = OfficeURI + "/worksheet"
	TypeSharedStrings  = OfficeURI + "/sharedStrings"
	TypeStyles         = OfficeURI + "/styles"
	TypeTheme          = OfficeURI + "/theme"
	TypeComments       = OfficeURI + "/comments"
	TypeVMLDrawing     = OfficeURI + "/vmlDrawing"
	TypeCalcChain      = OfficeURI + "/calcChain"
	TypeExternalLink   = OfficeURI + "/externalLink"
	TypeConnections    = OfficeURI + "/connections"
	TypeMacros         = microsoftURI + "/vbaProject"
	TypeMacroSheet     = microsoftURI + "/xlMacrosheet"
	TypeIntlMacroSheet = microsoftURI + "/xlIntlMacrosheet"
	TypeProperties     = relationsURI + "/metadata/core-properties"
)

const microsoftURI = "http://schemas.microsoft.com/office/2006/relationships"

// Relationship is one arrow from a part to another, or out of the package.
type Relationship struct {
	ID, Type string
	Target   string // the part's name; what stands there where it is External
	External bool
}

// Relationships are those of one part.
type Relationships []Relationship

// Relationships returns where a part points to; the part "" is the package. The caller
// must not change them.
func (p *Package) Relationships(part string) (Relationships, error) {
	name := RelationshipsOf(part)
	if !p.Has(name) {
		return nil, nil
	}
	like, ok := p.Likeness(name)
	key := pointing{part, like}
	if list, known := relationships.Get(key); ok && known {
		return list, nil
	}
	list, err := p.relationships(part, name)
	if ok && err == nil {
		relationships.Put(key, list)
	}
	return list, err
}

// relationships are those of parts that many workbooks have alike.
var relationships memo.Cache[pointing, Relationships]

// pointing is a part with what its relationships are stored as.
type pointing struct {
	part string
	Likeness
}

func (p *Package) relationships(part, name string) (list Relationships, err error) {
	err = p.Read(name, Relations, Root("Relationships"), func(s *Scanner) error {
		if string(s.Name) != "Relationship" {
			return nil
		}
		if int64(len(list)) == p.limits.Parts {
			return TooMany("parts", "部件的关系", p.limits.Parts, "条")
		}
		r, err := readRelationship(s, part)
		list = append(list, r)
		return err
	})
	return list, err
}

func readRelationship(s *Scanner, part string) (r Relationship, err error) {
	var mode string
	for _, a := range []struct {
		name string
		to   *string
	}{{"Id", &r.ID}, {"Type", &r.Type}, {"Target", &r.Target}, {"TargetMode", &mode}} {
		*a.to, err = s.Attr(a.name)
		if err != nil {
			return r, err
		}
	}
	if kind, strict := strings.CutPrefix(r.Type, StrictOfficeURI+"/"); strict {
		r.Type = OfficeURI + "/" + kind
	}
	r.External = mode == "External"
	if !r.External {
		r.Target = resolve(part, r.Target)
	}
	return r, nil
}

// RelationshipsOf names the part that holds the relationships of a part.
func RelationshipsOf(part string) string {
	dir, base := path.Split(part)
	return dir + "_rels/" + base + ".rels"
}

// resolve returns the name of the part that a part calls by target, a URI
// relative to its own.
func resolve(part, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if plain, err := url.PathUnescape(target); err == nil {
		target = plain
	}
	if !strings.HasPrefix(target, "/") {
		target = "/" + path.Dir(part) + "/" + target
	}
	return path.Clean(target)[1:]
}

// relative is the reverse of resolve: the target by which a part calls another.
// Some programs know no other than the relative one.
func relative(part, target string) string {
	from := strings.Split(path.Dir(part), "/")
	if from[0] == "." {
		from = nil
	}
	to := strings.Split(target, "/")
	for len(from) > 0 && len(to) > 1 && from[0] == to[0] {
		from, to = from[1:], to[1:]
	}
	return strings.Repeat("../", len(from)) + (&url.URL{Path: strings.Join(to, "/")}).EscapedPath()
}

// Part returns the part of a type, "" where there is none. Where two parts are of
// a type of which there is one only, programs differ in which they take.
func (list Relationships) Part(kind string) (string, error) {
	part := ""
	for _, r := range list {
		switch {
		case r.Type != kind || r.External || Key(r.Target) == Key(part):
			continue
		case part != "":
			return "", fmt.Errorf("工作簿中有两个部件都是“%s”（%s 和 %s），文件已损坏", path.Base(kind), part, r.Target)
		default:
			part = r.Target
		}
	}
	return part, nil
}

// ByID returns the relationships by their ids. Where one id leads to two parts,
// programs differ in which they take.
func (list Relationships) ByID() (map[string]Relationship, error) {
	byID := make(map[string]Relationship, len(list))
	for _, r := range list {
		if other, twice := byID[r.ID]; twice && other != r {
			return nil, fmt.Errorf("部件的关系 %s 重复，文件已损坏", Shorten([]byte(r.ID)))
		}
		byID[r.ID] = r
	}
	return byID, nil
}
