package main

import (
	"bytes"
	"fmt"
	"sync"

	"github.com/urfave/cli/v2"

	"ziping/sheet/issued"
	"ziping/template"
)

// minKey is the shortest key, in bytes: a shorter one could be guessed.
const minKey = 16

func keyFlag(usage string) cli.Flag { return &cli.PathFlag{Name: "key-file", Usage: usage} }

// openKeyFlag is the flag of commands that compare with the record of what was
// issued.
func openKeyFlag() cli.Flag {
	return keyFlag("发出时所用密钥的文件，用来核对发出记录的防伪码 · `FILE` that holds the key which the records were sealed with")
}

// readKey reads the key from a file: all of it, but for the end of its last line.
// Without a file there is no key.
func readKey(file string) ([]byte, error) {
	if file == "" {
		return nil, nil
	}
	b, err := readFile(file)
	if err != nil {
		return nil, err
	}
	key := bytes.TrimSuffix(bytes.TrimSuffix(b, []byte("\n")), []byte("\r"))
	if len(key) < minKey {
		return nil, fmt.Errorf("%s：密钥只有 %d 个字节，太短，容易被猜出；应至少 %d 个，最好是随机的", file, len(key), minKey)
	}
	return key, nil
}

// readOptions returns what is known of the workbooks that come back.
func readOptions(c *cli.Context) (issued.Options, error) {
	key, err := readKey(c.Path("key-file"))
	if err != nil {
		return issued.Options{}, err
	}
	return issued.Options{Key: key, Version: func(layout string) int { return versions()[layout] }}, nil
}

// versions are those of the official layouts, by name. Loading them takes some
// milliseconds, and only workbooks that we issued are asked for theirs.
var versions = sync.OnceValue(func() map[string]int {
	m := map[string]int{}
	for _, name := range template.Names() {
		l, err := template.Load(name)
		if err != nil {
			panic(err) // a defect of the build
		}
		m[name] = l.Version
	}
	return m
})
