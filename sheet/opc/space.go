package opc

import "bytes"

// Space is a namespace of XML names. The strict and the transitional one of a
// vocabulary are one Space.
type Space uint8

// The namespaces that are read.
const (
	NoSpace       Space = iota // of names that stand in none
	Foreign                    // any other: what stands in it is not ours to read
	Spreadsheet                // SpreadsheetML
	Office                     // of the attributes that point to parts, r:id
	Relations                  // of the parts that hold relationships
	Types                      // of [Content_Types].xml
	DublinCore                 // of the properties of a package
	Drawing                    // DrawingML, of the theme too
	VML                        // drawings of old
	VMLExcel                   // what Excel adds to them
	VMLOffice                  // what all programs of Office add
	compatibility              // mc:AlternateContent
	extension                  // of later versions of Excel
	xmlNames                   // xml:space
)

// The URIs of the namespaces, as a new part has them.
const (
	SpreadsheetURI       = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	StrictSpreadsheetURI = "http://purl.oclc.org/ooxml/spreadsheetml/main"
	OfficeURI            = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	StrictOfficeURI      = "http://purl.oclc.org/ooxml/officeDocument/relationships"
	VMLURI               = "urn:schemas-microsoft-com:vml"
	VMLOfficeURI         = "urn:schemas-microsoft-com:office:office"
	VMLExcelURI          = "urn:schemas-microsoft-com:office:excel"
	relationsURI         = "http://schemas.openxmlformats.org/package/2006/relationships"
)

// namespace is a namespace as a part declares it.
type namespace struct {
	URI string
	Space
}

// spaces are the namespaces by their URIs.
var spaces = func() map[string]*namespace {
	byURI := map[string]*namespace{}
	for _, n := range []namespace{
		{"", NoSpace},
		{SpreadsheetURI, Spreadsheet},
		{StrictSpreadsheetURI, Spreadsheet},
		{OfficeURI, Office},
		{StrictOfficeURI, Office},
		{relationsURI, Relations},
		{"http://schemas.openxmlformats.org/package/2006/content-types", Types},
		{"http://purl.org/dc/elements/1.1/", DublinCore},
		{VMLURI, VML},
		{VMLExcelURI, VMLExcel},
		{VMLOfficeURI, VMLOffice},
		{"http://schemas.openxmlformats.org/markup-compatibility/2006", compatibility},
		{"http://www.w3.org/XML/1998/namespace", xmlNames},
		{"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main", extension}, // x14
		{"http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac", extension},
		{"http://schemas.microsoft.com/office/spreadsheetml/2010/11/main", extension}, // x15
		{"http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac", extension},
		{"http://schemas.microsoft.com/office/spreadsheetml/2011/1/ac", extension},     // x12ac
		{"http://schemas.microsoft.com/office/spreadsheetml/2014/11/main", extension},  // x16
		{"http://schemas.microsoft.com/office/spreadsheetml/2015/02/main", extension},  // x16r2
		{"http://schemas.microsoft.com/office/spreadsheetml/2014/revision", extension}, // xr
		{"http://schemas.microsoft.com/office/spreadsheetml/2015/revision2", extension},
		{"http://schemas.microsoft.com/office/spreadsheetml/2016/revision3", extension},
		{"http://schemas.microsoft.com/office/spreadsheetml/2016/revision6", extension},
		{"http://schemas.microsoft.com/office/spreadsheetml/2016/revision10", extension},
		{"http://schemas.microsoft.com/office/excel/2006/main", extension},     // xm
		{"http://schemas.microsoft.com/office/drawing/2010/main", extension},   // a14
		{"http://schemas.microsoft.com/office/mac/excel/2008/main", extension}, // mx
		{"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing", extension},
		{"http://schemas.openxmlformats.org/drawingml/2006/main", Drawing},
		{"http://purl.oclc.org/ooxml/drawingml/main", Drawing},
	} {
		byURI[n.URI] = &n
	}
	return byURI
}()

// foreign is any other.
var foreign = &namespace{"", Foreign}

// understood reports whether Excel knows the namespace, so that it chooses an
// alternative that requires it.
func (s Space) understood() bool { return s > Foreign }

// scope is a namespace that a prefix stands for from some element on. Scopes make
// a list, the innermost first.
type scope struct {
	outer *scope
	*namespace
	number int    // of scopes, with this one
	depth  int    // how many elements are open with the one that declares it
	prefix []byte // empty for names without one
}

// maxScopes is far above what any workbook declares.
const maxScopes = 256

// lookup returns the scope of a prefix, nil where nobody has declared it.
func (s *scope) lookup(prefix []byte) *scope {
	for ; s != nil; s = s.outer {
		if bytes.Equal(s.prefix, prefix) {
			return s
		}
	}
	return nil
}

// resolve returns the namespace that a prefix stands for.
func (s *scope) resolve(prefix []byte) Space {
	switch found := s.lookup(prefix); {
	case found != nil:
		return found.Space
	case len(prefix) == 0:
		return NoSpace
	case string(prefix) == "xml":
		return xmlNames
	}
	return Foreign
}

// count returns how many scopes there are.
func (s *scope) count() int {
	if s == nil {
		return 0
	}
	return s.number
}
