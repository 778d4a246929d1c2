package serve

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"ziping/cmd/internal/files"
)

// output is a file that was made, to be downloaded.
type output struct {
	ID    int    `json:"id"`
	Name  string `json:"name"`
	Size  int64  `json:"size"`
	Taken bool   `json:"taken"` // it was downloaded
}

// place returns where the file of an output is.
func (s *session) place(id int) string { return s.path(fmt.Sprintf("output-%d", id)) }

// write makes an output. One of the same name that was made before is given up for
// it when it is there whole.
func (s *session) write(name string, write func(w io.Writer) error) error {
	s.mu.Lock()
	s.next++
	id := s.next
	s.mu.Unlock()
	out, err := files.Open(nil, s.place(id), false)
	if err != nil {
		return named(name, err)
	}
	defer out.Close()
	if err := write(out); err != nil {
		return named(name, err)
	}
	if err := out.Commit(); err != nil {
		return named(name, err)
	}
	info, err := os.Stat(s.place(id))
	if err != nil {
		return named(name, err)
	}
	s.update(func() {
		s.outputs = slices.DeleteFunc(s.outputs, func(o *output) bool {
			if o.Name == name {
				_ = os.Remove(s.place(o.ID)) // one that is being downloaded stays on Windows until the end
			}
			return o.Name == name
		})
		s.outputs = append(s.outputs, &output{ID: id, Name: name, Size: info.Size()})
	})
	return nil
}

// put makes an output of some bytes.
func (s *session) put(name string, data []byte) error {
	return s.write(name, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// pack makes an output of a directory: an archive of what is in it.
func (s *session) pack(name, dir string) error {
	return s.write(name, func(w io.Writer) error {
		z := zip.NewWriter(w)
		now := time.Now()
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			inside, err := filepath.Rel(dir, path)
			if err != nil {
				return err
			}
			to, err := z.CreateHeader(&zip.FileHeader{Name: filepath.ToSlash(inside), Method: zip.Deflate, Modified: now})
			if err != nil {
				return err
			}
			from, err := os.Open(path)
			if err != nil {
				return err
			}
			defer from.Close()
			_, err = io.Copy(to, from)
			return err
		})
		return errors.Join(err, z.Close())
	})
}

// download sends an output. It counts as taken when all of it is sent.
func (s *session) download(w http.ResponseWriter, r *http.Request) {
	id, _ := strconv.Atoi(r.PathValue("id"))
	s.mu.Lock()
	i := slices.IndexFunc(s.outputs, func(o *output) bool { return o.ID == id })
	var o *output
	if i >= 0 {
		o = s.outputs[i]
	}
	s.mu.Unlock()
	if o == nil {
		http.Error(w, "没有这个文件，可能已经重新生成。", http.StatusNotFound)
		return
	}
	f, err := os.Open(s.place(id))
	if err != nil {
		http.Error(w, named(o.Name, err).Error(), http.StatusInternalServerError)
		return
	}
	defer f.Close()
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": o.Name}))
	h.Set("Content-Length", strconv.FormatInt(o.Size, 10))
	if n, err := io.Copy(w, f); err == nil && n == o.Size {
		s.update(func() { o.Taken = true })
	}
}
