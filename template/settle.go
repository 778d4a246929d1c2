package template

import "ziping/sheet"

// settle locks what a given total leaves nothing for: where the sources that are
// given make up the amount of the whole money that is given too, the others have
// none, and a department can't change the total through them.
func (p *plan) settle() {
	for _, total := range p.boxes {
		if total.kind != derived || total.given == nil || total.path.Part != sheet.LabelFunds {
			continue
		}
		for _, b := range p.references(total.expr) {
			if b.kind == input && b.path.Part == sheet.LabelFunds {
				b.kind, b.value = printed, 0.0
			}
		}
	}
}
