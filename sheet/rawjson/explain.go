package rawjson

import (
	"errors"
	"fmt"
	"io"
	"reflect"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Explain returns an error of reading JSON in words that tell its reader where what is
// wrong stands, and what should: /tables/0/总分：应为数字，这里是文字. Others are returned as
// they are.
func Explain(err error) error {
	var syntactic *jsontext.SyntacticError
	var semantic *jsonv2.SemanticError
	switch {
	case errors.As(err, &syntactic) && errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("第 %d 个字节后就没有了，没有写完", syntactic.ByteOffset)
	case errors.As(err, &syntactic):
		return fmt.Errorf("第 %d 个字节后不合 JSON 的写法", syntactic.ByteOffset)
	case errors.As(err, &semantic) && semantic.Err != nil:
		return fmt.Errorf("%s：%w", semantic.JSONPointer, semantic.Err)
	case errors.As(err, &semantic):
		return fmt.Errorf("%s：应为%s，这里是%s", semantic.JSONPointer, wanted(semantic.GoType), kindNames[semantic.JSONKind])
	}
	return err
}

var kindNames = map[jsontext.Kind]string{
	'"': "文字", '0': "数字", '{': " { … }", '[': " [ … ]", 't': " true", 'f': " false", 'n': " null",
}

// wanted says what a value of a type is written as.
func wanted(t reflect.Type) string {
	if t == nil {
		return "别的值"
	}
	switch t.Kind() {
	case reflect.Pointer:
		return wanted(t.Elem())
	case reflect.String:
		return kindNames['"']
	case reflect.Int, reflect.Int64, reflect.Uint64, reflect.Float64:
		return kindNames['0']
	case reflect.Bool:
		return " true 或 false"
	case reflect.Slice, reflect.Array:
		return kindNames['[']
	}
	return kindNames['{']
}
