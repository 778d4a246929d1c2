package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/expr-lang/expr/types"
)

// translations puts the common mistakes in an expression into a clerk's words.
var translations = []struct {
	english *regexp.Regexp
	chinese func(m []string, env types.Map) string
}{
	{regexp.MustCompile(`^unknown name (\S+)`), func(m []string, env types.Map) string {
		return fmt.Sprintf("没有“%s”这一项或这个函数%s", m[1], maybe(m[1], env))
	}},
	{regexp.MustCompile(`has no field (\S+)|unknown field (\S+)`), func(m []string, env types.Map) string {
		return fmt.Sprintf("没有“%s”这一项%s", m[1]+m[2], maybe(m[1]+m[2], env))
	}},
	{regexp.MustCompile(`^invalid operation: (\S+) \(mismatched types (.+) and (.+)\)`), func(m []string, _ types.Map) string {
		return fmt.Sprintf("%s 的两边类型不同：左边是%s，右边是%s", m[1], chineseType(m[2]), chineseType(m[3]))
	}},
	{regexp.MustCompile(`^invalid operation: (\S+) \(mismatched type (.+)\)`), func(m []string, _ types.Map) string {
		return fmt.Sprintf("%s 不能用于%s", m[1], chineseType(m[2]))
	}},
	{regexp.MustCompile(`^cannot use (.+) as argument \(type (.+)\) to call (\S+)`), func(m []string, _ types.Map) string {
		return fmt.Sprintf("函数 %s 的参数应为%s；这里是%s", m[3], chineseType(m[2]), chineseType(m[1]))
	}},
	{regexp.MustCompile(`^not enough arguments to call (\S+)`), func(m []string, _ types.Map) string {
		return fmt.Sprintf("函数 %s 的参数不够%s", m[1], usage(m[1]))
	}},
	{regexp.MustCompile(`^too many arguments to call (\S+)`), func(m []string, _ types.Map) string {
		return fmt.Sprintf("函数 %s 的参数太多%s", m[1], usage(m[1]))
	}},
	{regexp.MustCompile(`^expected bool, but got (\S+)`), func(m []string, _ types.Map) string {
		return fmt.Sprintf("条件应得出是或否；这里得出%s", chineseType(m[1]))
	}},
	{regexp.MustCompile(`^unexpected token EOF`), func([]string, types.Map) string { return "表达式没有写完" }},
	{regexp.MustCompile(`^unexpected token (?:\w+\()?"?([^")]*)`), func(m []string, _ types.Map) string {
		return fmt.Sprintf("这里不应出现 %s", m[1])
	}},
	{regexp.MustCompile(`^(?:unrecognized character: |bad character ).*(U\+[0-9A-F]+ '(.+)')`), func(m []string, _ types.Map) string {
		return fmt.Sprintf("不认识的字符 %s，请用英文标点", m[2])
	}},
	{regexp.MustCompile(`^literal not terminated`), func([]string, types.Map) string { return "引号没有配对" }},
	{regexp.MustCompile(`exceeds maximum allowed nodes`), func([]string, types.Map) string { return "表达式太长" }},
}

// translate returns a mistake in an expression in Chinese; a rare one keeps its
// English words.
func translate(message string, env types.Map) string {
	for _, t := range translations {
		if m := t.english.FindStringSubmatch(message); m != nil {
			return t.chinese(m, env)
		}
	}
	return fmt.Sprintf("表达式有误（%s）", message)
}

func usage(name string) string {
	for _, f := range Functions {
		if f.Name == name {
			return "：" + f.Usage
		}
	}
	return ""
}

// chineseType names a type of the expression language.
func chineseType(name string) string {
	switch {
	case name == "string":
		return "文字"
	case name == "bool":
		return "是非值"
	case strings.HasPrefix(name, "int"), strings.HasPrefix(name, "float"):
		return "数字"
	case strings.HasPrefix(name, "[]"), strings.HasPrefix(name, "array"):
		return "清单"
	case strings.HasPrefix(name, "map"):
		return "一组项目"
	case name == "nil":
		return "空"
	}
	return name
}
