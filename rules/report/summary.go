package report

import "ziping/rules"

// summary counts what was reported.
type summary struct {
	Files      int `json:"files"`
	Tables     int `json:"tables"`
	Superseded int `json:"superseded,omitempty"` // of them, of which nothing below is counted
	Errors     int `json:"errors"`
	Warnings   int `json:"warnings"`
	Infos      int `json:"infos"`
	Clean      int `json:"clean"`      // tables without a finding
	Unreadable int `json:"unreadable"` // files
}

func (s *summary) add(f File) {
	s.Files++
	if f.Err != nil {
		s.Unreadable++
	}
	s.Tables += len(f.Tables)
	for _, t := range f.Tables {
		if t.Superseded() {
			s.Superseded++
			continue
		}
		if len(t.Findings) == 0 {
			s.Clean++
		}
		for _, x := range t.Findings {
			s.count(x.Severity)
		}
	}
}

func (s *summary) count(severity rules.Severity) {
	switch severity {
	case rules.Error:
		s.Errors++
	case rules.Warning:
		s.Warnings++
	case rules.Info:
		s.Infos++
	}
}
