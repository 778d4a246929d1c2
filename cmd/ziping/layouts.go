package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"ziping/template"
)

func layoutsCommand() *cli.Command {
	return &cli.Command{
		Name:               "layouts",
		Usage:              "内置的版式 · the layouts that are built in",
		UsageText:          "ziping layouts list | show 名称",
		CustomHelpTemplate: groupHelp,
		HideHelpCommand:    true,
		OnUsageError:       usageError,
		Subcommands: []*cli.Command{{
			Name:               "list",
			Usage:              "列出版式 · list them",
			UsageText:          "ziping layouts list",
			CustomHelpTemplate: commandHelp,
			OnUsageError:       usageError,
			Action: func(c *cli.Context) error {
				for _, name := range template.Names() {
					l, err := template.Load(name)
					if err != nil {
						return err
					}
					fmt.Fprintf(c.App.Writer, "%-10s %s\n", l.Name, l.Title)
				}
				return nil
			},
		}, {
			Name:               "show",
			Usage:              "打印版式文件，可另存后修改 · print a layout file, to copy and change",
			UsageText:          "ziping layouts show [-o 文件] 名称",
			Flags:              textOutputFlags(),
			CustomHelpTemplate: commandHelp,
			OnUsageError:       usageError,
			Action: func(c *cli.Context) error {
				if c.NArg() != 1 {
					return errors.New("用法：ziping layouts show 名称")
				}
				src, err := template.Source(c.Args().First())
				if err != nil {
					return err
				}
				return writeOut(c, inputs(c), func(w io.Writer) error {
					_, err := w.Write(src)
					return err
				})
			},
		}},
		Action: func(c *cli.Context) error {
			if c.NArg() > 0 {
				return fmt.Errorf("没有“%s”这个命令，请看 ziping layouts --help", c.Args().First())
			}
			return cli.ShowSubcommandHelp(c)
		},
	}
}
