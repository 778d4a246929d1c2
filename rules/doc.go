// Package rules is what must hold of a form: rule files in TOML, compiled once
// and run over tables.
//
// No rule is in Go. Go gives the vocabulary of the expressions: the fields of
// the form under their printed labels, and a few functions (see Vocabulary).
// packs/default.toml holds the rules of 财预〔2020〕10号, which a file of one's
// own extends and overrides.
package rules
