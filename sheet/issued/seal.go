package issued

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// sealName begins a seal; what follows is in hexadecimal digits.
const sealName = "hmac-sha256:"

// Seal returns the seal of a text: nobody without the key can make the
// seal of another text.
func Seal(key []byte, text string) string {
	m := hmac.New(sha256.New, key)
	m.Write([]byte(text))
	return sealName + hex.EncodeToString(m.Sum(nil))
}

// sealed reports whether a seal is that of the text.
func sealed(key []byte, text, written string) bool {
	return hmac.Equal([]byte(Seal(key, text)), []byte(strings.TrimSpace(written)))
}
