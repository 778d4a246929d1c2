package issue

// Checks is what the tests outside of the package draw with.
var Checks = checks
