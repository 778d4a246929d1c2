package rules

// Severity is how sure and how grave a finding is.
type Severity string

// The severities, gravest first.
const (
	Error   Severity = "error"   // 错误: the form contradicts itself or the rules of scoring
	Warning Severity = "warning" // 疑点: a reviewer would ask
	Info    Severity = "info"    // 提示: worth a look
)

// Severities lists them, gravest first.
var Severities = []Severity{Error, Warning, Info}

// Label returns what a form's readers call the severity: 错误, 疑点, 提示.
func (s Severity) Label() string {
	return map[Severity]string{Error: "错误", Warning: "疑点", Info: "提示"}[s]
}

// rank orders severities: 0 is the gravest.
func (s Severity) rank() int {
	for i, o := range Severities {
		if s == o {
			return i
		}
	}
	return len(Severities)
}

// AtLeast reports whether s is as grave as o.
func (s Severity) AtLeast(o Severity) bool { return s.rank() <= o.rank() }

// Finding is one thing that a rule found in a table.
type Finding struct {
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	Cell     string   `json:"cell"`    // "G13"; empty where the form has none for it
	Field    string   `json:"field"`   // 绩效指标[2].得分
	Message  string   `json:"message"` // in Chinese, for the department
	Value    string   `json:"value"`   // as typed
	Suggest  any      `json:"suggest"` // what should stand there: a number or a text; nil when that is a person's to say
	Basis    string   `json:"basis"`   // the source of the rule
}
