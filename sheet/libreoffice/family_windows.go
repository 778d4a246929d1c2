package libreoffice

import (
	"os/exec"
	"sync"
	"unsafe"

	"golang.org/x/sys/windows"
)

// family is a process and its children, which belong to a job. Windows ends
// them when the job is closed, also where this program is killed.
type family struct {
	cmd   *exec.Cmd
	job   windows.Handle
	close func()
}

// newFamily prepares a process to be the head of a family.
func newFamily(cmd *exec.Cmd) (family, error) {
	job, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return family{}, err
	}
	f := family{cmd, job, sync.OnceFunc(func() { windows.CloseHandle(job) })}
	limits := windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION{
		BasicLimitInformation: windows.JOBOBJECT_BASIC_LIMIT_INFORMATION{LimitFlags: windows.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE},
	}
	_, err = windows.SetInformationJobObject(job, windows.JobObjectExtendedLimitInformation, uintptr(unsafe.Pointer(&limits)), uint32(unsafe.Sizeof(limits)))
	if err != nil {
		f.close()
	}
	return f, err
}

// started is called once the process runs.
func (f family) started() error {
	process, err := windows.OpenProcess(windows.PROCESS_SET_QUOTA|windows.PROCESS_TERMINATE, false, uint32(f.cmd.Process.Pid))
	if err != nil {
		return err
	}
	defer windows.CloseHandle(process)
	return windows.AssignProcessToJobObject(f.job, process)
}

// kill ends what is left of the family.
func (f family) kill() {
	if f.cmd.Process != nil {
		f.cmd.Process.Kill()
	}
	f.close()
}
