//go:build unix

package libreoffice

import (
	"os/exec"
	"syscall"
)

// family is a process and its children, which form a process group.
type family struct{ cmd *exec.Cmd }

// newFamily prepares a process to be the head of a family.
func newFamily(cmd *exec.Cmd) (family, error) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return family{cmd}, nil
}

// started is called once the process runs.
func (f family) started() error { return nil }

// kill ends what is left of the family.
func (f family) kill() {
	if f.cmd.Process != nil {
		syscall.Kill(-f.cmd.Process.Pid, syscall.SIGKILL)
	}
}
