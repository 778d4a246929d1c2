// Package convert makes .xlsx workbooks of what comes back instead: workbooks
// with a password, of older programs and of others, web pages and texts that
// are named like a workbook.
//
// Texts and web pages are read here, since a spreadsheet would take =400 场 for
// a formula and 1-2 for a date; the rest is left to LibreOffice, see package
// libreoffice.
package convert

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"

	"golang.org/x/net/html/charset"

	"ziping/sheet/libreoffice"
	"ziping/sheet/xlsx"
)

// Workbook is an .xlsx workbook.
type Workbook struct {
	Data     []byte
	Book     *xlsx.Workbook // opened; nil where data was converted, or is broken
	Password string         // what the original opens with; empty if it needs none
}

// Convert returns data as an .xlsx workbook: as it is, if it is one, or broken.
// Its cells stand where they stood. The passwords are tried on a workbook that
// needs one; none was given where they are nil. Errors are in Chinese and do
// not name the file.
func Convert(ctx context.Context, data []byte, passwords []string, limits xlsx.Limits) (Workbook, error) {
	w := Workbook{Data: data}
	format, err := w.open(limits)
	if format == xlsx.Encrypted {
		w, err = decrypt(data, passwords)
		if err != nil {
			return w, err
		}
		format, err = w.open(limits)
	}
	switch format {
	case "", xlsx.Encrypted: // a workbook, or nothing that could become one
		return w, err
	case xlsx.Text:
		w.Data, err = fromText(w.Data)
	case xlsx.HTML:
		w.Data, err = fromHTML(w.Data)
	default:
		w.Data, err = fromOffice(ctx, w.Data, format, err)
	}
	return w, err
}

// open opens the workbook, and returns what it is if it is no .xlsx workbook, with the
// error that says so.
func (w *Workbook) open(limits xlsx.Limits) (xlsx.Format, error) {
	book, err := xlsx.OpenLimits(w.Data, limits)
	if f, ok := errors.AsType[*xlsx.Foreign](err); ok {
		return f.Format, f
	}
	w.Book = book
	return "", nil // the reader says what is wrong in a broken workbook
}

var errBroken = errors.New("文件不完整或已损坏（可能没有传完），请重新获取一份")

// fromOffice makes a workbook by LibreOffice; advice is what to do without.
func fromOffice(ctx context.Context, data []byte, format xlsx.Format, advice error) ([]byte, error) {
	encrypted := false
	var err error
	switch format {
	case xlsx.XLS:
		encrypted, err = checkXLS(data)
	case xlsx.SpreadsheetML, xlsx.FlatODS:
		err = checkXML(data)
	}
	if err != nil {
		return nil, err
	}
	out, err := office.convert(ctx, data, format)
	switch {
	case errors.Is(err, libreoffice.ErrMissing):
		return nil, fmt.Errorf("%w；安装 LibreOffice 后可以直接读取", advice)
	case errors.Is(err, context.Canceled):
		return nil, errors.New("已中断")
	case err != nil:
		return nil, fmt.Errorf("%w；%w", err, advice)
	case out == nil && encrypted: // with more than noPassword, which LibreOffice tries
		return nil, errors.New("这是设了打开密码的 .xls 工作簿，无法读取；请用 Excel 或 WPS 打开，去掉打开密码，另存为 .xlsx")
	case out == nil:
		return nil, fmt.Errorf("LibreOffice 打不开，文件可能已损坏；%w", advice)
	}
	return out, nil
}

// checkXML checks that an XML file is whole: LibreOffice reads one that is not
// as lines of text. Entities of its own it may not have.
func checkXML(data []byte) error {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = charset.NewReaderLabel
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if _, ok := token.(xml.Directive); ok || err != nil {
			return errBroken
		}
	}
}
