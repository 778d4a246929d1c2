// Package calc calculates the formulas of workbooks, exactly or not at all.
package calc
