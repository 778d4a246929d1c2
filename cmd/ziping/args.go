package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// flagsFirst moves the flags of a command before its files: cli stops looking
// for flags at the first file, and people write them in any order.
func flagsFirst(app *cli.App, args []string) []string {
	commands, at := app.Commands, 1
	var flags []cli.Flag
	for at < len(args) {
		i := slices.IndexFunc(commands, func(c *cli.Command) bool { return c.HasName(args[at]) })
		if i < 0 {
			break
		}
		flags, commands = commands[i].Flags, commands[i].Subcommands
		at++
	}
	if len(commands) > 0 && at < len(args) && !strings.HasPrefix(args[at], "-") {
		return append(slices.Clone(args[:at]), "--", args[at]) // no command; flags don't matter
	}
	var first, rest []string
	for i := at; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			rest = append(rest, args[i+1:]...)
			break
		}
		if !strings.HasPrefix(arg, "-") || arg == "-" {
			rest = append(rest, arg)
			continue
		}
		first = append(first, arg)
		if takesValue(flags, arg) {
			i++
			if i == len(args) {
				return slices.Concat(args[:at], first) // what follows would be taken for its value
			}
			first = append(first, args[i])
		}
	}
	out := slices.Concat(args[:at], first)
	if len(rest) > 0 {
		out = append(append(out, "--"), rest...)
	}
	return out
}

// takesValue reports whether the argument is a flag whose value is the next one.
func takesValue(flags []cli.Flag, arg string) bool {
	name := strings.TrimLeft(arg, "-")
	for _, f := range flags {
		if d, ok := f.(cli.DocGenerationFlag); ok && slices.Contains(f.Names(), name) {
			return d.TakesValue()
		}
	}
	return false
}

// split splits a command line as Windows hands it over: at blanks outside of
// quotes. Programs commonly take \" for a quote that is meant; but no name has one
// in it, and a folder that is quoted as "in\" ends there.
func split(line string) []string {
	var args []string
	var arg strings.Builder
	begun, quoted := false, false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '"':
			begun, quoted = true, !quoted
		case !quoted && (c == ' ' || c == '\t'):
			if begun {
				args = append(args, arg.String())
			}
			begun = false
			arg.Reset()
		default:
			begun = true
			arg.WriteByte(c)
		}
	}
	if begun {
		args = append(args, arg.String())
	}
	return args
}
