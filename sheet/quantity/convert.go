package quantity

// convert turns a quantity into the unit of another where the two measure one thing in
// different units: 90分钟 beside 1小时.
func convert(q, other Quantity) (_ Quantity, ok bool) {
	from, to := UnitName(q.Unit), UnitName(other.Unit)
	for _, d := range units().Dimension {
		if d[from] > 0 && d[to] > 0 {
			factor := d[from] / d[to]
			q.Unit = other.Unit
			q.Low, q.High, q.Spread = q.Low*factor, q.High*factor, q.Spread*factor
			return q, true
		}
	}
	return q, false
}
