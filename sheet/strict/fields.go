package strict

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
)

// structInfo is what the tags of a struct type say.
type structInfo struct {
	fields   []field
	names    []string
	byName   map[string]int // index in fields
	position int            // index of the Position field, -1 without one
}

type field struct {
	index    int // in the struct
	name     string
	required bool
}

var (
	positionType = reflect.TypeFor[Position]()
	openType     = reflect.TypeFor[Open]()
)

var structInfos sync.Map // of reflect.Type: *structInfo

// structInfoOf reads the tags of a struct type, once.
func structInfoOf(t reflect.Type) *structInfo {
	if info, ok := structInfos.Load(t); ok {
		return info.(*structInfo)
	}
	info, _ := structInfos.LoadOrStore(t, newStructInfo(t))
	return info.(*structInfo)
}

func newStructInfo(t reflect.Type) *structInfo {
	info := &structInfo{byName: map[string]int{}, position: -1}
	for i := range t.NumField() {
		f := t.Field(i)
		tag, tagged := f.Tag.Lookup("toml")
		switch {
		case f.Type == positionType && f.IsExported() && (f.Anonymous || tag == "-"):
			info.position = i
		case tag == "-", !tagged && !f.IsExported():
			continue
		case !tagged || !f.IsExported():
			panic(fmt.Sprintf("strict: field %s of %v must be exported and have a toml tag", f.Name, t))
		default:
			info.add(t, i, tag)
		}
	}
	if len(info.fields) == 0 && !reflect.PointerTo(t).Implements(openType) {
		panic(fmt.Sprintf("strict: %v has no field with a toml tag", t))
	}
	return info
}

func (info *structInfo) add(t reflect.Type, index int, tag string) {
	name, option, _ := strings.Cut(tag, ",")
	_, taken := info.byName[name]
	if name == "" || taken || (option != "" && option != "required") {
		panic(fmt.Sprintf("strict: bad toml tag %q in %v", tag, t))
	}
	info.byName[name] = len(info.fields)
	info.names = append(info.names, name)
	info.fields = append(info.fields, field{index: index, name: name, required: option == "required"})
}
