// Package annotate writes what a review found into a copy of a workbook: a
// comment and a fill on each cell with a finding, and a sheet 审核意见 that lists
// them all.
//
// The package of the workbook is edited in place, part by part. Only what a mark
// needs is changed: attributes of cells, styles added at the end of their lists,
// the comments of a sheet and their drawing, the list of sheets. Every other
// part of the package (pictures, charts, macros, other sheets, parts that no one
// but its maker understands) is copied byte for byte, and within a changed part
// everything that is not named here stays byte for byte.
//
// What cannot be kept: a digital signature no longer fits a changed workbook,
// and Excel says so. A cell with a threaded comment takes a note only in the
// shadow that older programs see; 审核意见 has the finding all the same.
//
// Of what a department writes on 审核意见, the column 整改说明 is kept, with the
// finding that it answers, and so are comments and pictures; other cells are
// written anew.
//
// A copy that comes back is annotated anew: our marks are taken away first, also
// where another program has saved the workbook since. What was put right in an
// earlier copy stays noted for as long as it stands.
package annotate
