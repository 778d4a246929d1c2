// Package read finds forms in workbooks by their printed labels, whoever drew
// them.
package read
