package libreoffice

// ErrSlow is what the tests outside of the package wait for.
var ErrSlow = errSlow
