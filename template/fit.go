package template

import "ziping/sheet"

// Fit returns the table without what names a project in a list but has no cell in
// the layout (项目编码, 项目负责人, 联系电话), and tells what that is. It refuses
// what could not be drawn.
func (d *Drawer) Fit(t *sheet.Table) (fitted *sheet.Table, without []string, err error) {
	c := *t
	for _, name := range []string{sheet.LabelCode, sheet.LabelLeader, sheet.LabelPhone} {
		v := sheet.Lookup(&c, name).(*sheet.Text)
		if _, cell := d.layout.cellOf(name); cell == nil && v.Value != "" {
			without = append(without, name)
			*v = sheet.Text{}
		}
	}
	_, err = newPlan(d.layout, &c)
	return &c, without, err
}
