package files

import (
	"bytes"
	"fmt"
	"os"
	"strings"

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
	b, err := Read(file)
	if err != nil {
		return "", err
	}
	line, _, _ := strings.Cut(convert.Decode(b), "\n") // a byte order mark is no part of it
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
	data, err := Read(file)
	if err != nil {
		return nil, err
	}
	passwords := strings.FieldsFunc(convert.Decode(data), func(r rune) bool { return r == '\r' || r == '\n' })
	if len(passwords) == 0 {
		return nil, fmt.Errorf("%s：密码文件是空的，应每行写一个密码", file)
	}
	return passwords, nil
}
