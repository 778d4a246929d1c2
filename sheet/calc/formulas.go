package calc

import "sync"

// Formulas remembers formulas that were read, for workbooks in which the same stand
// again: reading one takes as long as calculating it. It may be used by several
// calculators at once.
type Formulas struct {
	mu   sync.Mutex
	read map[string]node
}

// mostFormulas is how many are remembered at most: those of some forms.
const mostFormulas = 20_000

// parse is parse for a formula that may be known.
func (f *Formulas) parse(formula string) (node, error) {
	if f == nil {
		return parse(formula)
	}
	f.mu.Lock()
	root, ok := f.read[formula]
	f.mu.Unlock()
	if ok {
		return root, nil
	}
	root, err := parse(formula)
	if err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.read == nil || len(f.read) >= mostFormulas {
		f.read = map[string]node{}
	}
	f.read[formula] = root
	return root, nil
}
