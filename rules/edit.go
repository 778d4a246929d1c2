package rules

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"
)

// WithParam returns a rule file in which a param has another value: a number, a
// text, a bool, a list of texts or numbers, or a table of numbers. What else the
// file says, and its comments, stay as they are. A file without a word is taken for
// one that extends the default rules. The error is that of Parse where the file is
// wrong then.
func WithParam(file string, src []byte, name string, value any) ([]byte, error) {
	text, err := tomlValue(value)
	if err != nil {
		return nil, err
	}
	if len(bytes.TrimSpace(src)) == 0 {
		src = fmt.Appendf(nil, "extends = %q\n", defaultName)
	}
	changed := setParam(src, name, text)
	if _, err := Parse(file, changed); err != nil {
		return nil, err
	}
	if !reflect.DeepEqual(besides(src, name), besides(changed, name)) {
		return nil, fmt.Errorf("%s：“%s”在文件中的写法不能自动修改，请直接改文件", file, name)
	}
	return changed, nil
}

// tomlValue writes a value of a param as a rule file does.
func tomlValue(v any) (string, error) {
	switch v := v.(type) {
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return "", fmt.Errorf("应为数字")
		}
		return strconv.FormatFloat(v, 'f', -1, 64), nil
	case bool:
		return strconv.FormatBool(v), nil
	case string:
		var b bytes.Buffer
		if err := toml.NewEncoder(&b).Encode(map[string]string{"v": v}); err != nil {
			return "", err
		}
		return strings.TrimSpace(strings.TrimPrefix(b.String(), "v = ")), nil
	case []any:
		return tomlValues(v, "[", "]", func(x any) (string, error) { return tomlValue(x) })
	case map[string]any:
		return tomlValues(slices.Sorted(maps.Keys(v)), "{ ", " }", func(name string) (string, error) {
			key, err := tomlValue(name)
			if err != nil {
				return "", err
			}
			x, err := tomlValue(v[name])
			return key + " = " + x, err
		})
	}
	return "", fmt.Errorf("参数应为数字、文字、是非值、清单或数字表")
}

func tomlValues[T any](list []T, begin, end string, write func(T) (string, error)) (string, error) {
	texts := make([]string, len(list))
	for i, x := range list {
		var err error
		texts[i], err = write(x)
		if err != nil {
			return "", err
		}
	}
	return begin + strings.Join(texts, ", ") + end, nil
}

var (
	tableHead = regexp.MustCompile(`^\s*\[`)
	valueLine = regexp.MustCompile(`^\s*"?value"?\s*=`)
)

// setParam writes the value of a param into its table, or a table at the end.
func setParam(src []byte, name, value string) []byte {
	lines := strings.SplitAfter(string(src), "\n")
	head := regexp.MustCompile(`^\s*\[\s*params\s*\.\s*["']?` + regexp.QuoteMeta(name) + `["']?\s*\]`)
	line := "value = " + value + "\n"
	begin := slices.IndexFunc(lines, head.MatchString)
	if begin < 0 {
		text := strings.TrimRight(string(src), "\n")
		return fmt.Appendf(nil, "%s\n\n[params.%q]\n%s", text, name, line)
	}
	end := begin + 1
	for end < len(lines) && !tableHead.MatchString(lines[end]) && !valueLine.MatchString(lines[end]) {
		end++
	}
	if end == len(lines) || tableHead.MatchString(lines[end]) {
		return []byte(strings.Join(slices.Insert(lines, begin+1, line), ""))
	}
	last := end + 1 // a list may take several lines
	for last < len(lines) && toml.Unmarshal([]byte(strings.Join(lines[end:last], "")), new(map[string]any)) != nil {
		last++
	}
	return []byte(strings.Join(slices.Replace(lines, end, last, line), ""))
}

// besides returns what a file says but for the value of a param.
func besides(src []byte, name string) map[string]any {
	var all map[string]any
	if err := toml.Unmarshal(src, &all); err != nil {
		return nil
	}
	params, _ := all["params"].(map[string]any)
	param, _ := params[name].(map[string]any)
	if delete(param, "value"); len(param) == 0 {
		delete(params, name)
	}
	if len(params) == 0 {
		delete(all, "params")
	}
	return all
}

// Type names the type of a param's value to a clerk: 数字, 文字, 是非值, 文字清单,
// 数字清单 or 数字表.
func (p *Param) Type() string { return typeName(p.Value) }
