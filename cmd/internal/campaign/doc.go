// Package campaign makes up a year's self-evaluation: projects, the workbooks
// that their departments return, and the faults that were planted in some of
// them. All else in them is right, so that check must find these faults and
// nothing more. It is for tests and measurements.
package campaign
