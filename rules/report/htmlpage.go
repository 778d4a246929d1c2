package report

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"regexp"
	"strings"
)

// scriptModules are the modules of the report's script, each after those that it
// imports.
var scriptModules = []string{
	"words.js", "dom.js", "entries.js", "grid.js", "form.js", "findings.js", "filter.js", "counts.js", "charts.js", "list.js", "print.js", "report.js", "file.js",
}

// moduleWords are the words by which modules share what they have: an import is
// a line, an export begins one.
var moduleWords = regexp.MustCompile(`(?m)^(import .*;\n|export )`)

// script makes one script of the modules: a page that is opened from a file can't
// import any. Their names are all different.
func script() string {
	var b strings.Builder
	b.WriteString("(function () {\n'use strict';\n")
	for _, name := range scriptModules {
		b.WriteString("\n" + moduleWords.ReplaceAllString(htmlAsset(name), ""))
	}
	b.WriteString("})();\n")
	return b.String()
}

// PageFiles are the style (style.css) and the modules (report.js and what it
// imports) of the HTML report, for a page that shows reports itself.
func PageFiles() fs.FS {
	sub, err := fs.Sub(htmlAssets, "html")
	if err != nil {
		panic(err) // a defect of the build
	}
	return sub
}

// PageMarkup is the HTML of the elements that these modules fill.
func PageMarkup() string {
	var b strings.Builder
	if err := htmlPage().ExecuteTemplate(&b, "report", nil); err != nil {
		panic(err) // a defect of the build
	}
	return b.String()
}

// pageData writes what the modules show: a line of JSON with the terms, then one a
// file.
type pageData struct {
	w     io.Writer
	terms htmlTerms
	begun bool
}

// NewPageData returns a writer of what a page shows with PageFiles: JSON lines, the
// first for begin of entries.js, the others for take.
func NewPageData(w io.Writer, opts Options) Writer {
	return &pageData{w: w, terms: termsOf(opts.Rules)}
}

// Write implements Writer.
func (p *pageData) Write(f File) error {
	if err := p.begin(); err != nil {
		return err
	}
	return p.line(htmlOf(f))
}

// Close implements Writer.
func (p *pageData) Close() error { return p.begin() }

func (p *pageData) begin() error {
	if p.begun {
		return nil
	}
	p.begun = true
	return p.line(p.terms)
}

func (p *pageData) line(v any) error {
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(v); err != nil {
		return err
	}
	_, err := p.w.Write(b.Bytes())
	return err
}

// PageTable is a table as these modules draw it, to be encoded as JSON.
func PageTable(t Table) any { return htmlTableOf(t) }
