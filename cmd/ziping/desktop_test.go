package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestFromDesktop(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for _, name := range []string{"甲.xlsx", "乙.ET", "返回.zip", "list.csv", "check"} {
		if err := os.WriteFile(name, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir("返回", 0o755); err != nil {
		t.Fatal(err)
	}
	full := filepath.Join(dir, "甲.xlsx")
	for _, tt := range []struct {
		args    string // after the program
		desktop bool
		serves  bool
	}{
		{"", true, true},
		{"", false, false}, // in a terminal there is the help
		{full, true, true},
		{full, false, true},
		{"甲.xlsx 乙.ET 返回.zip", true, true},
		{"甲.xlsx 乙.ET", false, true},
		{"返回", true, true},
		{"返回", false, false},
		{"甲.xlsx list.csv", true, false},
		{"check", true, false},
		{"check 甲.xlsx", true, false},
		{"甲.xlsx check", true, false},
		{"没有.xlsx", true, false},
		{"--help", true, false},
	} {
		args := append([]string{"ziping"}, strings.Fields(tt.args)...)
		want := args
		if tt.serves {
			want = slices.Insert(slices.Clone(args), 1, "serve")
		}
		if got := fromDesktop(args, tt.desktop); !slices.Equal(got, want) {
			t.Errorf("%q is %q", args, got)
		}
	}
}

// A window stays where something is to be read.
func TestHold(t *testing.T) {
	for code, want := range map[int]string{exitOK: "", exitFailed: "按回车键关闭这个窗口。\n"} {
		var out bytes.Buffer
		hold(code, strings.NewReader("\n"), &out)
		if out.String() != want {
			t.Errorf("%d: %q", code, out.String())
		}
	}
}
