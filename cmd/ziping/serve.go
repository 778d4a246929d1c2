package main

import (
	"fmt"
	"os"

	"github.com/pkg/browser"
	"github.com/urfave/cli/v2"

	"ziping/cmd/internal/run"
	"ziping/cmd/ziping/serve"
)

func serveCommand() *cli.Command {
	return &cli.Command{
		Name:      "serve",
		Usage:     "在本机的网页上做同样的事，双击程序即是 · the same work on a page of this machine; what a double click starts",
		UsageText: "ziping serve [选项] [工作簿.xlsx|文件夹...]",
		Flags: []cli.Flag{
			&cli.IntFlag{Name: "port", Usage: "本机的端口，默认任选一个空闲的 · `PORT` of this machine; any that is free by default", DefaultText: "任选"},
			&cli.BoolFlag{Name: "no-browser", Usage: "不打开浏览器，只写出链接 · open no browser, only print the link", DisableDefaultText: true},
		},
		Action: runServe,
	}
}

func runServe(c *cli.Context) error {
	o := serve.Options{
		Port: c.Int("port"), Version: version(), Files: c.Args().Slice(),
		Say: func(text string) { fmt.Fprintln(c.App.Writer, text) },
	}
	if !c.Bool("no-browser") {
		o.Open = openBrowser
	}
	s, err := serve.New(o)
	if err != nil {
		return err
	}
	run.Answer()
	keepTemp(s.TempDir())
	return s.Run(c.Context)
}

// keepTemp has all temporary files made in a directory, with which they go.
func keepTemp(dir string) {
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} {
		_ = os.Setenv(name, dir) // else they are where they always are
	}
}

// openBrowser opens a page. What the browser prints is none of ours.
func openBrowser(url string) error {
	browser.Stdout, browser.Stderr = nil, nil
	return browser.OpenURL(url)
}
