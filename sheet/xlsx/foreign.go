package xlsx

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"

	"ziping/sheet/opc"
)

// Format is how a file stores a workbook that is no .xlsx: mostly the usual end
// of its name. What its name really ends in says nothing.
type Format string

const (
	XLS           Format = ".xls" // also the .et of WPS
	XLSB          Format = ".xlsb"
	ODS           Format = ".ods"
	FlatODS       Format = ".fods"
	SpreadsheetML Format = ".xml"  // the XML of Excel 2003
	HTML          Format = ".html" // a table in a web page, as programs export it for Excel
	Text          Format = ".csv"  // lines of values between commas, semicolons or tabs
	Encrypted     Format = "encrypted"
)

// Foreign is the error of Open for data that is no .xlsx workbook. It says what
// to do about it.
type Foreign struct {
	Format  Format // empty where it holds no workbook that could be converted
	message string
}

func (f *Foreign) Error() string { return f.message }

const (
	saveAs = "请用 Excel 或 WPS 打开，另存为 .xlsx"
	submit = "请提交填好的 Excel 表"
)

// foreign returns what data is instead of a zip archive; nil if it is one.
func foreign(data []byte) error {
	start := data[:min(len(data), 4096)]
	switch {
	case len(data) == 0:
		return &Foreign{"", "文件是空的"}
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return nil
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return compoundFile(data)
	case bytes.HasPrefix(data, []byte("%PDF-")):
		return &Foreign{"", "这是 PDF 文件，不是 .xlsx 工作簿；" + submit}
	}
	marked := bytes.HasPrefix(start, []byte("\xFF\xFE")) || bytes.HasPrefix(start, []byte("\xFE\xFF"))
	if e := UTF16(start); e != nil {
		start, _ = e.NewDecoder().Bytes(start) // what is no text is replaced
	}
	start = bytes.TrimLeft(start, "\xEF\xBB\xBF \t\r\n")
	switch {
	case bytes.HasPrefix(start, []byte("<")):
		return markup(start)
	case isTable(start) || marked:
		return &Foreign{Text, "这是文本文件，不是 .xlsx 工作簿；" + saveAs}
	}
	return &Foreign{"", "这不是 .xlsx 工作簿；" + saveAs}
}

// compoundFile tells apart what comes in the older container of Microsoft
// Office by the names in its directory.
func compoundFile(data []byte) error {
	switch {
	case bytes.Contains(data, wide("EncryptedPackage")):
		return &Foreign{Encrypted, "工作簿设了打开密码，无法读取；请在 Excel 或 WPS 中去掉打开密码后保存"}
	case containsAny(data, "Workbook", "WORKBOOK", "Book", "BOOK"): // as Excel and others write it
		return &Foreign{XLS, "这是旧格式的 .xls 工作簿；" + saveAs}
	}
	return &Foreign{"", "这是旧格式的 Office 文件，不是 .xlsx 工作簿；" + saveAs}
}

func containsAny(data []byte, names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return bytes.Contains(data, wide(name)) })
}

// UTF16 returns the encoding of a text that is UTF-16 by its byte order mark, or
// looks so without one: its commas, digits and line ends have a zero byte beside
// them. (Of a Chinese character, 一 for one, a byte may be zero, too.) It is nil
// for others.
func UTF16(text []byte) encoding.Encoding {
	if bytes.HasPrefix(text, []byte("\xFF\xFE")) || bytes.HasPrefix(text, []byte("\xFE\xFF")) {
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	}
	text = text[:min(len(text), 4096)&^1]
	var zeros [2]int // of the first bytes, and of the second
	for i, c := range text {
		if c == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case zeros[1] > 2*zeros[0]:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case zeros[0] > 2*zeros[1]:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}

// wide encodes ASCII as UTF-16LE.
func wide(s string) []byte {
	b := make([]byte, 0, 2*len(s))
	for _, c := range []byte(s) {
		b = append(b, c, 0)
	}
	return b
}

// markup tells apart what begins with < by what stands near its beginning.
func markup(start []byte) error {
	start = bytes.ToLower(start)
	has := func(s string) bool { return bytes.Contains(start, []byte(s)) }
	f := &Foreign{"", "这是网页或 XML 文件，不是 .xlsx 工作簿；" + saveAs}
	switch {
	case has("<html"), has("<!doctype html"):
		f.Format = HTML
	case has("urn:schemas-microsoft-com:office:spreadsheet"): // its tables too are <Table>
		f.Format = SpreadsheetML
	case has("opendocument.spreadsheet"):
		f.Format = FlatODS
	case has("<table"):
		f.Format = HTML
	}
	return f
}

// isTable reports whether data begins like lines of values: text, and
// something between the values.
func isTable(start []byte) bool {
	for _, c := range start {
		if c < ' ' && !strings.ContainsRune("\t\r\n\f", rune(c)) {
			return false
		}
	}
	return bytes.ContainsAny(start, ",;\t")
}

// foreignPackage returns what a zip archive is that holds no workbook.
func foreignPackage(p *opc.Package) error {
	if p.Has("mimetype") && p.Has("content.xml") {
		f := &Foreign{"", "这是 OpenDocument 文件（.ods 等），不是 .xlsx 工作簿；" + saveAs}
		switch {
		case strings.Contains(p.Start("META-INF/manifest.xml"), "encryption-data"):
			f.message = "这是设了打开密码的 OpenDocument 文件，无法读取；" + saveAs + "，不设打开密码"
		case strings.Contains(p.Start("mimetype"), "opendocument.spreadsheet"):
			f.Format = ODS
		}
		return f
	}
	return &Foreign{"", "这是 ZIP 压缩包，不是 .xlsx 工作簿；如果工作簿在压缩包里，请先解压"}
}

// foreignMain returns what an Office document is whose main part is no
// workbook: root is its root element, or empty where it is not XML.
func foreignMain(part, root string) error {
	switch {
	case strings.HasSuffix(part, ".bin"):
		return &Foreign{XLSB, "这是二进制工作簿（.xlsb）；" + saveAs}
	case root == "document":
		return &Foreign{"", "这是 Word 文档，不是 .xlsx 工作簿；" + submit}
	case root == "presentation":
		return &Foreign{"", "这是演示文稿，不是 .xlsx 工作簿；" + submit}
	}
	return &Foreign{"", "这不是 .xlsx 工作簿；" + saveAs}
}
