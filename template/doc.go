// Package template is the self-evaluation form as paper: official layouts as
// data (layouts/*.toml), and drawing a locked workbook from a layout and what
// is known of a project.
package template
