package sheet
import ("strings";"strconv")
func Normalize(s string) string { return s }
func Blank(s string) bool { s=strings.TrimSpace(s); return s==""||s=="—"||s=="/" }
func ParseNumber(s string) (float64,string,bool) { u:=""; if strings.HasSuffix(s,"%") {u="%"; s=s[:len(s)-1]}; v,err:=strconv.ParseFloat(s,64); if u!="" {v/=100}; return v,u,err==nil }
