// Package issued has what a workbook was issued with: the record, its seal, and
// the comparison of a return with it.
package issued
