package files

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"unicode"

	"ziping/sheet/convert"
)

// minKey is the shortest key, in bytes: a shorter one could be guessed.
const minKey = 16

// Key reads the key from a file: all of it, but for the end of its last line.
// Without a file there is no key.
func Key(file string) ([]byte, error) {
	if file == "" {
		return nil, nil
	}
	b, err := Read(file)
	if err != nil {
		return nil, err
	}
	if isDocument(b) {
		return nil, fmt.Errorf("%s：这是文档，不是密钥；密钥文件应由程序随机生成", file)
	}
	key := bytes.TrimSuffix(bytes.TrimSuffix(b, []byte("\n")), []byte("\r"))
	if len(key) < minKey {
		return nil, fmt.Errorf("%s：密钥只有 %d 个字节，太短，容易被猜出；应至少 %d 个，最好是随机的", file, len(key), minKey)
	}
	return key, nil
}

// passwordVariable is the environment variable that may hold the password.
const passwordVariable = "ZIPING_PASSWORD"

// Password reads the password from a file, or from the environment: on a
// command line other users of the machine could see it.
func Password(file string) (string, error) {
	if file == "" {
		return os.Getenv(passwordVariable), nil
	}
	text, err := passwordText(file)
	if err != nil {
		return "", err
	}
	line, _, _ := strings.Cut(text, "\n")
	password := strings.TrimSuffix(line, "\r")
	if password == "" {
		return "", fmt.Errorf("%s：密码文件是空的，应在第一行写明密码", file)
	}
	return password, nil
}

// Passwords reads the passwords of encrypted workbooks.
func Passwords(file string) ([]string, error) {
	if file == "" {
		return nil, nil
	}
	text, err := passwordText(file)
	if err != nil {
		return nil, err
	}
	passwords := strings.FieldsFunc(text, func(r rune) bool { return r == '\r' || r == '\n' })
	if len(passwords) == 0 {
		return nil, fmt.Errorf("%s：密码文件是空的，应每行写一个密码", file)
	}
	return passwords, nil
}

// passwordText reads a file of passwords, without a byte order mark: that is no
// part of any.
func passwordText(file string) (string, error) {
	b, err := Read(file)
	if err != nil {
		return "", err
	}
	text := convert.Decode(b)
	strange := func(r rune) bool {
		return r == unicode.ReplacementChar || unicode.IsControl(r) && !strings.ContainsRune("\t\r\n", r)
	}
	if isDocument(b) || strings.ContainsFunc(text, strange) {
		return "", fmt.Errorf("%s：不是文本文件；密码应写在文本文件（.txt）中", file)
	}
	return text, nil
}

// isDocument reports whether a file is a workbook or another document, where a
// text was expected.
func isDocument(b []byte) bool {
	for _, begin := range []string{"PK\x03\x04", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "%PDF-"} {
		if bytes.HasPrefix(b, []byte(begin)) {
			return true
		}
	}
	return false
}
