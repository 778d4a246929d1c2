// Package files finds the files that a command is to read, reads them, and writes
// what comes of them: whole or not at all.
package files
