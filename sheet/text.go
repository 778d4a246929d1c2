package sheet

import (
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"ziping/sheet/quantity"
)

// MaxText is the longest text that a cell of Excel holds, in UTF-16 units.
const MaxText = 32767

var normalLines = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// CheckText tells why a text can't stand in a cell, nil when it can.
func CheckText(s string) error {
	if !utf8.ValidString(s) {
		return fmt.Errorf("文字不是有效的 UTF-8 编码")
	}
	for i, r := range s {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
			return fmt.Errorf("第 %d 个字是控制字符 U+%04X，工作簿中不能存放，请删去", utf8.RuneCountInString(s[:i])+1, r)
		}
	}
	// A rune is at least one unit, a byte at least a third of one.
	if len(s) > MaxText {
		if n := len(utf16.Encode([]rune(s))); n > MaxText {
			return fmt.Errorf("文字共 %d 字，超过单元格上限 %d 字，请删减", n, MaxText)
		}
	}
	return nil
}

// excerpt returns the beginning of a text, for messages.
func Excerpt(s string) string {
	const most = 30
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// AsTyped returns a value as it stands in the form.
func AsTyped(v Value) string {
	if typed := v.At().Typed; typed != "" {
		return typed
	}
	return Show(v)
}

// Show returns a value as a person would write it.
func Show(v Value) string {
	switch x := v.Any().(type) {
	case float64:
		if _, rate := v.(*Rate); rate {
			return quantity.FormatNumber(x*100) + "%"
		}
		return quantity.FormatNumber(x)
	case string:
		return x
	}
	return ""
}
