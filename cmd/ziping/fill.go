package main

import (
	"errors"
	"io"

	"github.com/urfave/cli/v2"

	"ziping/cmd/internal/files"
	"ziping/sheet/fill"
	"ziping/sheet/livecheck"
	"ziping/sheet/xlsx"
)

func fillCommand() *cli.Command {
	return &cli.Command{
		Name:      "fill",
		Usage:     "把数据文件填入模板 · fill a template from a data file",
		UsageText: "ziping fill -o 输出.xlsx 模板.xlsx 数据.toml|数据.json",
		Flags:     []cli.Flag{outputFlag("输出的工作簿 · `FILE` to write"), forceFlag()},
		Action:    runFill,
	}
}

func runFill(c *cli.Context) error {
	if c.Path("output") == "" || c.NArg() != 2 {
		return errors.New("用法：ziping fill -o 输出.xlsx 模板.xlsx 数据.toml")
	}
	file := c.Args().Get(0)
	blank, err := files.Read(file)
	if err != nil {
		return err
	}
	form, err := fill.Form(blank)
	if err != nil {
		return files.Wrap(file, err)
	}
	data, err := files.Table(c.Args().Get(1), form)
	if err != nil {
		return err
	}
	filled, err := fill.Fill(blank, data)
	if err != nil {
		return files.Wrap(file, err)
	}
	wb, err := xlsx.Open(filled)
	if err != nil {
		return files.Wrap(file, err)
	}
	if err := writeOut(c, inputs(c, c.Args().Slice()...), func(w io.Writer) error {
		_, err := w.Write(filled)
		return err
	}); err != nil {
		return err
	}
	if says := livecheck.Says(wb); says != "" {
		tellNotice(c, livecheck.Name+"："+says)
	}
	return nil
}
