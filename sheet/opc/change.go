package opc

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
)

// XMLHead begins a new part.
const XMLHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// Content returns a part as it is now.
func (p *Package) Content(name string) ([]byte, error) {
	if content := p.changed[Key(name)]; content != nil && p.gaps[Key(name)] == nil {
		return content, nil
	}
	r, err := p.open(name)
	if err != nil {
		return nil, fmt.Errorf("%s：%w", name, err)
	}
	defer r.Close()
	var b bytes.Buffer
	if f := p.parts[Key(name)]; f != nil {
		b.Grow(int(min(f.UncompressedSize64, 1<<20)) + bytes.MinRead) // what the archive says need not be true
	}
	if _, err := b.ReadFrom(&meter{r, "edit-size", p.limits.EditSize, p.limits.EditSize}); err != nil {
		return nil, fmt.Errorf("%s：%w", name, readable(err))
	}
	return b.Bytes(), nil
}

// Document returns a part, whose elements belong to a vocabulary, to be changed.
func (p *Package) Document(name string, vocabulary Space) (*Document, error) {
	return p.document(name, vocabulary, false)
}

// LooseDocument is Document for a part that need not be well-formed, such as a
// VML drawing, in which pieces of HTML stand.
func (p *Package) LooseDocument(name string) (*Document, error) {
	return p.document(name, NoSpace, true)
}

func (p *Package) document(name string, vocabulary Space, loose bool) (*Document, error) {
	content, err := p.Content(name)
	if err != nil {
		return nil, err
	}
	d, err := parse(content, vocabulary, loose, p.limits)
	if err != nil {
		return nil, fmt.Errorf("%s：%w", name, err)
	}
	return d, nil
}

// Save puts a changed document in the place of a part.
func (p *Package) Save(name string, d *Document) error {
	content, at, err := d.edited()
	if err != nil {
		return fmt.Errorf("%s：%w", name, err)
	}
	p.Set(name, content)
	if d.gap != nil {
		if p.gaps == nil {
			p.gaps = map[string]*gap{}
		}
		p.gaps[Key(name)] = &gap{d.gap.from, d.gap.to, at}
	}
	return nil
}

// Copy returns the package to be changed on its own: p stays as it is, and may have
// many copies at a time.
func (p *Package) Copy() *Package {
	c := *p
	c.changed, c.gaps, c.packed, c.added, c.declared = maps.Clone(p.changed), maps.Clone(p.gaps), maps.Clone(p.packed), slices.Clone(p.added), slices.Clone(p.declared)
	return &c
}

// Set changes a part, or adds it.
func (p *Package) Set(name string, content []byte) {
	key := Key(name)
	_, changed := p.changed[key]
	if _, stored := p.parts[key]; !changed && !stored {
		p.added = append(p.added, name)
	}
	if p.changed == nil {
		p.changed = map[string][]byte{}
	}
	p.changed[key] = content
	delete(p.gaps, key)
	delete(p.packed, key)
}

// Free returns the first name that no part has: a pattern with a number.
func (p *Package) Free(pattern string) string {
	for n := 1; ; n++ {
		if name := fmt.Sprintf(pattern, n); !p.Has(name) {
			return name
		}
	}
}

// Count returns how many parts have names with an ending.
func (p *Package) Count(ending string) (n int) {
	for key := range p.parts {
		if strings.HasSuffix(key, ending) && p.Has(key) {
			n++
		}
	}
	for _, name := range p.added {
		if strings.HasSuffix(Key(name), ending) && p.Has(name) {
			n++
		}
	}
	return n
}

// Add adds a part that another one points to, and returns the id of the pointer.
// One whose type goes by its ending, such as .vml, is declared so.
func (p *Package) Add(from, relationship, name, contentType string, content []byte) (id string, err error) {
	p.Set(name, content)
	p.declare(name, contentType)
	return p.relate(from, relationship, name)
}

// Drop takes a part away, and the pointers of another one to it.
func (p *Package) Drop(from, name string) error {
	p.Set(name, nil)
	p.declare(name, "")
	return p.unrelate(from, name)
}

const mediaRelationships = "application/vnd.openxmlformats-package.relationships+xml"

// relate adds a relationship and returns its id.
func (p *Package) relate(part, kind, target string) (id string, err error) {
	rels := RelationshipsOf(part)
	if !p.Has(rels) {
		p.Set(rels, []byte(XMLHead+`<Relationships xmlns="`+relationsURI+`"></Relationships>`))
		p.declare(rels, mediaRelationships)
	}
	d, err := p.Document(rels, Relations)
	if err != nil {
		return "", err
	}
	taken := map[string]bool{}
	for c := range d.Root.Children() {
		taken[c.Attr("Id")] = true
	}
	for n := len(taken) + 1; id == "" || taken[id]; n++ {
		id = fmt.Sprintf("rId%d", n)
	}
	d.Append(d.Root, fragmentf(`<Relationship Id="%s" Type="%s" Target="%s"/>`, id, kind, Escape(relative(part, target))))
	return id, p.Save(rels, d)
}

// PointRelatively writes the pointers of a part to another as relative ones: some
// programs know no others.
func (p *Package) PointRelatively(part, target string) error {
	d, err := p.Document(RelationshipsOf(part), Relations)
	if err != nil {
		return err
	}
	for c := range d.Root.Children() {
		to := c.Attr("Target")
		if strings.HasPrefix(to, "/") && c.Attr("TargetMode") != "External" && Key(resolve(part, to)) == Key(target) {
			d.SetAttr(c, "Target", relative(part, resolve(part, to)))
		}
	}
	if !d.Changed() {
		return nil
	}
	return p.Save(RelationshipsOf(part), d)
}

// unrelate takes the relationships to a part away.
func (p *Package) unrelate(part, target string) error {
	d, err := p.Document(RelationshipsOf(part), Relations)
	if err != nil {
		return err
	}
	for c := range d.Root.Children() {
		if c.Attr("TargetMode") != "External" && Key(resolve(part, c.Attr("Target"))) == Key(target) {
			d.Remove(c)
		}
	}
	return p.Save(RelationshipsOf(part), d)
}

const contentTypes = "[Content_Types].xml"

// byEnding are the endings whose parts all are of one type.
var byEnding = map[string]bool{".rels": true, ".vml": true}

// declare says in the content types what a part is, or with no type that it is none any
// more. Many are written at once, by writeTypes.
func (p *Package) declare(name, contentType string) {
	p.declared = append(p.declared, declaration{name, contentType})
}

// declaration is what the content types are yet to say of a part.
type declaration struct{ name, contentType string }

// writeTypes writes what was declared into the content types.
func (p *Package) writeTypes() error {
	if len(p.declared) == 0 {
		return nil
	}
	declared := p.declared
	p.declared = nil
	d, err := p.Document(contentTypes, Types)
	if err != nil {
		return err
	}
	byName, byExt := map[string]Element{}, map[string]string{}
	first := d.Root // of the overrides
	for c := range d.Root.Children() {
		switch c.Name() {
		case "Override":
			if !first.Is(Types, "Override") {
				first = c
			}
			byName[Key(c.Attr("PartName"))] = c
		case "Default":
			byExt[strings.ToLower(c.Attr("Extension"))] = c.Attr("ContentType")
		}
	}
	last := map[string]string{} // of several declarations of a part the last counts
	for _, x := range declared {
		last[Key(x.name)] = x.contentType
	}
	for _, x := range declared {
		key := Key(x.name)
		kind, pending := last[key]
		if delete(last, key); !pending {
			continue
		}
		d.declare(x.name, kind, byName[key], byExt, first)
	}
	if !d.Changed() {
		return nil
	}
	return p.Save(contentTypes, d)
}

// declare writes what is declared of one part: stands is what stands there of it.
func (d *Document) declare(name, kind string, stands Element, byExt map[string]string, first Element) {
	entry := fragmentf(`<Override PartName="/%s" ContentType="%s"/>`, Escape(name), kind)
	ending := path.Ext(name)
	extension := strings.ToLower(strings.TrimPrefix(ending, "."))
	known, usual := byExt[extension]
	switch {
	case kind == "":
		if stands.Exists() {
			d.Remove(stands)
		}
	case stands.Exists():
		if stands.Attr("ContentType") != kind {
			d.Replace(stands, entry)
		}
	case byEnding[ending] && usual && strings.EqualFold(known, kind):
		return
	case byEnding[ending] && !usual:
		byExt[extension] = kind
		entry = fragmentf(`<Default Extension="%s" ContentType="%s"/>`, ending[1:], kind)
		if first.Is(Types, "Override") {
			d.Before(first, entry)
			return
		}
		fallthrough
	default:
		d.Append(d.Root, entry)
	}
}
