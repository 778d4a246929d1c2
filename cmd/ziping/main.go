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
	"runtime"
	"syscall"

	"github.com/urfave/cli/v2"

	"ziping/cmd/internal/files"
	"ziping/sheet/visible"
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
	desktop := isDesktop()
	code := runLine(fromDesktop(commandLine(), desktop), os.Stdout, os.Stderr)
	if desktop && runtime.GOOS == "windows" {
		hold(code, os.Stdin, os.Stdout)
	}
	os.Exit(code)
}

// runLine runs a command line and returns the exit code.
func runLine(args []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)            // a second Ctrl-C ends at once
	if len(args) > 1 && args[1] == "help" { // ziping help check
		args = append(append(args[:1:1], args[2:]...), "--help")
	}
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
	fmt.Fprintln(stderr, "ziping: "+visible.Lines(files.Explain(err).Error()))
	if ctx.Err() != nil {
		return exitInterrupted
	}
	return exitFailed
}

// exitError ends a command whose problems have been reported already.
type exitError int

func (e exitError) Error() string { return fmt.Sprintf("exit %d", int(e)) }

func newApp(stdout, stderr io.Writer) *cli.App {
	app := &cli.App{
		Name:                   "ziping",
		Usage:                  "财政项目支出绩效自评表：下发、填写、读回、审核 · self-evaluation forms: issue, fill in, read back, check",
		Writer:                 stdout,
		ErrWriter:              stderr,
		Version:                buildVersion(),
		HideHelpCommand:        true,
		CustomAppHelpTemplate:  appHelp,
		UseShortOptionHandling: false,
		ExitErrHandler:         func(*cli.Context, error) {}, // runLine decides
		OnUsageError:           usageError,
		Action:                 func(c *cli.Context) error { return showHelp(c, cli.ShowAppHelp, c.App.Name) },
		Commands:               []*cli.Command{templateCommand(), fillCommand(), readCommand(), checkCommand(), annotateCommand(), collectCommand(), rulesCommand(), layoutsCommand(), formsCommand(), serveCommand()},
	}
	complete(app.Commands)
	return app
}

// subcommand is a command below another.
func subcommand(name, usage, text string, action cli.ActionFunc, flags ...cli.Flag) *cli.Command {
	return &cli.Command{Name: name, Usage: usage, UsageText: text, Flags: flags, Action: action}
}

// showing prints the file of what is built in under a name.
func showing(usage string, source func(name string) ([]byte, error)) cli.ActionFunc {
	return func(c *cli.Context) error {
		if c.NArg() != 1 {
			return errors.New("用法：" + usage)
		}
		src, err := source(c.Args().First())
		if err != nil {
			return err
		}
		return writeOut(c, inputs(c), func(w io.Writer) error {
			_, err := w.Write(src)
			return err
		})
	}
}

// complete gives commands what all have in common. The commands “help” and “h” that cli
// adds to each are taken away: a folder may be called so. A command that only has others
// below it shows them.
func complete(commands []*cli.Command) {
	for _, c := range commands {
		c.HideHelpCommand = true
		c.OnUsageError = usageError
		c.CustomHelpTemplate = commandHelp
		if len(c.Subcommands) == 0 {
			continue
		}
		c.CustomHelpTemplate = groupHelp
		c.Action = func(c *cli.Context) error { return showHelp(c, cli.ShowSubcommandHelp, c.Command.HelpName) }
		complete(c.Subcommands)
	}
}

// showHelp is what a name does that needs the name of a command behind it.
func showHelp(c *cli.Context, show func(*cli.Context) error, name string) error {
	if unknown := c.Args().First(); unknown != "" {
		return fmt.Errorf("没有“%s”这个命令，请看 %s --help", unknown, name)
	}
	return show(c)
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
