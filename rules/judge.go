package rules

import (
	"ziping/sheet"
	"ziping/sheet/quantity"
)

// judge carries what judging targets takes besides the texts, and remembers what
// it understood of one form: several rules ask for the same.
type judge struct {
	year    int
	targets map[string]quantity.Quantity
	seen    map[[2]string]quantity.Judgement
	either  map[[2]string]bool // targets with their actuals for JudgeEitherWay
}

func newJudge(year int) *judge {
	return &judge{year: year, targets: map[string]quantity.Quantity{}, seen: map[[2]string]quantity.Judgement{}}
}

// judgeOf returns the judge among the arguments of a function, a new one where a
// test calls the function without.
func judgeOf(args []any) *judge {
	if j, ok := args[len(args)-1].(*judge); ok {
		return j
	}
	return newJudge(0)
}

func (j *judge) target(text string) quantity.Quantity {
	q, ok := j.targets[text]
	if !ok {
		q = quantity.ParseTarget(text, j.year)
		j.targets[text] = q
	}
	return q
}

func (j *judge) judge(target, actual string) quantity.Judgement {
	key := [2]string{target, actual}
	result, ok := j.seen[key]
	if !ok {
		judge := quantity.Judge
		if j.either[key] {
			judge = quantity.JudgeEitherWay
		}
		result = judge(j.target(target), quantity.ParseActual(actual, j.year))
		j.seen[key] = result
	}
	return result
}

// eitherWay returns the targets and the actuals of the indicators of which less
// may be better than more, by the words in their names.
func (s *Set) eitherWay(t *sheet.Table) map[[2]string]bool {
	pairs := map[[2]string]bool{}
	for i := range t.Indicators {
		x := &t.Indicators[i]
		words := func(param string) []string {
			if p := s.params[param]; p != nil {
				list, _ := p.valueFor(t.Department.Value, x.Level1.Value).([]string)
				return list
			}
			return nil
		}
		name := bare(x.Level1.Value + x.Level2.Value + x.Level3.Value)
		if containsAny(name, words("反向词")) && !containsAny(name, words("不算反向词")) {
			pairs[[2]string{x.Target.Value, x.Actual.Value}] = true
		}
	}
	return pairs
}
