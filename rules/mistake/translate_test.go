package mistake

import "testing"

// Of a message that is not known the clerk sees its first line, not the calls behind it.
func TestTranslateUnknown(t *testing.T) {
	const want = "表达式有误（index out of range）"
	if got := Translate("index out of range\ngoroutine 1 [running]:\nmain.go:1", nil); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
