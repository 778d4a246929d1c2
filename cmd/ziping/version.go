package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/urfave/cli/v2"
)

func init() {
	cli.VersionFlag = &cli.BoolFlag{Name: "version", Usage: "版本 · show the version", DisableDefaultText: true}
	cli.VersionPrinter = func(c *cli.Context) { fmt.Fprintln(c.App.Writer, "ziping "+c.App.Version) }
}

// release is the version of a program that cmd/release has built.
var release string

// version is that of the release or of the module, for reports.
func version() string {
	if release != "" {
		return release
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		return info.Main.Version
	}
	return ""
}

// buildVersion is the version of the module, of what it was built from and with,
// and for which platform.
func buildVersion() string {
	var list []string
	if info, ok := debug.ReadBuildInfo(); ok {
		list = append(list, version())
		settings := map[string]string{}
		for _, s := range info.Settings {
			settings[s.Key] = s.Value
		}
		if commit := settings["vcs.revision"]; commit != "" {
			list = append(list, "commit "+commit[:min(12, len(commit))], settings["vcs.time"])
		}
		if settings["vcs.modified"] == "true" {
			list = append(list, "有未提交的改动 · modified")
		}
	}
	list = append(list, runtime.Version(), runtime.GOOS+"/"+runtime.GOARCH)
	return strings.Join(list, "  ")
}
