package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

//go:embed 说明.txt 打开自评.command 打开自评.sh
var beside embed.FS

// file is one of an archive.
type file struct {
	name string
	data []byte
	mode fs.FileMode
}

// archive puts a program into an archive, with what its users need besides. Nothing
// in it depends on when and where it was made.
func (b *build) archive(t target, program []byte) ([]byte, error) {
	license, err := os.ReadFile("LICENSE")
	if err != nil {
		return nil, fmt.Errorf("run this at the top of the project: %w", err)
	}
	files := []file{{t.program(), program, 0o755}, {"说明.txt", text("说明.txt"), 0o644}, {"LICENSE.txt", forNotepad(license), 0o644}}
	switch t.os {
	case "darwin":
		files = append(files, file{"打开自评.command", script("打开自评.command"), 0o755})
	case "linux":
		files = append(files, file{"打开自评.sh", script("打开自评.sh"), 0o755})
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestCompression) })
	for _, f := range files {
		h := &zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: b.time}
		h.SetMode(f.mode)
		w, err := z.CreateHeader(h)
		if err == nil {
			_, err = w.Write(f.data)
		}
		if err != nil {
			return nil, errors.Join(err, z.Close())
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// text is a text as any Notepad of Windows shows it.
func text(name string) []byte { return forNotepad(script(name)) }

func forNotepad(b []byte) []byte {
	plain := strings.ReplaceAll(string(b), "\r\n", "\n")
	return []byte("\ufeff" + strings.ReplaceAll(plain, "\n", "\r\n"))
}

// script is a script as any shell reads it.
func script(name string) []byte {
	b, err := beside.ReadFile(name)
	if err != nil {
		panic(err) // a defect of the build
	}
	return bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
}
