// Package edit changes workbooks in place: cells, rows and styles of sheets, parts that
// are added. What nobody changes stays byte for byte.
package edit
