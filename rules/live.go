package rules

import (
	"strings"
	"unicode/utf8"

	"ziping/sheet"
)

// RulesFor returns the rules that are not disabled as they are for a form's department,
// in the order of the file.
func (s *Set) RulesFor(t *sheet.Table) []*Rule {
	var list []*Rule
	for _, r := range s.rules {
		r = r.variantFor(t.Department.Value)
		if !r.Disabled {
			list = append(list, r.Rule)
		}
	}
	return list
}

// ParamFor returns the value of a param for a form, and for an indicator of it where x is
// not nil; nil where there is no such param. Varies tells that it differs by indicator.
func (s *Set) ParamFor(name string, t *sheet.Table, x *sheet.Indicator) (value any, varies bool) {
	p := s.params[name]
	if p == nil {
		return nil, false
	}
	subject := subjectOf(t)
	if x != nil {
		subject = subject.row(x)
	}
	return p.valueFor(subject), p.varies()
}

// Particular says what of a form decides which rules apply to it and what the params are:
// forms of which it says the same have RulesFor and ParamFor in common.
func (s *Set) Particular(t *sheet.Table) string {
	department, project, year := false, false, false
	for _, r := range s.rules {
		department = department || len(r.variants) > 0
	}
	for _, p := range s.params {
		department, project, year = department || len(p.Department) > 0, project || len(p.Project) > 0, year || len(p.Year) > 0
	}
	subject, said := subjectOf(t), ""
	for _, x := range []struct {
		counts bool
		name   string
	}{{department, subject.department}, {project, subject.project}, {year, subject.year}} {
		if x.counts {
			said += x.name
		}
		said += "\x00"
	}
	return said
}

// Said is a piece of a message: a text, or an expression whose value is shown.
type Said struct {
	Text, Expression string

	at int // where the expression begins, in characters; 0 of a text
}

// Pieces takes the message of a rule that was compiled apart.
func (r *Rule) Pieces() []Said {
	list, _ := pieces(r.Message.Value)
	return list
}

// EitherWay reports of each indicator whether less may be better than more, by the words
// in its name.
func (s *Set) EitherWay(t *sheet.Table) []bool {
	list, of := make([]bool, len(t.Indicators)), subjectOf(t)
	for i := range list {
		list[i] = s.reversed(of, &t.Indicators[i])
	}
	return list
}

// pieces takes a message apart. It ends before a { that is never closed, and returns
// where in characters that stands; -1 where there is none.
func pieces(message string) (list []Said, unclosed int) {
	rest, at := message, 0
	for rest != "" {
		text, after, found := strings.Cut(rest, "{")
		if text != "" {
			list = append(list, Said{Text: text})
		}
		if !found {
			break
		}
		at += utf8.RuneCountInString(text) + 1
		inner, tail, closed := cutBrace(after)
		if !closed {
			return list, at - 1
		}
		list = append(list, Said{Expression: inner, at: at})
		at += utf8.RuneCountInString(inner) + 1
		rest = tail
	}
	return list, -1
}

// cutBrace cuts an expression at the } that ends it; braces and quotes inside
// of it belong to it.
func cutBrace(s string) (inner, rest string, ok bool) {
	depth, quote, escaped := 0, rune(0), false
	for i, r := range s {
		switch {
		case escaped:
			escaped = false
		case quote != 0:
			escaped = r == '\\' && quote != '`'
			if r == quote {
				quote = 0
			}
		case r == '"' || r == '\'' || r == '`':
			quote = r
		case r == '{':
			depth++
		case r == '}' && depth == 0:
			return s[:i], s[i+1:], true
		case r == '}':
			depth--
		}
	}
	return s, "", false
}
