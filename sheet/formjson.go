package sheet

import "encoding/json"

// formJSON is what is told of a form with its tables: all but the words by which it is
// read.
type formJSON struct {
	Name     string            `json:"name"`
	Base     string            `json:"base"`
	Title    string            `json:"title"`
	Optional []string          `json:"optional,omitempty"`
	Prints   map[string]string `json:"prints,omitempty"` // by label
	Fields   []fieldJSON       `json:"fields,omitempty"`
	Lists    []string          `json:"lists,omitempty"`
}

type fieldJSON struct {
	Name string    `json:"name"`
	In   string    `json:"in"`
	Type FieldType `json:"type"`
}

// MarshalJSON writes what the form prints, not the words by which it is read.
func (f *Form) MarshalJSON() ([]byte, error) {
	j := formJSON{Name: f.Name, Base: f.Base, Title: f.Title, Optional: f.Optional, Prints: f.prints}
	for _, o := range f.Fields {
		j.Fields = append(j.Fields, fieldJSON{o.Name, o.In.Value, o.Type})
	}
	for _, l := range f.Lists {
		j.Lists = append(j.Lists, l.Name)
	}
	return json.Marshal(j)
}

// UnmarshalJSON reads what MarshalJSON wrote. No table can be read by such a form.
func (f *Form) UnmarshalJSON(b []byte) error {
	var j formJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return err
	}
	*f = *unknownForm(j.Name)
	f.Base, f.Title, f.Optional, f.prints = j.Base, j.Title, j.Optional, j.Prints
	for _, o := range j.Fields {
		own := &OwnField{Name: o.Name}
		if own.Type.SetScalar(string(o.Type)) != nil {
			own.Type = TypeText
		}
		own.In.Value = o.In
		f.Fields = append(f.Fields, own)
	}
	for _, name := range j.Lists {
		f.Lists = append(f.Lists, &OwnList{Name: name})
	}
	f.place()
	return nil
}
