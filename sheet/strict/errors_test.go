package strict

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestPicture(t *testing.T) {
	long := strings.Repeat("年度", 40)
	for _, test := range []struct {
		e    Error
		want string
	}{
		{Error{"a", Position{12, 4}, "m", `"年度" = 1`}, "a:12:4: m\n12 | \"年度\" = 1\n   |      ^"},
		{Error{"a", Position{1, 3}, "m", "\t年度"}, "a:1:3: m\n1 | \t年度\n  | \t  ^"},
		{Error{"a", Position{1, 3}, "m", "年度"}, "a:1:3: m\n1 | 年度\n  |     ^"},
		{Error{"a", Position{1, 9}, "m", "年度"}, "a:1:9: m\n1 | 年度\n  |     ^"},
		{Error{"a", Position{1, 1}, "m", "  "}, "a:1:1: m"},
		{Error{"a", Position{}, "m", "年度"}, "a: m"},
		// A long line is cut around the place.
		{Error{"a", Position{1, 46}, "m", "abcde" + long}, "a:1:46: m\n1 | …" + long + "\n  | " + strings.Repeat(" ", 81) + "^"},
		{Error{"a", Position{1, 1}, "m", long}, "a:1:1: m\n1 | " + string([]rune(long)[:60]) + "…\n  | ^"},
	} {
		if got := test.e.Picture(); got != test.want {
			t.Errorf("got:\n%s\nwant:\n%s", got, test.want)
		}
	}
}

func TestErrors(t *testing.T) {
	err := fmt.Errorf("reading: %w", Unmarshal("a.toml", []byte("b = 1\na = 2\n"), &struct {
		X int `toml:"xyz,required"`
	}{}))
	const want = "reading: a.toml:1:1: 没有“b”这一项，可以写的有：xyz\na.toml:1:1: 文件缺少“xyz”\na.toml:2:1: 没有“a”这一项，可以写的有：xyz"
	if err.Error() != want {
		t.Errorf("got %v", err)
	}
	var errs Errors
	var first *Error
	if !errors.As(err, &errs) || len(errs) != 3 || !errors.As(err, &first) || first != errs[0] {
		t.Errorf("errors.As finds %v and %v", errs, first)
	}
}

func TestErrorf(t *testing.T) {
	src := []byte("\xef\xbb\xbf\"年度\" = 2021\r\n\"得分\" = 18\r\n")
	got := Errorf("a.toml", src, Position{2, 8}, "得分不能超过 %d", 10).Picture()
	if want := "a.toml:2:8: 得分不能超过 10\n2 | \"得分\" = 18\n  |          ^"; got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// Of a file that is all mistakes, the first ones are reported.
func TestManyMistakes(t *testing.T) {
	var src strings.Builder
	for i := range 3 * mostMistakes {
		fmt.Fprintf(&src, "k%d = 1\n", i)
	}
	var v struct {
		A int `toml:"a"`
	}
	err := Unmarshal("f.toml", []byte(src.String()), &v)
	var list Errors
	if !errors.As(err, &list) || len(list) != mostMistakes+1 {
		t.Fatalf("%d mistakes: %v", len(list), err)
	}
	if last := list[mostMistakes]; last.Line != mostMistakes+1 || !strings.Contains(last.Message, "错误太多") {
		t.Error(last)
	}
}
