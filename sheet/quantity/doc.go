// Package quantity reads the values that people write into a form, such as
// ≥95%, 400 场 and 98.11%, and judges one against another.
package quantity
