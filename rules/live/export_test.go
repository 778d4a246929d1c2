package live

// Lay is for the tests of the translations, whose forms have cells as a specimen has.
var Lay = lay
