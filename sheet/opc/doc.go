// Package opc is the package that a workbook comes in, and the XML of its parts:
// the one layer on which workbooks are read and edited.
//
// A package (ECMA-376, part 2) is a zip archive of parts, which point to one
// another by relationships, and of the types of their contents. A part is read as
// a stream by a Scanner, in memory that does not grow with it, or whole as a
// Document, in which single elements are changed while every other byte stays as
// it is; both take XML apart by the same code.
//
// Names mean what a spreadsheet program takes them for: elements, attributes and
// types of relationships are known by their namespace, whatever prefix a writer
// gives it, and the strict and the transitional one are the same (Space).
// Alternatives (mc:AlternateContent) are chosen as Excel does.
//
// Whatever could grow without bound has a limit (Limits). Errors are in Chinese,
// for the clerk who has to do something about the file.
package opc
