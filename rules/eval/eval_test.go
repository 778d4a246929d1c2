package eval

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/checker"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/types"
	"github.com/expr-lang/expr/vm"
)

// names are what the expressions of the tests are over.
var names = types.Map{
	"a": types.Float64, "b": types.Float64, "s": types.String, "t": types.String, "ok": types.Bool,
	"numbers": types.Array(types.Float64), "words": types.Array(types.String),
	"rows": types.Array(types.Map{"n": types.Float64, "s": types.String}),
	"row":  types.Map{"n": types.Float64},
}

func newEnv() Env {
	c := conf.New(names)
	c.Optimize, c.ExpectAny = false, true
	env := Env{Places: map[string]int{}, Config: c, Functions: map[string]*Function{
		"half": Func1(func(n float64) (float64, error) { return n / 2, nil }),
		"known": Func1(func(s string) (string, error) {
			if s == "" {
				return "", ErrUnknown
			}
			return s, nil
		}),
		"letters": Func1(func(s string) (int, error) { return len(s), nil }),
		"among":   Func2(func(s string, list Texts) (bool, error) { return slices.Contains(list, s), nil }),
		"cut": Func2(func(s string, n int) (string, error) { return s[:min(n, len(s))], nil }).Or(
			Func3(func(s string, from, to int) (string, error) { return s[min(from, len(s)):min(to, len(s))], nil })),
		"joined": Join(func(texts []string) (string, error) { return strings.Join(texts, ""), nil }, joinedOther),
		"listed": Func4(func(a, b any, n float64, s string) ([]string, error) { return []string{fmt.Sprint(a, b, n), s}, nil }),
	}}
	for name, f := range env.Functions {
		c.Functions[name] = f.Builtin(name)
	}
	expr.Function("field", func(args ...any) (any, error) { return args[0].(map[string]any)["n"], nil }, new(func(any) float64))(c)
	expr.Function("word", func(args ...any) (any, error) { return args[0].(map[string]any)["s"], nil }, new(func(any) string))(c)
	for name := range names {
		env.Places[name] = len(env.Places)
	}
	return env
}

// joinedOther joins what are not two texts: numbers are added.
func joinedOther(args ...any) (any, error) {
	_, isText := args[0].(string)
	_, both := args[1].(string)
	if isText || both {
		return fmt.Sprint(args[0], args[1]), nil
	}
	return ToNumber(args[0]) + ToNumber(args[1]), nil
}

// testRow is a row that the language's machine can look into too.
type testRow map[string]any

func (r testRow) Labels() []string       { return []string{"n"} }
func (r testRow) Value(label string) any { return r[label] }

// values makes up a value for each name.
func values(r *rand.Rand) map[string]any {
	number := func() float64 { return float64(r.IntN(9)-3) / 2 }
	word := func() string { return []string{"", "a", "场", "182 场", "合格"}[r.IntN(5)] }
	list := []any{}
	for range r.IntN(4) {
		list = append(list, map[string]any{"n": number(), "s": word()})
	}
	return map[string]any{
		"a": number(), "b": number(), "s": word(), "t": word(), "ok": r.IntN(2) == 0,
		"numbers": []float64{number(), number()}, "words": []string{word(), word()}, "rows": list, "row": testRow{"n": number()},
	}
}

// Expressions come to what the language's own machine makes of them.
func TestAgreesWithTheMachine(t *testing.T) {
	env := newEnv()
	r := rand.New(rand.NewPCG(1, 2))
	for _, text := range []string{
		`1`, `1.5`, `"x"`, `true`, `a`, `s`, `row.n`, `-a`, `+a`, `a + b * 2 - 1`, `(a + b) - 1 > 0 ? a : 1`, `a + (ok ? 1 : 0.5) > b`,
		`a == b`, `a != b`, `a < b`, `a <= b`, `a > b`, `a >= b`, `s == t`, `s != t`, `s < t`, `s <= t`, `s > t`, `s >= t`, `ok == true`, `1 == 1.0`,
		`s contains t`, `s startsWith "1"`, `s endsWith t`, `s matches "^[0-9]+ 场$"`, `not (s matches "场")`, `s in ["a", "场"]`, `s not in words`, `a in numbers`, `a in [1, 0.5]`,
		`ok && a > 0`, `ok || a > 0`, `not ok`, `!(ok and a > 0) or s == ""`, `(ok && a > 0) == (b > 0)`, `ok ? s : t`,
		`joined(s, t)`, `joined(joined(s, "/"), joined(t, s)) == t`, `joined(joined(s, a), joined(t, known(s)))`, `joined(a, s)`, `joined(joined("x", s), first(words))`, `joined(joined(first(words), t), joined(s, "x"))`,
		`letters(s) > joined(letters(t), letters(known(s)))`, `joined(a, letters(s)) == s`, `joined(joined(a, 1), letters(s)) * 2`, `joined(first(numbers), a)`, `s matches "[0-9格]" or t matches "[^a]"`,
		`letters(s) + 1`, `letters(s) > a`, `among(s, ["a", "场"])`, `among(s, words) || among(t, [1, "a"])`, `cut(s, 1)`, `cut(s, letters(t), a > 0 ? 3 : 1) == t`, `listed(a, s, letters(s), t)`, `listed(s, 1, a, known(t))[0] + s`,
		`half(a)`, `half(2)`, `half(half(a)) < half(b)`, `len(s)`, `len(rows) > 1`, `abs(a)`, `min(a, b)`, `max(a, b, 1)`, `int(a)`, `ceil(a) + floor(b)`, `upper(s)`, `trim(s)`, `hasPrefix(s, "1")`, `indexOf(s, "场")`, `mean(numbers)`, `join(words, "、")`, `reverse(numbers)`,
		`any(rows, field(#) > a)`, `all(rows, field(#) > a && word(#) != s)`, `none(rows, word(#) == s)`, `one(rows, field(#) > 0)`, `count(rows, field(#) > 0)`, `filter(rows, word(#) != "")`, `len(filter(rows, field(#) > 0)) == 1`, `map(rows, field(#))`, `map(rows, field(#) > 0)`, `sum(rows, field(#))`, `sum(numbers)`, `find(rows, field(#) > 0) == nil`,
		`any(rows, any(words, # == s) && field(#) > 0)`, `count(words, # != "")`, `map(numbers, # + 1)`, `numbers[0]`, `rows[0].n`, `words[1] == s`, `any(rows, half(field(#)) > half(a))`, `reduce(numbers, #acc + #, 0)`, `sort(numbers)`, `sortBy(rows, field(#))`, `findIndex(rows, field(#) > 0)`, `map(rows, #index)`, `first(numbers)`, `5 % 3`, `a ** 2`, `numbers[:1]`, `[a, s, ok]`, `[]`,
		`any(rows, field(#) > 0)`, `half(len(filter(rows, field(#) < field(#))))`,
	} {
		env.Config.Expect = reflect.Invalid
		tree, err := checker.ParseCheck(text, env.Config)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		condition := tree.Node.Type().Kind() == reflect.Bool
		program, err := Compile(tree.Node, env, condition)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		machine, err := expr.Compile(text, func(c *conf.Config) { *c = *env.Config })
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		for range 50 {
			given := values(r)
			f := Frame{Values: make([]any, len(names))}
			for name, v := range given {
				f.Values[env.Places[name]] = v
			}
			want, wantErr := vm.Run(machine, given)
			got, gotErr := program.Run(&f)
			if (wantErr == nil) != (gotErr == nil) || wantErr == nil && fmt.Sprintf("%T %#v", want, want) != fmt.Sprintf("%T %#v", got, got) {
				t.Errorf("%s of %v: got %#v, %v; the machine says %#v, %v", text, given, got, gotErr, want, wantErr)
				break
			}
		}
	}
}

// What is unknown in one part leaves the others to be asked.
func TestUnknown(t *testing.T) {
	env := newEnv()
	for text, want := range map[string]Answer{
		`a > 0`: Unknown, `a > 0 || b > 0`: Yes, `b > 0 || a > 0`: Yes, `a > 0 && b > 0`: Unknown, `a > 0 && b < 0`: No, `b < 0 && a > 0`: No,
		`!(a > 0 && b < 0)`: Yes, `!(a > 0)`: Unknown, `known(s) == ""`: Unknown, `known(s) == "" || ok`: Yes, `!(known(s) == "" || ok)`: No,
		`row.n > 0`: Unknown, `row.n > 0 || ok`: Yes, `ok ? b > 0 : a > 0`: Yes, `ok ? a > 0 : b > 0`: Unknown, `(a > 0 && ok) == true`: Unknown, `any(rows, field(#) > 0)`: Unknown, `any(numbers, # > 0)`: Yes,
		`a > 0 || sortBy(numbers, #)[0] > 0`: Yes,
	} {
		tree, err := checker.ParseCheck(text, env.Config)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		program, err := Compile(tree.Node, env, true)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		f := Frame{Values: make([]any, len(names))}
		for name, v := range map[string]any{"b": 1.0, "s": "", "ok": true, "numbers": []float64{1}, "row": testRow{}} {
			f.Values[env.Places[name]] = v
		}
		if got, err := program.Answer(&f); got != want || err != nil {
			t.Errorf("%s: got %v, %v, want %v", text, got, err, want)
		}
	}
}

// A function that is handed what it is not for fails the expression, not the program, and
// leaves the frame as it was.
func TestPanic(t *testing.T) {
	env := newEnv()
	tree, err := checker.ParseCheck(`any(rows, half(half(field(#))) > 0)`, env.Config)
	if err != nil {
		t.Fatal(err)
	}
	program, err := Compile(tree.Node, env, true)
	if err != nil {
		t.Fatal(err)
	}
	f := Frame{Values: make([]any, len(names))}
	f.Values[env.Places["rows"]] = []any{"no row"}
	if _, err := program.Answer(&f); err == nil || len(f.args)+len(f.items) > 0 {
		t.Errorf("got %v, with %d and %d left in the frame", err, len(f.args), len(f.items))
	}
	f.Values[env.Places["rows"]] = []any{map[string]any{"n": 1.0}}
	if got, err := program.Answer(&f); got != Yes || err != nil {
		t.Errorf("after that: got %v, %v", got, err)
	}
}

// A part that several expressions have is evaluated once while its values stay, and again
// when one changes; what looks at the item of a loop is evaluated for each.
func TestShared(t *testing.T) {
	env := newEnv()
	calls := 0
	expr.Function("counted", func(args ...any) (any, error) { calls++; return args[0], nil }, new(func(float64) float64))(env.Config)
	env.Shared = &Shared{Varying: make([]bool, len(env.Places))}
	env.Shared.Varying[env.Places["a"]] = true
	answer := func(f *Frame, text string) Answer {
		t.Helper()
		tree, err := checker.ParseCheck(text, env.Config)
		if err != nil {
			t.Fatal(err)
		}
		program, err := Compile(tree.Node, env, true)
		if err != nil {
			t.Fatal(err)
		}
		got, err := program.Answer(f)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	f := Frame{Values: make([]any, len(names))}
	set := func(name string, v any) { f.Set(env.Places[name], v, env.Shared.Varies(env.Places[name])) }
	for _, step := range []struct {
		a, b  float64
		texts []string
		calls int
	}{
		{1, 2, []string{"counted(a) == 1", "counted(a) < 2", "counted(b) == 2"}, 2},
		{3, 2, []string{"counted(a) == 3", "counted(b) == 2"}, 1},
		{3, 4, []string{"counted(b) == 4", "counted(a) + counted(b) == 7"}, 2},
		{3, 4, []string{`string((a < 5 ? [1, 2] : [5, 4])[0]) == "1"`, `string(a < 5 ? [1, 2] : [5, 4][0]) == "[1 2]"`}, 0}, // printed alike
		{3, 4, []string{"all(numbers, counted(#) > 0)", "all(numbers, counted(#) > 0 and counted(b) == 4)"}, 6},
	} {
		if f.Values[env.Places["a"]] != step.a {
			set("a", step.a)
		}
		if f.Values[env.Places["b"]] != step.b {
			set("b", step.b)
		}
		if f.Values[env.Places["numbers"]] == nil {
			f.Values[env.Places["numbers"]] = []float64{1, 2, 3}
		}
		calls = 0
		for _, text := range step.texts {
			if got := answer(&f, text); got != Yes {
				t.Errorf("a = %v, b = %v: %s: %v", step.a, step.b, text, got)
			}
		}
		if calls != step.calls {
			t.Errorf("a = %v, b = %v: %q: %d calls, want %d", step.a, step.b, step.texts, calls, step.calls)
		}
	}
	f.Changed()
	if calls = 0; answer(&f, "counted(a) + counted(b) == 7") != Yes || calls != 1 {
		t.Errorf("after Changed: %d calls, want that of a", calls)
	}
}
