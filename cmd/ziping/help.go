package main

import "github.com/urfave/cli/v2"

func init() {
	cli.HelpFlag = &cli.BoolFlag{Name: "help", Aliases: []string{"h"}, Usage: "说明 · show help", DisableDefaultText: true}
}

// What --help prints; every line says the same in Chinese and in English.
const (
	appHelp = `{{.Name}} — {{.Usage}}

用法 · Usage:
   ziping 命令 [选项] 文件...   ·   ziping COMMAND [FLAGS] FILE...

命令 · Commands:
{{range .VisibleCommands}}   {{printf "%-10s" .Name}} {{.Usage}}
{{end}}
每个命令的说明 · Help on one command:
   ziping 命令 --help   ·   ziping COMMAND --help
版本 · Version:
   ziping --version
`
	commandHelp = `{{.HelpName}} — {{.Usage}}

用法 · Usage:
   {{.UsageText}}
{{if .VisibleFlags}}
选项 · Flags:
{{range .VisibleFlags}}   {{.}}
{{end}}{{end}}`
	groupHelp = `{{.HelpName}} — {{.Usage}}

用法 · Usage:
   {{.UsageText}}

命令 · Commands:
{{range .VisibleCommands}}   {{printf "%-10s" .Name}} {{.Usage}}
{{end}}`
)
