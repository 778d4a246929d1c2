// Package fill writes the values of a data file into a template.
package fill
