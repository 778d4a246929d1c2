package summary

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/sheet/book"
	"ziping/sheet/xlsx"
)

// Where things stand on the sheet 图表: the charts, two beside each other, and to
// the right of the paper what they show that stands on no other sheet.
const (
	binCol    = 23
	ruleCol   = binCol + 3
	pointCol  = ruleCol + 3
	dataRow   = 4
	chartWide = 620 // pixels
	chartHigh = 380
)

// How much a chart shows, for the eye and for the patience of who opens it.
const (
	mostDepartments = 20
	mostRules       = 10
	mostPoints      = 2000
)

// bin is a range of scores, from one included to another excluded.
type bin struct {
	name     string
	from, to float64
}

var bins = []bin{
	{"60 以下", math.Inf(-1), 60}, {"60–65", 60, 65}, {"65–70", 65, 70}, {"70–75", 70, 75}, {"75–80", 75, 80},
	{"80–85", 80, 85}, {"85–90", 85, 90}, {"90–95", 90, 95}, {"95 以上", 95, math.Inf(1)},
}

// charts is the sheet 图表 on its way.
type charts struct {
	*Workbook
	sheet *book.Sheet
	rows  [][]*book.Shown // what the charts show, from dataRow on
}

// put sets a cell of the data.
func (c *charts) put(row, col int, l book.Look, v any) {
	for len(c.rows) <= row {
		c.rows = append(c.rows, make([]*book.Shown, pointCol+2-binCol))
	}
	c.rows[row][col-binCol] = &book.Shown{Look: l, Value: v}
}

// list puts a list of the data, with its head.
func (c *charts) list(col int, heads []string, looks []book.Look, rows [][]any) {
	for i, h := range heads {
		c.put(0, col+i, book.HeadLook, h)
	}
	for r, row := range rows {
		for i, v := range row {
			c.put(r+1, col+i, looks[i], v)
		}
	}
}

// binRows counts the projects by score.
func (c *charts) binRows() [][]any {
	scores := c.summaryCells(totalColumn)
	counts := make([]int, len(bins))
	for p := range c.projects.all() {
		for i, b := range bins {
			if p.total >= b.from && p.total < b.to {
				counts[i]++
			}
		}
	}
	rows := make([][]any, len(bins))
	for i, b := range bins {
		text := "COUNTIFS(" + scores
		if !math.IsInf(b.from, 0) {
			text += fmt.Sprintf(`,">=%g",%s`, b.from, scores)
		}
		if math.IsInf(b.to, 0) {
			text = fmt.Sprintf(`COUNTIFS(%s,">=%g"`, scores, b.from)
		} else {
			text += fmt.Sprintf(`,"<%g"`, b.to)
		}
		rows[i] = []any{b.name, book.Formula{Text: text + ")", Value: counts[i]}}
	}
	return rows
}

// ruleRows counts the most frequent findings, the most frequent last: a chart of
// bars begins at the bottom.
func (c *charts) ruleRows() [][]any {
	counts := c.findings.counts
	titles := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(-cmp.Compare(counts[a], counts[b]), cmp.Compare(a, b))
	})
	if len(titles) == 0 {
		return [][]any{{"没有问题", 0}}
	}
	titles = titles[:min(mostRules, len(titles))]
	slices.Reverse(titles)
	var rows [][]any
	for i, title := range titles {
		rows = append(rows, []any{title, book.Formula{Text: c.findings.counted(xlsx.Ref(dataRow+1+i, ruleCol), title), Value: counts[title]}})
	}
	return rows
}

// pointRows are the 执行率 and 总分 of projects: of all, or of one in so many.
func (c *charts) pointRows() (rows [][]any, each int) {
	known := func(p *projectRow) bool { return !math.IsNaN(p.rate) && !math.IsNaN(p.total) }
	n := 0
	for p := range c.projects.all() {
		if known(p) {
			n++
		}
	}
	each = max(1, (n+mostPoints-1)/mostPoints)
	row := book.FirstRow
	at := func(name string, v float64) book.Formula {
		return book.Formula{Text: fmt.Sprintf("'%s'!%s%d", summarySheet, book.Letter(book.Index(c.summary, name)+1), row), Value: v}
	}
	n = 0
	for p := range c.projects.all() {
		if known(p) {
			if n%each == 0 {
				rows = append(rows, []any{at(rateColumn, p.rate), at(totalColumn, p.total)})
			}
			n++
		}
		row++
	}
	return rows, each
}

// lastRow is the last row that the charts stand on.
const lastRow = 44

// writeCharts writes the sheet 图表.
func (w *Workbook) writeCharts(departments int) {
	c := &charts{Workbook: w, sheet: w.book.Sheet(chartSheet)}
	rules := c.ruleRows()
	points, each := c.pointRows()
	c.list(binCol, []string{sheet.LabelTotal, "项目数"}, []book.Look{book.CenterLook, countLook}, c.binRows())
	c.list(ruleCol, []string{ruleColumn, "次数"}, []book.Look{book.TextLook, countLook}, rules)
	c.list(pointCol, []string{rateColumn, totalColumn}, []book.Look{rateLook, scoreLook}, points)
	c.write()
	c.draw(departments, len(rules), len(points), each)
	c.sheet.OnePage(lastRow, binCol-2)
	c.sheet.Close()
}

// write writes the title and the data.
func (c *charts) write() {
	for i, width := range []float64{binCol: 10, binCol + 1: 9, ruleCol: 34, ruleCol + 1: 9, pointCol: 9, pointCol + 1: 9} {
		if width > 0 {
			c.sheet.Width(i, width)
		}
	}
	c.sheet.Row(1, 1, 28, &book.Shown{Look: book.TitleLook, Value: c.title("财政项目支出绩效自评图表")})
	c.sheet.Row(dataRow-1, binCol, 0, &book.Shown{Look: book.NoteLook, Value: "图表所用的数据（由公式从其他工作表得出）"})
	for i, row := range c.rows {
		c.sheet.Row(dataRow+i, binCol, 0, row...)
	}
}

// data names cells of a column of the data.
func data(col, n int) string {
	return fmt.Sprintf("'%s'!$%s$%d:$%s$%d", chartSheet, book.Letter(col), dataRow+1, book.Letter(col), dataRow+max(n, 1))
}

func head(col int) string { return fmt.Sprintf("'%s'!$%s$%d", chartSheet, book.Letter(col), dataRow) }

// draw draws the charts.
func (c *charts) draw(departments, rules, points, each int) {
	shownDepartments := min(departments, mostDepartments)
	title := "各主管部门的等级"
	if departments > shownDepartments {
		title = fmt.Sprintf("各主管部门的等级（项目最多的 %d 个部门）", shownDepartments)
	}
	var stack []excelize.ChartSeries
	for _, grade := range grades {
		stack = append(stack, excelize.ChartSeries{
			Name:       fmt.Sprintf("'%s'!$%s$%d", departmentSheet, book.Letter(book.Index(c.byName, grade)+1), book.HeadRow),
			Categories: book.Cells(departmentSheet, c.byName, departmentColumn, book.HeadRow+shownDepartments),
			Values:     book.Cells(departmentSheet, c.byName, grade, book.HeadRow+shownDepartments),
			Fill:       book.Solid(chartColors[grade]),
		})
	}
	frequent := "最常见的问题"
	if rules == mostRules {
		frequent += fmt.Sprintf("（前 %d 项）", mostRules)
	}
	scatter := "执行率与总分"
	if each > 1 {
		scatter += fmt.Sprintf("（每 %d 个项目取 1 个）", each)
	}
	for _, x := range []struct {
		at    string
		chart excelize.Chart
	}{
		{"A3", excelize.Chart{Type: excelize.ColStacked, Series: stack, Title: chartTitle(title), Legend: excelize.ChartLegend{Position: "bottom", Font: chartFont(9)},
			XAxis: axis(sheet.LabelDepartment), YAxis: grid(axis("项目数"))}},
		{"K3", excelize.Chart{Type: excelize.Col, Title: chartTitle("总分的分布"), Legend: excelize.ChartLegend{Position: "none"}, GapWidth: new(uint(30)),
			Series: []excelize.ChartSeries{{Name: head(binCol + 1), Categories: data(binCol, len(bins)), Values: data(binCol+1, len(bins)), Fill: book.Solid("4472C4")}},
			XAxis:  axis("总分（分）"), YAxis: grid(axis("项目数")), PlotArea: excelize.ChartPlotArea{ShowVal: true}}},
		{"A24", excelize.Chart{Type: excelize.Scatter, Title: chartTitle(scatter), Legend: excelize.ChartLegend{Position: "none"},
			Series: []excelize.ChartSeries{{Name: head(pointCol + 1), Categories: data(pointCol, points), Values: data(pointCol+1, points),
				Line: excelize.LineOptions{Type: excelize.LineNone}, Marker: excelize.ChartMarker{Symbol: "circle", Size: 5, Fill: book.Solid("4472C4")}}},
			XAxis: percent(grid(axis(sheet.LabelRate))), YAxis: c.scores(grid(axis("总分（分）")))}},
		{"K24", excelize.Chart{Type: excelize.Bar, Title: chartTitle(frequent), Legend: excelize.ChartLegend{Position: "none"}, GapWidth: new(uint(40)),
			Series: []excelize.ChartSeries{{Name: head(ruleCol + 1), Categories: data(ruleCol, rules), Values: data(ruleCol+1, rules), Fill: book.Solid("C55A11")}},
			XAxis:  axis("问题"), YAxis: grid(axis("次数")), PlotArea: excelize.ChartPlotArea{ShowVal: true}}},
	} {
		x.chart.Dimension = excelize.ChartDimension{Width: chartWide, Height: chartHigh}
		c.sheet.Chart(x.at, &x.chart)
	}
}

var chartColors = map[string]string{"优": "70AD47", "良": "4472C4", "中": "FFC000", "差": "C00000"}

func chartFont(size float64) *excelize.Font {
	return &excelize.Font{Family: book.Font, Size: size, Color: "404040"}
}

func chartTitle(text string) excelize.ChartTitle {
	f := chartFont(12)
	f.Bold = true
	return excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: text, Font: f}}}
}

func axis(title string) excelize.ChartAxis {
	return excelize.ChartAxis{Font: *chartFont(9), Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: title, Font: chartFont(9)}}}}
}

func grid(a excelize.ChartAxis) excelize.ChartAxis {
	a.MajorGridLines = true
	return a
}

// scores begins an axis of scores where the scores do.
func (c *charts) scores(a excelize.ChartAxis) excelize.ChartAxis {
	low, high := 90.0, 100.0
	for p := range c.projects.all() {
		low, high = math.Min(low, orIf(p.total, low)), math.Max(high, orIf(p.total, high))
	}
	a.Minimum, a.Maximum = new(10*math.Floor(low/10)), new(10*math.Ceil(high/10))
	return a
}

// orIf returns a number, another where it is not known.
func orIf(v, other float64) float64 {
	if math.IsNaN(v) {
		return other
	}
	return v
}

func percent(a excelize.ChartAxis) excelize.ChartAxis {
	a.NumFmt = excelize.ChartNumFmt{CustomNumFmt: "0%"}
	return a
}
