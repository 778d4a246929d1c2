package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"ziping/cmd/internal/files"
)

func outputFlag(usage string) cli.Flag {
	return &cli.PathFlag{Name: "output", Aliases: []string{"o"}, Usage: usage}
}

// textOutputFlags are those of commands whose result may go to the screen.
func textOutputFlags() []cli.Flag {
	return []cli.Flag{outputFlag("结果写入的文件，默认输出到屏幕 · `FILE` to write to"), forceFlag()}
}

func forceFlag() cli.Flag {
	return &cli.BoolFlag{Name: "force", Usage: "覆盖已有的文件，但不覆盖要读取的文件 · replace files that exist, but none that is read", DisableDefaultText: true}
}

// inputs returns the files that a command reads as its flags say, with others.
func inputs(c *cli.Context, others ...string) *files.Inputs {
	in := new(files.Inputs)
	in.Add(others...)
	for _, flag := range []string{"rules", "key-file", "password-file", "open-password-file", "files-from"} {
		in.Add(c.Path(flag))
	}
	for _, flag := range []string{"previous", "last-year"} {
		in.Add(pathsOf(c, flag)...)
	}
	in.Add(c.Path("notice"))
	in.AddFound(projectLists(c))
	if layout := c.String("layout"); filepath.Ext(layout) == ".toml" {
		in.Add(layout)
	}
	return in
}

// openOutput begins the output of a command, if it has not the place of an input.
func openOutput(c *cli.Context, in *files.Inputs) (*files.Output, error) {
	name := c.Path("output")
	if name != "" {
		if err := in.Refuse(name); err != nil {
			return nil, err
		}
	}
	return files.Open(c.App.Writer, name, c.Bool("force"))
}

// readingTo returns the workbooks that a command reads, with the format of its output and
// the output, which is none of them.
func readingTo(c *cli.Context, formats []string) (found files.Found, format string, out *files.Output, err error) {
	format, err = formatFor(c, formats)
	if err != nil {
		return found, "", nil, err
	}
	found, err = workbooks(c)
	if err != nil {
		return found, "", nil, err
	}
	in := inputs(c)
	in.AddReturns(found)
	out, err = openOutput(c, in)
	return found, format, out, err
}

// writeOut writes the whole output of a command.
func writeOut(c *cli.Context, in *files.Inputs, write func(w io.Writer) error) error {
	out, err := openOutput(c, in)
	if err != nil {
		return err
	}
	defer out.Close()
	if err := write(out); err != nil {
		return err
	}
	return out.Commit()
}

// formatFor returns the format of the output: what --format says, else what the
// name of the file ends in, else the default.
func formatFor(c *cli.Context, formats []string) (string, error) {
	ext := strings.ToLower(filepath.Ext(c.Path("output")))
	format := strings.TrimPrefix(ext, ".")
	if format == "htm" {
		format = "html"
	}
	switch {
	case c.IsSet("format") || ext == "" || ext == ".txt":
		return c.String("format"), nil
	case slices.Contains(formats, format):
		return format, nil
	case slices.Contains(files.Workbooks, ext):
		return "", fmt.Errorf("%s：这里写不出 %s 文件；名称可以 .%s 结尾，或用 --format 写明格式", c.Path("output"), ext, strings.Join(formats, "、."))
	}
	return c.String("format"), nil
}
