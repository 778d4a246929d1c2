// Package sheet is the self-evaluation form (财政项目支出绩效自评表) as data:
// the model with the form's printed labels as its vocabulary, the values that
// people write into it, reading any workbook that holds the form, and writing
// values into one.
//
// It knows nothing of how a form is drawn (package template) nor of what must
// hold in one (package rules).
package sheet
