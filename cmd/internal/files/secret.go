package files

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"unicode"

	"ziping/sheet/convert"
)

// minKey is the shortest key, in bytes: a shorter one could be guessed.
const minKey = 16

// Key reads the key from a file. Without a file there is no key.
//
// The key is the bytes of the file, without the end of its last line (LF, CRLF or CR). Of a
// text that begins with a byte order mark it is the text in UTF-8, without the mark: so an
// editor that saves the file anew, in another encoding or with other line ends, leaves the
// key what it was.
func Key(file string) ([]byte, error) {
	if file == "" {
		return nil, nil
	}
	b, err := Read(file)
	if err != nil {
		return nil, err
	}
	return ParseKey(file, b)
}

// ParseKey returns the key that is in a file.
func ParseKey(file string, b []byte) ([]byte, error) {
	if isDocument(b) {
		return nil, fmt.Errorf("%s：这是文档，不是密钥；密钥文件应由程序随机生成", file)
	}
	if text, marked := markedText(b); marked {
		b = []byte(strings.ReplaceAll(text, "\r\n", "\n"))
	}
	key := bytes.TrimSuffix(bytes.TrimSuffix(b, []byte("\n")), []byte("\r"))
	if len(key) < minKey {
		return nil, fmt.Errorf("%s：密钥只有 %d 个字节，太短，容易被猜出；应至少 %d 个，最好是随机的", file, len(key), minKey)
	}
	return key, nil
}

// markedText returns the text of a file that begins with a byte order mark.
func markedText(b []byte) (text string, marked bool) {
	for _, mark := range []string{"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"} {
		if bytes.HasPrefix(b, []byte(mark)) {
			text = convert.Decode(b)
			return text, !strings.ContainsFunc(text, isStrange)
		}
	}
	return "", false
}

// isStrange reports whether a character stands in no text that a person has typed.
func isStrange(r rune) bool {
	return r == unicode.ReplacementChar || unicode.IsControl(r) && !strings.ContainsRune("\t\r\n", r)
}

// leastBytes is how many different bytes a key has at least.
const leastBytes = 5

// CheckKey tells why a key is not one to issue forms with, nil when it is: it is only a few
// characters, or the same ones again and again. Forms that were issued with it are still
// compared.
func CheckKey(key []byte) error {
	if len(key) == 0 {
		return nil
	}
	different := map[byte]bool{}
	for _, c := range key {
		different[c] = true
	}
	for n := 1; n <= len(key)/2 && len(different) >= leastBytes; n++ {
		if bytes.HasPrefix(key, key[n:]) {
			clear(different)
		}
	}
	if len(different) < leastBytes {
		return errors.New("密钥只是几个字符的重复，容易被猜出；密钥文件应由程序随机生成，至少 16 个字节")
	}
	return nil
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
	if isDocument(b) || strings.ContainsFunc(text, isStrange) {
		return "", fmt.Errorf("%s：不是文本文件；密码应写在文本文件（.txt）中", file)
	}
	return text, nil
}
