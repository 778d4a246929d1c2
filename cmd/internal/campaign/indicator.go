package campaign

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
)

// row is a row of 绩效指标 and what its texts mean.
type row struct {
	sheet.Indicator
	spec   *spec
	form   *madeForm
	n      float64 // the target's number
	share  float64 // of the weight that the row earns
	pinned bool    // the score is not what the row earns
	marked bool    // a fault is planted here
	far    bool    // the actual is far over the target
	month  int     // of a deadline
	day    int
	years  [2]bool // whether the target and the actual name the year
}

// newRow makes a row whose target is met.
func newRow(f *madeForm, s *spec, name string) *row {
	r := &row{spec: s, form: f, n: target(f.rand, s), month: 3 + f.rand.IntN(10), day: 10 + f.rand.IntN(19)}
	r.Level1, r.Level2, r.Level3 = sheet.T(s.Level1), sheet.T(s.Level2), sheet.T(name)
	text := pick(f.rand, s.Target)
	r.years[0] = strings.Contains(text, "{Y}")
	r.Target = sheet.T(r.text(text, 0, year))
	r.meet()
	return r
}

// target returns the number of a target: a round one.
func target(r *rand.Rand, s *spec) float64 {
	if s.From == 0 {
		return 0
	}
	n := s.From * math.Pow(s.To/s.From, r.Float64())
	unit := 1.0
	switch {
	case n >= 1000:
		unit = 100
	case n >= 100:
		unit = 10
	}
	return min(max(math.Round(n/unit)*unit, s.From), s.To)
}

// text fills in a text of words.toml.
func (r *row) text(format string, actual float64, year int) string {
	return r.fillIn(format, actual, year, 60)
}

// counting fills in a text of words.toml that says nothing of values; it counts up to most.
func (r *row) counting(format string, most int) string { return r.fillIn(format, 0, year, most) }

func (r *row) fillIn(format string, actual float64, year, most int) string {
	rnd := r.form.rand
	return strings.NewReplacer(
		"{n}", quantity.FormatNumber(r.n), "{n,}", commas(r.n),
		"{a}", quantity.FormatNumber(actual), "{a,}", commas(actual),
		"{Y}", strconv.Itoa(year), "{M}", strconv.Itoa(r.month), "{D}", strconv.Itoa(r.day),
		"{m}", strconv.Itoa(1+rnd.IntN(r.month-1)), "{d}", strconv.Itoa(1+rnd.IntN(28)),
		"{k}", strconv.Itoa(2+rnd.IntN(most)), "{i}", r.Level3.Value,
	).Replace(format)
}

// commas writes a whole number with commas between thousands.
func commas(v float64) string {
	s := quantity.FormatNumber(v)
	for i := len(s) - 3; i > 0 && !strings.Contains(s, "."); i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// set sets the actual value, and what of the weight it earns.
func (r *row) set(format string, actual, share float64, year int) {
	r.Actual = sheet.T(r.text(format, actual, year))
	r.years[1] = strings.Contains(format, "{Y}")
	r.share, r.far = share, false
}

// meet sets an actual value that meets the target.
func (r *row) meet() {
	s, rnd := r.spec, r.form.rand
	formats := s.Actual
	if s.Met != nil {
		formats = s.Met
	}
	a := r.n
	switch s.Kind {
	case more:
		if rnd.IntN(3) > 0 {
			a = floor(r.n*(1+0.28*rnd.Float64()), s.Decimals)
		}
		if s.Max > 0 {
			a = min(a, s.Max)
		}
	case exact:
		if s.Max == 0 && s.From < s.To && rnd.IntN(8) == 0 {
			a = floor(r.n*(1+0.28*rnd.Float64()), s.Decimals)
		}
	case less:
		if rnd.IntN(3) > 0 {
			a = math.Ceil(r.n * (0.72 + 0.28*rnd.Float64()))
		}
	}
	r.set(pick(rnd, formats), a, 1, year)
}

func floor(v float64, decimals int) float64 {
	unit := math.Pow10(decimals)
	return quantity.Round(math.Floor(v*unit)/unit, decimals)
}

// miss sets an actual value that misses the target, with the score that it
// earns and an explanation; it reports false where there is no such value.
func (r *row) miss() bool {
	s, rnd := r.spec, r.form.rand
	format := pick(rnd, s.Actual)
	switch s.Kind {
	case more, exact:
		a := floor(r.n*(0.55+0.42*rnd.Float64()), s.Decimals)
		if a <= 0 {
			return false
		}
		r.set(format, a, a/r.n, year)
	case less:
		a := math.Ceil(r.n*(1.03+0.6*rnd.Float64()) + 0.01)
		r.set(format, a, r.n/a, year)
	case none:
		r.set(pick(rnd, s.Late), 0, 0.5, year)
	case date:
		r.late()
	case words:
		r.set(pick(rnd, []string{"部分完成，其余正在推进", "部分达到", "部分完成", "基本完成，个别未达到标准"}), 0, 0.6+0.2*rnd.Float64(), year)
	}
	r.Deviation = sheet.T(r.form.explanation(r))
	return true
}

// late sets a day after the deadline.
func (r *row) late() {
	rnd := r.form.rand
	year, month := year, r.month+1
	if month > 12 || rnd.IntN(4) == 0 {
		year, month = year+1, 1
	}
	text := fmt.Sprintf("%d月%d日", month, 1+rnd.IntN(28))
	share := 0.5 + 0.4*rnd.Float64()
	r.years[1] = month == 1 || rnd.IntN(2) == 0
	if r.years[1] {
		text = fmt.Sprintf("%d年%s", year, text)
	}
	r.Actual, r.share = sheet.T(text), share
}

// exceed sets an actual value far over the target; it reports false where that
// would be nothing to explain.
func (r *row) exceed() bool {
	s, rnd := r.spec, r.form.rand
	if s.Kind != more || s.Max > 0 || s.Decimals > 0 || r.n < 6 || quantity.ParseTarget(r.Target.Value, year).Unit == "年" { // years of use that are many ask for no reason
		return false
	}
	r.set(pick(rnd, s.Actual), math.Ceil(r.n*(1.4+1.8*rnd.Float64())), 1, year)
	r.far = true
	return true
}

// missed reports whether the target can be seen to be missed.
func (r *row) missed() bool { return r.share < 1 }

// quantity reports whether the completion of a row is a ratio.
func (r *row) quantity() bool {
	return r.spec.Kind == more || r.spec.Kind == exact || r.spec.Kind == less
}

// earned is the score that the rules give.
func (r *row) earned() float64 { return quantity.Round(r.Weight.Value*r.share, 2) }
