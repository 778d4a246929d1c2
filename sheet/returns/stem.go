package returns

import (
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"
)

// CopySuffix is what the name of an annotated copy ends in.
const CopySuffix = "批注"

// suffix is what programs and people put behind the name of a workbook when they
// send it again: 甲批注.xlsx, 甲 (1).xlsx, 甲 - 副本.xlsx, 甲（改）.xlsx.
var suffix = sync.OnceValue(func() *regexp.Regexp {
	changed, copies := strings.Join(words().Changed, "|"), strings.Join(words().Copies, "|")
	return regexp.MustCompile(`(?:` + CopySuffix + `|\s*[(（](?:\d+|` + changed + `)[)）]|\s*-?\s*(?:` + copies + `)|[-_ ]?(?:` + changed + `))$`)
})

// Stem is the name of a workbook without what tells one time that it is sent from
// another.
func Stem(file string) string {
	base := filepath.Base(file)
	base = norm.NFKC.String(strings.TrimSuffix(base, filepath.Ext(base)))
	for {
		shorter := suffix().ReplaceAllString(base, "")
		if shorter == base || shorter == "" {
			return strings.ToLower(base)
		}
		base = shorter
	}
}
