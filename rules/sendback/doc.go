// Package sendback makes the papers of a round: the list of what was sent back to
// whom (退回清单), a notice for each department (通知), and the register (退回登记) in
// which a summary keeps what earlier rounds sent back.
package sendback
