package sheet

// Escape writes a text as cells and comments of a workbook store it: what looks
// like an escape of the file format is escaped itself.
func Escape(text string) string { return escaped.ReplaceAllString(text, "_x005F_$1") }
