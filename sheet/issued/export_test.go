package issued

// For the tests, which read whole workbooks.
const (
	RecordChunk    = recordChunk
	MaxRecordCells = maxRecordCells
	MostNotices    = mostNotices
)

// For the tests.
var ASCII = ascii
