package serve

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"ziping/sheet"
	"ziping/sheet/fill"
)

// form draws a completed form.
func form(t *testing.T, project, department, goal string) string {
	t.Helper()
	_, d := drawer(t)
	blank, err := d.Draw(&sheet.Table{Year: sheet.N(2024), Project: sheet.T(project), Department: sheet.T(department), Implementer: sheet.T(department)})
	if err != nil {
		t.Fatal(err)
	}
	b, err := fill.Fill(blank, &sheet.Table{Goal: sheet.Goal{Actual: sheet.T(goal)}})
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// What comes again takes the place of the first; nothing else does, and nothing is
// lost.
func TestRounds(t *testing.T) {
	old := map[string]string{
		"教育局/甲.xlsx":   form(t, "甲", "教育局", "1"),
		"教育局/自评表.xlsx": form(t, "运行经费", "教育局", "1"),
		"文旅局/自评表.xlsx": form(t, "运行经费", "文旅局", "1"),
		"文旅局/坏.xlsx":   "x",
		"体育局/坏.xlsx":   "x",
	}
	tests := []struct {
		name   string
		again  map[string]string
		gone   string // of the first round
		counts int
	}{
		{"an annotated copy comes back", map[string]string{"甲批注.xlsx": form(t, "甲", "教育局", "2")}, "教育局/甲.xlsx", 5},
		{"under another name", map[string]string{"改好的.xlsx": form(t, "甲", "教育局", "2")}, "教育局/甲.xlsx", 5},
		{"spaces and wide letters are none of its name", map[string]string{"x.xlsx": form(t, " 甲 ", "教 育 局", "2")}, "教育局/甲.xlsx", 5},
		{"another department's project of the same name", map[string]string{"自评表.xlsx": form(t, "运行经费", "体育局", "2")}, "", 6},
		{"the same project, whose file is called as another's", map[string]string{"教育局/自评表.xlsx": form(t, "运行经费", "文旅局", "2")}, "文旅局/自评表.xlsx", 5},
		{"a file of the same name with another project", map[string]string{"教育局/甲.xlsx": form(t, "乙", "教育局", "2")}, "", 6},
		{"one that could be read now", map[string]string{"文旅局/坏.xlsx": form(t, "丙", "文旅局", "2")}, "文旅局/坏.xlsx", 5},
		{"one of that name from elsewhere", map[string]string{"坏.xlsx": form(t, "丙", "文旅局", "2")}, "", 6},
		{"one that can't be read replaces none", map[string]string{"教育局/甲.xlsx": "y"}, "", 6},
		{"the same file, byte for byte", map[string]string{"甲.xlsx": old["教育局/甲.xlsx"]}, "", 5},
		{"two in one round", map[string]string{"1.xlsx": form(t, "甲", "教育局", "2"), "2.xlsx": form(t, "甲", "教育局", "3")}, "教育局/甲.xlsx", 6},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			u := newUser(t, newServer(t, Options{})).enter()
			u.drop(ofReturns, old)
			u.drop(ofReturns, tt.again)
			var gone []string
			for _, f := range u.returned() {
				if f.Gone != "" {
					gone = append(gone, f.Name)
				}
			}
			if got := strings.Join(gone, "，"); got != tt.gone {
				t.Errorf("replaced are %s, want %s", got, tt.gone)
			}
			x := u.session().state().Returns
			if x.Files != tt.counts || x.Found != tt.counts || len(x.Problems) > 0 {
				t.Errorf("%d files count, %d were checked, want %d; %q", x.Files, x.Found, tt.counts, x.Problems)
			}
			report := strings.Split(strings.TrimSpace(u.done("GET", "/api/report", "")), "\n")
			if len(report)-1 != tt.counts {
				t.Errorf("%d workbooks are reported", len(report)-1)
			}
			if gone == nil {
				return
			}
			// Its user knows better.
			body, err := json.Marshal(map[string]any{"round": 1, "name": gone[0], "count": true})
			if err != nil {
				t.Fatal(err)
			}
			u.done("POST", "/api/returns/count", string(body))
			u.idle()
			if x := u.session().state().Returns; x.Files != tt.counts+1 || x.Found != tt.counts+1 {
				t.Errorf("%d files count when one is taken back", x.Files)
			}
		})
	}
}

func (u *user) returned() (list []returnedFile) {
	u.t.Helper()
	if err := json.Unmarshal([]byte(u.done("GET", "/api/returns", "")), &list); err != nil {
		u.t.Fatal(err)
	}
	return list
}

// What is stopped is stopped, and what was there before stays.
func TestStop(t *testing.T) {
	u := newUser(t, newServer(t, Options{})).enter()
	many := map[string]string{}
	for i := range 200 {
		many[fmt.Sprintf("%03d.xlsx", i)] = form(t, fmt.Sprint(i), "教育局", "1")[:2000+i] // broken, and so quick
	}
	u.drop(ofReturns, map[string]string{"甲.xlsx": form(t, "甲", "教育局", "1")})
	before := u.done("GET", "/api/report", "")
	var drop int
	if _, err := fmt.Sscanf(u.done("POST", "/api/drops/returns?files=200", ""), `{"id":%d}`, &drop); err != nil {
		t.Fatal(err)
	}
	for i, name := range slices.Sorted(maps.Keys(many)) {
		u.send(drop, i, 1, name, many[name])
	}
	u.done("POST", fmt.Sprintf("/api/drops/%d/end", drop), "")
	u.done("POST", "/api/stop", "")
	x := u.session().state().Returns
	if len(x.Problems) == 1 && strings.HasPrefix(x.Problems[0], "已中断：") {
		if got := u.done("GET", "/api/report", ""); got != before {
			t.Error("the report is another")
		}
	} else if x.Found != 201 { // it was done before it could be stopped
		t.Errorf("the returns are %+v", x)
	}
	u.done("POST", "/api/review", "")
	u.idle()
	if x := u.session().state(); x.Unsaved || x.Job != nil || x.Returns.Found != 201 {
		t.Errorf("in the end it is %+v", x)
	}
}
