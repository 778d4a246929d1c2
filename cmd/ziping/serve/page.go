package serve

import (
	"bytes"
	"embed"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"sync"

	"ziping/rules/report"
)

//go:embed page
var pageFiles embed.FS

// pageText is the page; what stands within it is that of reports.
var pageText = sync.OnceValue(func() []byte {
	t := template.Must(template.ParseFS(pageFiles, "page/page.html"))
	var b bytes.Buffer
	if err := t.Execute(&b, template.HTML(report.PageMarkup())); err != nil {
		panic(err) // a defect of the build
	}
	return b.Bytes()
})

// servePage serves the page, its modules, and those that draw reports.
func servePage(mux *http.ServeMux) {
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(pageText()) // to who may be gone
	})
	own, err := fs.Sub(pageFiles, "page")
	if err != nil {
		panic(err) // a defect of the build
	}
	mux.HandleFunc("GET /page/{name}", assets(own))
	mux.HandleFunc("GET /report/{name}", assets(report.PageFiles()))
}

// types are those of the files that the page is made of. What Windows thinks of
// them is not asked: there a script may be a text.
var types = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
}

// assets serves the files of a directory.
func assets(from fs.FS) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		name := r.PathValue("name")
		data, err := fs.ReadFile(from, name)
		if err != nil || types[path.Ext(name)] == "" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", types[path.Ext(name)])
		_, _ = w.Write(data) // to who may be gone
	}
}
