package xlsx

import (
	"bytes"
	"errors"
	"strings"
)

const saveAs = "请用 Excel 或 WPS 打开，另存为 .xlsx"

// foreign returns what data is instead of a zip archive, as an error with
// what to do about it; nil if it is a zip archive.
func foreign(data []byte) error {
	start := bytes.TrimPrefix(data[:min(len(data), 512)], []byte("\xEF\xBB\xBF"))
	switch {
	case len(data) == 0:
		return errors.New("文件是空的")
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return nil
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return compoundFile(data)
	case bytes.HasPrefix(bytes.TrimSpace(start), []byte("<")):
		return errors.New("这是网页或 XML 文件，不是 .xlsx 工作簿；" + saveAs)
	case bytes.HasPrefix(data, []byte("%PDF-")):
		return errors.New("这是 PDF 文件，不是 .xlsx 工作簿；请提交填好的 Excel 表")
	}
	return errors.New("这不是 .xlsx 工作簿；" + saveAs)
}

// compoundFile tells apart what comes in the older container of Microsoft
// Office by the names in its directory.
func compoundFile(data []byte) error {
	switch {
	case bytes.Contains(data, wide("EncryptedPackage")):
		return errors.New("工作簿设了打开密码，无法读取；请在 Excel 或 WPS 中去掉打开密码后保存")
	case bytes.Contains(data, wide("Workbook")), bytes.Contains(data, wide("Book")):
		return errors.New("这是旧格式的 .xls 工作簿；" + saveAs)
	}
	return errors.New("这是旧格式的 Office 文件，不是 .xlsx 工作簿；" + saveAs)
}

// wide encodes ASCII as UTF-16LE.
func wide(s string) []byte {
	b := make([]byte, 0, 2*len(s))
	for _, c := range []byte(s) {
		b = append(b, c, 0)
	}
	return b
}

// foreignPackage returns what a zip archive is that holds no workbook.
func foreignPackage(p *parts) error {
	if p.has("mimetype") && p.has("content.xml") {
		return errors.New("这是 OpenDocument 文件（.ods 等），不是 .xlsx 工作簿；" + saveAs)
	}
	return errors.New("这是 ZIP 压缩包，不是 .xlsx 工作簿；如果工作簿在压缩包里，请先解压")
}

// foreignMain returns what an Office document is whose main part is no
// workbook: root is its root element, or empty where it is not XML.
func foreignMain(part, root string) error {
	switch {
	case strings.HasSuffix(part, ".bin"):
		return errors.New("这是二进制工作簿（.xlsb）；" + saveAs)
	case root == "document":
		return errors.New("这是 Word 文档，不是 .xlsx 工作簿；请提交填好的 Excel 表")
	case root == "presentation":
		return errors.New("这是演示文稿，不是 .xlsx 工作簿；请提交填好的 Excel 表")
	}
	return errors.New("这不是 .xlsx 工作簿；" + saveAs)
}
