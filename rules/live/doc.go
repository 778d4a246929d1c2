// Package live translates rules into formulas of Excel, so that they are seen while one
// fills in a form. A rule is translated for one form as it is issued: what is printed
// there is a constant, what is to be filled in a cell.
//
// A formula of a condition comes to 1, to 0, to .5 where a value is not there, so that a
// rule does not apply, and to .25 or .75 where what is filled in can only be read by the
// program. && is then MIN, || is MAX, and ! what is left to 1. What is open is never
// blamed.
package live
