// Ziping carries the self-evaluation form of China's public spending
// (财政项目支出绩效自评表) through its year: it issues locked workbooks, fills and
// reads them, and checks what stands in them. See README.md.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"runtime/debug"
	"syscall"

	"github.com/urfave/cli/v2"

	"ziping/cmd/internal/files"
)

// Exit codes, as README.md promises them.
const (
	exitOK       = 0
	exitFindings = 1 // something in a form is wrong
	exitFailed   = 2 // bad usage, or a file that could not be read or written

	exitInterrupted = 130 // by Ctrl-C, as shells have it
)

func main() {
	collectLate()
	os.Exit(runLine(os.Args, os.Stdout, os.Stderr))
}

// runLine runs a command line and returns the exit code.
func runLine(args []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends at once
	app := newApp(stdout, stderr)
	err := app.RunContext(ctx, flagsFirst(app, args))
	var done exitError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &done):
		return int(done)
	}
	if err == context.Canceled {
		err = errors.New("已中断，没有写出结果")
	}
	fmt.Fprintf(stderr, "ziping: %v\n", files.Explain(err))
	if ctx.Err() != nil {
		return exitInterrupted
	}
	return exitFailed
}

// exitError ends a command whose problems have been reported already.
type exitError int

func (e exitError) Error() string { return fmt.Sprintf("exit %d", int(e)) }

func newApp(stdout, stderr io.Writer) *cli.App {
	return &cli.App{
		Name:                   "ziping",
		Usage:                  "财政项目支出绩效自评表：发出、填写、读回、审核 · self-evaluation forms: issue, fill in, read back, check",
		Writer:                 stdout,
		ErrWriter:              stderr,
		HideVersion:            true,
		HideHelpCommand:        true,
		CustomAppHelpTemplate:  appHelp,
		UseShortOptionHandling: false,
		ExitErrHandler:         func(*cli.Context, error) {}, // runLine decides
		OnUsageError:           usageError,
		Action: func(c *cli.Context) error {
			if name := c.Args().First(); name != "" {
				return fmt.Errorf("没有“%s”这个命令，请看 ziping --help", name)
			}
			return cli.ShowAppHelp(c)
		},
		Commands: []*cli.Command{templateCommand(), fillCommand(), readCommand(), checkCommand(), annotateCommand(), collectCommand(), rulesCommand(), layoutsCommand()},
	}
}

func usageError(c *cli.Context, err error, _ bool) error {
	text := err.Error()
	for _, m := range usageErrors {
		text = m.english.ReplaceAllString(text, m.chinese)
	}
	return fmt.Errorf("命令写法有误：%s；请看 %s --help", text, c.Command.HelpName)
}

// usageErrors are what package flag says of a command line that is wrong, and
// how we say it.
var usageErrors = []struct {
	english *regexp.Regexp
	chinese string
}{
	{regexp.MustCompile(`^flag provided but not defined: -(.*)$`), "没有“$1”这个选项"},
	{regexp.MustCompile(`^flag needs an argument: -(.*)$`), "选项“$1”后面应写明它的值"},
	{regexp.MustCompile(`(?s)^invalid boolean value "(.*)" for -(.*?): .*$`), "选项“$2”后面不用写值，这里是“$1”"},
	{regexp.MustCompile(`^bad flag syntax: (.*)$`), "“$1”不像是选项"},
}

// version is that of the build, for reports.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		return info.Main.Version
	}
	return ""
}
