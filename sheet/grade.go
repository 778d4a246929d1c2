package sheet

// Grade returns the grade of a total of 100: 优 from 90, 良 from 80, 中 from 60,
// 差 below (财预〔2020〕10号).
func Grade(total float64) string {
	switch {
	case total >= 90:
		return "优"
	case total >= 80:
		return "良"
	case total >= 60:
		return "中"
	}
	return "差"
}
