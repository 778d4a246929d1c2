// Package mistake says in Chinese what is wrong with an expression, or went wrong while it
// ran: what the expression language says in English.
package mistake

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	exprfile "github.com/expr-lang/expr/file"
	"golang.org/x/text/width"

	"ziping/sheet/quantity"
)

// translation is what the expression language says, and how to say it to a
// clerk.
type translation struct {
	english func() *regexp.Regexp
	chinese func(m []string, n Names) string
}

// english makes an expression when it is first asked for: few runs meet a mistake.
func english(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// plainly is a translation without details.
func plainly(chinese string) func([]string, Names) string {
	return func([]string, Names) string { return chinese }
}

// translations has the common mistakes in an expression.
var translations = []translation{
	{english(`^unknown name (\S+)`), func(m []string, n Names) string {
		if apart := operatorsIn(m[1], n); apart != "" {
			return fmt.Sprintf("没有“%s”这一项，是否应为 %s？", m[1], apart)
		}
		return fmt.Sprintf("没有“%s”这一项或这个函数%s", m[1], n.Meant(m[1]))
	}},
	{english(`has no (?:field|method) (\S+)|unknown field (\S+)`), func(m []string, n Names) string {
		return fmt.Sprintf("没有“%s”这一项%s", m[1]+m[2], n.Meant(m[1]+m[2]))
	}},
	{english(`^invalid operation: % \(mismatched`), plainly("% 是求余数，只能用于整数；百分之几写成小数，如 0.05")},
	{english(`^invalid operation: (\S+) \(mismatched types (.+) and (.+)\)`), func(m []string, _ Names) string {
		if left, right := Type(m[2]), Type(m[3]); left != right {
			hint := ""
			if (m[1] == "==" || m[1] == "!=") && (left+right == "数字文字" || left+right == "文字数字") {
				hint = "；数字不加引号，比较表中所见的文字用 原文(项目)"
			}
			return fmt.Sprintf("%s 的两边类型不同：左边是%s，右边是%s%s", m[1], left, right, hint)
		}
		return fmt.Sprintf("%s 不能用于%s", m[1], Type(m[2]))
	}},
	{english(`^invalid operation: (\S+) \(mismatched type (.+)\)`), func(m []string, _ Names) string {
		return fmt.Sprintf("%s 不能用于%s", m[1], Type(m[2]))
	}},
	{english(`^cannot use (.+) as argument .*to call string`), func(m []string, _ Names) string {
		return fmt.Sprintf("函数 string 不能用于%s", Type(m[1]))
	}},
	{english(`^cannot use (.+) as argument \(type (.+)\) to call (\S+)`), func(m []string, n Names) string {
		return fmt.Sprintf("函数 %s 的这个参数应为%s；这里是%s%s", m[3], Type(m[2]), Type(m[1]), n.Usage(m[3]))
	}},
	{english(`^not enough arguments to call (\S+)`), func(m []string, n Names) string {
		return fmt.Sprintf("函数 %s 的参数不够%s", m[1], n.Usage(m[1]))
	}},
	{english(`^expected at least (\d) arguments`), func(m []string, _ Names) string {
		return fmt.Sprintf("函数的参数不够，至少 %s 个", m[1])
	}},
	{english(`^too many arguments to call (\S+)`), func(m []string, n Names) string {
		return fmt.Sprintf("函数 %s 的参数太多%s", m[1], n.Usage(m[1]))
	}},
	{english(`^invalid number of arguments.*expected (.+), got (\d+)`), func(m []string, _ Names) string {
		return fmt.Sprintf("函数的参数应有 %s 个；这里有 %s 个", strings.ReplaceAll(m[1], " or ", " 或 "), m[2])
	}},
	{english(`^invalid argument for (\S+) \(type (.+)\)`), func(m []string, _ Names) string {
		return fmt.Sprintf("函数 %s 不能用于%s", m[1], Type(m[2]))
	}},
	{english(`^builtin (\S+) takes only array \(got (.+)\)`), func(m []string, _ Names) string {
		return fmt.Sprintf("函数 %s 只能用于清单，如 绩效指标；这里是%s", m[1], Type(m[2]))
	}},
	{english(`^cannot (?:get \w+ element|take|reverse|sort) .*from (.+)`), func(m []string, _ Names) string {
		return fmt.Sprintf("这个函数只能用于清单，如 绩效指标；这里是%s", Type(m[1]))
	}},
	{english(`^predicate should return boolean \(got (.+)\)`), func(m []string, _ Names) string {
		return fmt.Sprintf("逐行的条件应得出是或否；这里得出%s", Type(m[1]))
	}},
	{english(`^(?:expected bool, but got|non-bool expression \(type) ([^)]+)`), func(m []string, _ Names) string {
		return fmt.Sprintf("条件应得出是或否；这里得出%s", Type(m[1]))
	}},
	{english(`^cannot use (.+) as type (.+) in (?:array|map key)`), func(m []string, _ Names) string {
		return fmt.Sprintf("in 的两边类型不同：左边是%s，右边清单里是%s", Type(m[1]), Type(m[2]))
	}},
	{english(`^array elements can only be selected using an integer`),
		plainly("清单有许多行，不能直接取项目：用 all、any、合计 等函数逐行取，或用 [0] 取第一行")},
	{english(`^cannot use (.+) to get an element`), func(m []string, _ Names) string {
		return fmt.Sprintf("方括号里应为表中的名称；这里是%s", Type(m[1]))
	}},
	{english(`coalesce expressions`), plainly("规则中不能用 ??")},
	{english(`^(\S+) is not callable`), plainly("这不是函数，后面不能有括号")},
	{english(`^unexpected (?:token EOF|end of expression)`), plainly("表达式没有写完")},
	{english(`^unexpected token Operator\("="\)`), plainly("这里不应出现 =；相等写作 ==，大于等于写作 >=")},
	{english(`^unexpected token \w+\("(.*)"\)`), func(m []string, _ Names) string {
		if op := operatorWords[m[1]]; op != "" {
			return fmt.Sprintf("这里不应出现 %s；请写 %s", m[1], op)
		}
		return fmt.Sprintf("这里不应出现 %s", m[1])
	}},
	{english(`^unrecognized character: U\+[0-9A-F]+(?: '(.+)')?`), func(m []string, _ Names) string {
		return fmt.Sprintf("不认识的字符 %s%s", m[1], instead(m[1]))
	}},
	{english(`^literal not terminated`), plainly("引号没有配对")},
	{english(`^unclosed comment`), plainly("注释没有结尾的 */")},
	{english(`^type (\S+)\[.*\] is undefined`), func(m []string, _ Names) string {
		return fmt.Sprintf("%s不能用方括号取其中一项", Type(m[1]))
	}},
	{english(`^(?:invalid char escape|unable to unescape)`), plainly(`反斜杠 \ 后面的写法不对；要写反斜杠本身用 \\`)},
	{english(`^(?:bad number syntax|invalid (?:\w+) literal|\w+ literal is too large)`), plainly("数字的写法不对")},
	{english(`exceeds maximum allowed nodes`), plainly("表达式太长")},
}

// runTranslations has what may go wrong while an expression runs.
var runTranslations = []translation{
	{english(`divide by zero`), plainly("除数为 0")},
	{english(`index out of range: (-?\d+) \(array length is (\d+)\)`), func(m []string, _ Names) string {
		return fmt.Sprintf("清单只有 %s 项，没有 [%s]（从 0 数起）", m[2], m[1])
	}},
	{english(`memory budget exceeded`), plainly("要算的东西太多")},
	{english(`error parsing regexp: (.+)`), func(m []string, _ Names) string {
		return "matches 右边的正则表达式写法不对：" + m[1]
	}},
	{english(`invalid operation: bool\(`), plainly("条件得出的不是“是”或“否”")},
	{english(`interface conversion|invalid operation|cannot fetch|not defined on`), plainly("用了一个类型不对的值")},
	{english(`not enough arguments`), plainly("没有可算的值")},
	{english(`invalid argument for (\S+) \(type (.+)\)`), func(m []string, _ Names) string {
		return fmt.Sprintf("函数 %s 不能用于%s", m[1], Type(m[2]))
	}},
	{english(`unknown order`), plainly(`sortBy 的顺序应为 "asc" 或 "desc"`)},
	{english(`^(.*\p{Han}.*)$`), func(m []string, _ Names) string { return m[1] }}, // by a function of ours
}

// Names are what an expression may name.
type Names interface {
	Known(name string) bool   // a field
	Meant(name string) string // asks for the name that may be meant, "" for none
	Usage(name string) string // how a function is called, "" of none
}

// Translate returns a mistake in an expression in Chinese; a rare one keeps its
// English words.
func Translate(message string, n Names) string {
	for _, table := range [][]translation{translations, runTranslations} {
		if chinese, ok := lookUp(table, message, n); ok {
			return chinese
		}
	}
	message, _, _ = strings.Cut(message, "\n") // behind it stand the calls that led there
	return fmt.Sprintf("表达式有误（%s）", message)
}

// Running returns in Chinese why an expression could not be run to its end, without a
// mark that hidden names have.
func Running(err error, hidden string) error {
	message := err.Error()
	var e *exprfile.Error
	if errors.As(err, &e) {
		message = e.Message
	}
	message, _, _ = strings.Cut(strings.ReplaceAll(message, hidden, ""), "\n")
	if chinese, ok := lookUp(runTranslations, message, nil); ok {
		return errors.New(chinese)
	}
	return fmt.Errorf("表达式无法计算（%s）", message)
}

func lookUp(table []translation, message string, n Names) (string, bool) {
	for _, t := range table {
		if m := t.english().FindStringSubmatch(message); m != nil {
			return t.chinese(m, n), true
		}
	}
	return "", false
}

// instead says what to write for a character that comes from a Chinese keyboard.
func instead(char string) string {
	if ascii := map[string]string{"≥": ">=", "≤": "<=", "≠": "!=", "×": "*", "÷": "/", "“": `"`, "”": `"`, "‘": "'", "’": "'"}[char]; ascii != "" {
		return "，请写 " + ascii
	}
	if half := width.Narrow.String(char); half != char {
		return "，请写 " + half
	}
	return ""
}

// Type names a type of the expression language.
func Type(name string) string {
	switch {
	case name == "string":
		return "文字"
	case name == "bool":
		return "是非值"
	case strings.HasPrefix(name, "int"), strings.HasPrefix(name, "float"):
		return "数字"
	case name == "[]string":
		return "文字清单"
	case name == "[]float64":
		return "数字清单"
	case strings.HasPrefix(name, "[]"), strings.HasPrefix(name, "array"):
		return "清单"
	case strings.HasPrefix(name, "map"):
		return "一组项目"
	case name == "nil":
		return "空"
	case name == "unknown", strings.HasPrefix(name, "interface"):
		return "类型不明的值"
	case strings.HasPrefix(name, "func"):
		return "函数"
	}
	return name
}

// operatorWords are words for operators that people write in their place.
var operatorWords = map[string]string{
	"且": "&&", "并且": "&&", "和": "&&", "与": "&&", "或": "||", "或者": "||", "非": "!", "不": "!", "等于": "==", "不等于": "!=", "大于": ">", "小于": "<", "不小于": ">=", "不大于": "<=",
	"包含": "contains", "含": "contains", "属于": "in", "在": "in",
}

// operatorsIn takes a name apart that is two names with such a word between, as in
// 分值且得分; "" where it is not.
func operatorsIn(name string, n Names) string {
	for word, op := range operatorWords {
		left, right, found := strings.Cut(name, word)
		if found && n.Known(left) && n.Known(right) {
			return left + " " + op + " " + right
		}
	}
	return ""
}

var (
	quotedText    = regexp.MustCompile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`")
	percentage    = regexp.MustCompile(`[0-9.]+\s*[%％]\s*(?:$|[)\]},:?&|><=!且或并])`)
	percentNumber = regexp.MustCompile(`^[0-9.]+`)
)

// Percent finds a percentage in an expression, as in 完成率 < 80%, by the character, with
// its number and what to write in its place; at is -1 where there is none.
func Percent(text string) (at int, number, fraction string) {
	bare := quotedText.ReplaceAllStringFunc(text, func(q string) string { return strings.Repeat("_", len(q)) })
	found := percentage.FindStringIndex(bare)
	if found == nil {
		return -1, "", ""
	}
	at, number = utf8.RuneCountInString(text[:found[0]]), percentNumber.FindString(text[found[0]:])
	f, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return at, number, "0.8"
	}
	return at, number, quantity.FormatNumber(quantity.Round(f/100, 12))
}
