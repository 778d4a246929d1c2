package issue

// WithChecks is what the tests outside of the package draw with.
var WithChecks = withChecks
