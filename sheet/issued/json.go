package issued

import (
	"encoding/json"
	"errors"
	"slices"

	"ziping/sheet"
	"ziping/sheet/rawjson"
)

var errRecord = errors.New("记录损坏")

// read takes what a record says. A run reads thousands of them: this takes a
// third of the time that maps and reflection take. Like the functions below it
// wants valid JSON.
func (r *issue) read(b []byte) error {
	return r.texts.Members(b, func(key string, v []byte) (err error) {
		switch key {
		case "layout":
			r.layout, err = r.texts.Text(v)
		case "sheet":
			r.sheet, err = r.texts.Text(v)
		case "form":
			r.form, err = r.texts.Text(v)
		case "blank":
			r.blank = string(v) == "true"
		case "checked":
			r.checked = string(v) == "true"
		case "files":
			err = json.Unmarshal(v, &r.files)
		case "version":
			r.version, err = rawjson.Number(v)
		case "issued":
			err = r.texts.Members(v, func(key string, v []byte) (err error) {
				switch key {
				case sheet.LabelProject:
					r.project, err = r.texts.Text(v)
				case sheet.LabelYear:
					r.year, err = rawjson.Number(v)
				case sheet.LabelFunds:
					err = rawjson.Elements(v, r.fund)
				}
				return err
			})
		case "locked":
			err = r.texts.Members(v, func(ref string, v []byte) (err error) {
				c := issuedCell{kind: issuedText}
				if v[0] == '"' {
					c.text, err = r.texts.Text(v)
				} else {
					c.kind = issuedNumber
					c.number, err = rawjson.Number(v)
				}
				return errors.Join(err, r.add(ref, c))
			})
		case "formulas":
			err = r.texts.Members(v, func(ref string, v []byte) error {
				formula, err := r.texts.Text(v)
				if formula == "" {
					err = errRecord
				}
				return errors.Join(err, r.add(ref, issuedCell{kind: issuedFormula, text: formula}))
			})
		case "inputs":
			err = rawjson.Elements(v, func(v []byte) error {
				ref, err := r.texts.Text(v)
				return errors.Join(err, r.add(ref, issuedCell{}))
			})
		}
		return err
	})
}

// fund takes the amounts of the whole money out of a row of 项目资金.
func (r *issue) fund(b []byte) error {
	source, totals := "", map[string]float64(nil)
	err := r.texts.Members(b, func(key string, v []byte) (err error) {
		switch {
		case key == sheet.LabelSource:
			source, err = r.texts.Text(v)
		case slices.Contains(totalLabels, key):
			if totals == nil {
				totals = make(map[string]float64, len(totalLabels))
			}
			totals[key], err = rawjson.Number(v)
		}
		return err
	})
	if source == sheet.WholeFund {
		r.totals = totals
	}
	return err
}
