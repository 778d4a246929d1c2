// Package returns says which of the forms that came back count: of each project
// the latest, those that are on the list, those of its year. It compares what
// projects are known by and knows no workbooks.
package returns
