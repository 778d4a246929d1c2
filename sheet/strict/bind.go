package strict

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
)

// binder puts a tree of nodes into Go values and reports what does not fit.
type binder struct {
	*report
	json bool
}

// bind puts a node into an addressable value.
func (b *binder) bind(n *node, v reflect.Value) {
	if n.kind == nullKind {
		return
	}
	switch target := v.Addr().Interface().(type) {
	case Scalar:
		b.setScalar(n, target)
		return
	case placed:
		b.bind(n, reflect.ValueOf(target.place(n.pos)).Elem())
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		b.setPointer(n, v)
	case reflect.Struct:
		b.setStruct(n, v)
	case reflect.Slice:
		b.setSlice(n, v)
	case reflect.Map:
		b.setMap(n, v)
	case reflect.Interface:
		b.setAny(n, v)
	case reflect.String:
		b.setString(n, v)
	case reflect.Bool:
		b.setBool(n, v)
	case reflect.Float64:
		b.setFloat(n, v)
	default:
		b.setInt(n, v)
	}
}

func (b *binder) setPointer(n *node, v reflect.Value) {
	target := reflect.New(v.Type().Elem())
	b.bind(n, target.Elem())
	v.Set(target)
}

func (b *binder) setStruct(n *node, v reflect.Value) {
	info := structInfoOf(v.Type())
	if n.kind != tableKind {
		b.wrong(n, b.tableForm(n))
		return
	}
	if info.position >= 0 {
		v.Field(info.position).Set(reflect.ValueOf(n.pos))
	}
	open, _ := v.Addr().Interface().(Open)
	lists, _ := v.Addr().Interface().(Lists)
	given := make([]bool, len(info.fields))
	for _, child := range n.children {
		if lists != nil && b.elements(child, lists) {
			if i, ok := info.byName[child.name]; ok {
				given[i] = true
			}
			continue
		}
		i, ok := info.byName[child.name]
		if !ok && open != nil {
			if field := open.Field(child.name); field != nil {
				b.bind(child, reflect.ValueOf(field).Elem())
				continue
			}
		}
		if !ok {
			if meant, ok := b.unknown(child, info, open); ok {
				given[meant] = true // a misspelt name is not missing as well
			}
			continue
		}
		given[i] = given[i] || child.kind != nullKind
		b.bind(child, v.Field(info.fields[i].index))
	}
	for i, f := range info.fields {
		if f.required && !given[i] {
			b.addf(n.pos, "%s缺少“%s”", n.label(), f.name)
		}
	}
}

// elements puts the elements of a list where the struct that has the list makes
// them itself.
func (b *binder) elements(n *node, lists Lists) (done bool) {
	if n.kind != listKind {
		return false
	}
	for _, child := range n.children {
		if child.kind == nullKind {
			continue
		}
		element := lists.Element(n.name)
		if element == nil {
			return false
		}
		b.bind(child, reflect.ValueOf(element).Elem())
		done = true
	}
	return done
}

// unknown reports a key that the struct does not have. It returns the index of
// the field that was meant, if it is one of its type.
func (b *binder) unknown(n *node, info *structInfo, open Open) (meant int, ok bool) {
	if b.full() {
		return 0, false
	}
	names := info.names
	if open != nil {
		names = slices.Concat(names, open.Keys())
	}
	if name := Suggest(n.name, names); name != "" {
		b.addf(n.key, "没有“%s”这一项，是否应为“%s”？", n.name, name)
		meant, ok = info.byName[name]
		return meant, ok
	}
	b.addf(n.key, "没有“%s”这一项，可以写的有：%s", n.name, strings.Join(names, "、"))
	return 0, false
}

func (b *binder) setSlice(n *node, v reflect.Value) {
	if n.kind != listKind {
		b.wrong(n, b.listForm(n))
		return
	}
	slice := reflect.MakeSlice(v.Type(), len(n.children), len(n.children))
	length := 0
	for _, child := range n.children {
		if child.kind != nullKind {
			b.bind(child, slice.Index(length))
			length++
		}
	}
	v.Set(slice.Slice(0, length))
}

func (b *binder) setMap(n *node, v reflect.Value) {
	if n.kind != tableKind {
		b.wrong(n, b.tableForm(n))
		return
	}
	m := reflect.MakeMapWithSize(v.Type(), len(n.children))
	for _, child := range n.children {
		if child.kind == nullKind {
			continue
		}
		element := reflect.New(v.Type().Elem()).Elem()
		b.bind(child, element)
		m.SetMapIndex(reflect.ValueOf(child.name).Convert(v.Type().Key()), element)
	}
	v.Set(m)
}

func (b *binder) setAny(n *node, v reflect.Value) {
	if value := b.plain(n); value != nil {
		v.Set(reflect.ValueOf(value))
	}
}

// plain returns a node as a plain Go value.
func (b *binder) plain(n *node) any {
	switch n.kind {
	case tableKind:
		m := make(map[string]any, len(n.children))
		for _, child := range n.children {
			if child.kind != nullKind {
				m[child.name] = b.plain(child)
			}
		}
		return m
	case listKind:
		values := make([]any, 0, len(n.children))
		for _, child := range n.children {
			if child.kind != nullKind {
				values = append(values, b.plain(child))
			}
		}
		return values
	}
	b.finite(n)
	return n.value
}

func (b *binder) setScalar(n *node, target Scalar) {
	if n.kind == tableKind || n.kind == listKind {
		b.wrong(n, "单个的值")
		return
	}
	if !b.finite(n) {
		return
	}
	if t, ok := target.(interface{ SetPosition(Position) }); ok {
		t.SetPosition(n.pos)
	}
	if err := target.SetScalar(n.value); err != nil {
		b.addf(n.pos, "%s", err)
	}
}

func (b *binder) setString(n *node, v reflect.Value) {
	switch n.kind {
	case textKind:
		v.SetString(n.value.(string))
	case tableKind, listKind:
		b.wrong(n, "文字")
	default:
		b.wrong(n, "文字，要加英文双引号")
	}
}

func (b *binder) setBool(n *node, v reflect.Value) {
	if n.kind != boolKind {
		b.wrong(n, unquoted(n, " true（是）或 false（否）"))
		return
	}
	v.SetBool(n.value.(bool))
}

// maxExact is the largest integer below which a float64 has all integers.
const maxExact = 1 << 53

func (b *binder) setFloat(n *node, v reflect.Value) {
	switch value := n.value.(type) {
	case float64:
		if b.finite(n) {
			v.SetFloat(value)
		}
	case int64:
		if value < -maxExact || value > maxExact {
			b.addf(n.pos, "%s的数字太大：%s", n.label(), excerpt(n.raw))
			return
		}
		v.SetFloat(float64(value))
	default:
		b.wrong(n, unquoted(n, "数字"))
	}
}

func (b *binder) setInt(n *node, v reflect.Value) {
	low, high := limits(v.Type())
	value, ok := n.value.(int64)
	switch {
	case !ok:
		b.wrong(n, unquoted(n, "整数"))
	case value < low || (value > 0 && uint64(value) > high):
		b.addf(n.pos, "%s应在 %d 到 %d 之间；这里是 %s", n.label(), low, high, excerpt(n.raw))
	case v.CanInt():
		v.SetInt(value)
	default:
		v.SetUint(uint64(value))
	}
}

// limits returns the least and the greatest value of an integer type.
func limits(t reflect.Type) (low int64, high uint64) {
	switch t.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return -1 << (t.Bits() - 1), 1<<(t.Bits()-1) - 1
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return 0, math.MaxUint64 >> (64 - t.Bits())
	}
	panic(fmt.Sprintf("strict: cannot decode into %v", t))
}

// finite reports whether a node is no nan and no inf, which TOML allows.
func (b *binder) finite(n *node) bool {
	if f, ok := n.value.(float64); ok && (math.IsNaN(f) || math.IsInf(f, 0)) {
		b.addf(n.pos, "%s不能是 %s，应为普通的数字", n.label(), n.raw)
		return false
	}
	return true
}

// wrong reports a value of another kind than expected.
func (b *binder) wrong(n *node, expected string) {
	b.addf(n.pos, "%s应为%s；这里是%s", n.label(), expected, n.found())
}

// unquoted says what to expect where there is a text now.
func unquoted(n *node, expected string) string {
	if n.kind == textKind {
		return expected + "，不带引号"
	}
	return expected
}

// tableForm says how a table is written.
func (b *binder) tableForm(n *node) string {
	if b.json || n.index > 0 {
		return "表，写成 { … }"
	}
	return "表，写成 [" + quoteKey(n.name) + "]，一层方括号"
}

// listForm says how a list is written.
func (b *binder) listForm(n *node) string {
	if b.json || n.index > 0 || n.kind != tableKind {
		return "列表，写成 [ … ]"
	}
	return "列表，写成 [[" + quoteKey(n.name) + "]]，两层方括号"
}
