// Package report writes what a check found: for people, or for programs.
//
// A report is written file by file, as the findings arrive; nothing but the
// counts is kept. Each format is one file of this package and one line of the
// list of formats.
package report
