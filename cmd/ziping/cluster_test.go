package main

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"ziping/sheet/sheettest"
)

// cluster is a folder with workbooks and their list, the scripts of examples/cluster,
// and ziping itself on the PATH; and the summary that one run makes of the workbooks.
type cluster struct {
	*testing.T
	env   []string
	whole []byte
}

func newCluster(t *testing.T) cluster {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	scripts, err := filepath.Abs("../../examples/cluster")
	if err != nil {
		t.Fatal(err)
	}
	manyReturned(t, 24)
	for _, name := range []string{"shard.sh", "collect.sh", "parallel.sh", "slurm.sh", "spark.py"} {
		if err := os.WriteFile(name, mustRead(t, filepath.Join(scripts, name)), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	bin := t.TempDir()
	// The test is ziping itself under this name: see TestMain.
	if err := os.Symlink(self, filepath.Join(bin, "ziping")); err != nil {
		t.Fatal(err)
	}
	c := cluster{t, append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH")), nil}
	c.run("find", "returned", "-name", "*.xlsx", "-fprint", "list.txt")
	ziping(t, exitFailed, "collect", "-o", "whole.xlsx", "returned")
	c.whole = mustRead(t, "whole.xlsx")
	return c
}

// run runs a command and returns what it said; it fails the test where the command does.
func (c cluster) run(name string, args ...string) string {
	c.Helper()
	said, err := c.try(name, args...)
	if err != nil {
		c.Fatalf("%s %q: %v\n%s", name, args, err, said)
	}
	return said
}

func (c cluster) try(name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Env = c.env
	said, err := cmd.CombinedOutput()
	return string(said), err
}

// serve runs a server until the test ends.
func (c cluster) serve(name string, args ...string) {
	c.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = c.env
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		c.Fatal(err)
	}
	c.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		if c.Failed() {
			c.Logf("%s: %s", name, &said)
		}
	})
}

// equals checks that a summary is the one that one run makes.
func (c cluster) equals(summary string) {
	c.Helper()
	if !bytes.Equal(mustRead(c.T, summary), c.whole) {
		c.Errorf("%s is another summary than that of one run", summary)
	}
}

// write writes a file below the folder.
func (c cluster) write(name, text string) string {
	c.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		c.Fatal(err)
	}
	path, err := filepath.Abs(name)
	if err != nil {
		c.Fatal(err)
	}
	return path
}

// freePort returns a port that nothing listens on.
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// until waits for what a server needs to begin.
func until(t *testing.T, ready func() bool) {
	t.Helper()
	for range 600 {
		if ready() {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("the server does not answer")
}

// Two machines that are reached by ssh check the shards; a shard that is missing or cut is
// named, and made anew.
func TestClusterOfMachines(t *testing.T) {
	sshd := sheettest.Program(t, "sshd")
	sheettest.Program(t, "parallel")
	if err := os.MkdirAll("/run/sshd", 0o755); err != nil {
		t.Skipf("sshd can't be run by this user (%v): not tested", err)
	}
	c := newCluster(t)
	for _, key := range []string{"key", "host"} {
		c.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key)
	}
	machines := []string{}
	dir := filepath.Dir(c.write("empty", ""))
	for i := range 2 {
		port := freePort(t)
		config := c.write(fmt.Sprintf("sshd%d", i), fmt.Sprintf("Port %d\nListenAddress 127.0.0.1\nHostKey %s/host\nAuthorizedKeysFile %s/key.pub\nStrictModes no\nUsePAM no\nPidFile none\n", port, dir, dir))
		c.serve(sshd, "-D", "-e", "-f", config)
		machine := fmt.Sprintf("ssh -i %s/key -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -p %d 127.0.0.1", dir, port)
		until(t, func() bool { _, err := c.try("sh", "-c", machine+" true"); return err == nil })
		machines = append(machines, "1/"+machine)
	}
	check := func(summary string) {
		t.Helper()
		said, err := c.try("./parallel.sh", append([]string{"list.txt", "5", "parts", summary}, machines...)...)
		if code := exitCodeOf(err); code > exitFailed {
			t.Fatalf("ends with %d: %s", code, said)
		}
		c.equals(summary)
	}
	check("first.xlsx")

	part := mustRead(t, "parts/part3.jsonl")
	c.write("parts/part3.jsonl", string(part[:len(part)/2]))
	if said, err := c.try("./collect.sh", "5", "parts", "cut.xlsx"); err == nil || !strings.Contains(said, "part3.jsonl") {
		t.Errorf("a part that is cut: %v, %s", err, said)
	}
	if err := os.Remove("parts/part1.jsonl"); err != nil {
		t.Fatal(err)
	}
	if said, err := c.try("./collect.sh", "5", "parts", "missing.xlsx"); err == nil || !strings.HasSuffix(said, "part: 1\n") {
		t.Errorf("a part that is missing: %v, %s", err, said)
	}
	check("again.xlsx")
}

func exitCodeOf(err error) int {
	if err == nil {
		return 0
	}
	if e, ok := err.(*exec.ExitError); ok {
		return e.ExitCode()
	}
	return -1
}

// A Slurm array job checks the shards.
func TestClusterOfSlurm(t *testing.T) {
	for _, name := range []string{"slurmctld", "slurmd", "munged", "sbatch"} {
		sheettest.Program(t, name)
	}
	if os.Getuid() != 0 {
		t.Skip("Slurm's daemons are run by root only: not tested")
	}
	c := newCluster(t)
	host := strings.TrimSpace(c.run("hostname", "-s"))
	dir := filepath.Dir(c.write("munge.key", strings.Repeat("0123456789abcdef", 64)))
	socket := filepath.Join(t.TempDir(), "munge.socket")
	if err := os.Chmod("munge.key", 0o400); err != nil {
		t.Fatal(err)
	}
	c.serve("munged", "--foreground", "--force", "--key-file="+dir+"/munge.key", "--socket="+socket, "--pid-file="+dir+"/munge.pid", "--seed-file="+dir+"/munge.seed", "--log-file="+dir+"/munge.log")
	for _, name := range []string{"spool", "state"} {
		if err := os.Mkdir(name, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	config := c.write("slurm.conf", fmt.Sprintf(`ClusterName=test
SlurmctldHost=%[1]s(127.0.0.1)
SlurmctldPort=%[3]d
SlurmdPort=%[4]d
AuthType=auth/munge
AuthInfo=socket=%[5]s
CredType=cred/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SlurmUser=root
SlurmdSpoolDir=%[2]s/spool
StateSaveLocation=%[2]s/state
SlurmctldPidFile=%[2]s/slurmctld.pid
SlurmdPidFile=%[2]s/slurmd.pid
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
NodeName=%[1]s NodeAddr=127.0.0.1 CPUs=2 RealMemory=1024 State=UNKNOWN
PartitionName=all Nodes=%[1]s Default=YES State=UP
`, host, dir, freePort(t), freePort(t), socket))
	c.env = append(c.env, "SLURM_CONF="+config)
	until(t, func() bool { _, err := os.Stat(socket); return err == nil })
	c.serve("slurmctld", "-D")
	c.serve("slurmd", "-D")
	until(t, func() bool {
		said, err := c.try("sinfo", "-h", "-o", "%t")
		return err == nil && strings.Contains(said, "idle")
	})
	c.run("sbatch", "--wait", "--array=0-3", "slurm.sh", "list.txt", "parts")
	if said, err := c.try("./collect.sh", "4", "parts", "slurm.xlsx"); exitCodeOf(err) > exitFailed {
		t.Fatal(said)
	}
	c.equals("slurm.xlsx")
}

// What spark.py has Spark pipe its partitions through gives parts. Spark itself is not run.
func TestClusterOfSpark(t *testing.T) {
	sheettest.Program(t, "python3")
	c := newCluster(t)
	c.run("python3", "-m", "py_compile", "spark.py")
	check := regexp.MustCompile(`(?m)^CHECK = "(.*)"$`).FindSubmatch(mustRead(t, "spark.py"))
	names := strings.Split(strings.TrimSpace(string(mustRead(t, "list.txt"))), "\n")
	c.write("partition0", strings.Join(names[:7], "\n")+"\n")
	c.write("partition1", strings.Join(names[7:], "\n")+"\n")
	for i := range 2 {
		c.run("sh", "-c", fmt.Sprintf("%s < partition%d > part-0000%d 2> said", "sh -c '"+string(check[1])+"'", i, i))
	}
	ziping(t, exitFailed, "collect", "--from-jsonl", "-o", "spark.xlsx", "part-00000", "part-00001")
	c.equals("spark.xlsx")
}
