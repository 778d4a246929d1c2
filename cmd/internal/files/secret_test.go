package files

import (
	"bytes"
	"testing"

	"golang.org/x/text/encoding/unicode"
)

// TestParseKey sees that a key that an editor has saved anew is the same key.
func TestParseKey(t *testing.T) {
	const key = "7f 密钥 of 16 bytes\nand more"
	utf16 := func(text string, order unicode.Endianness) string {
		s, err := unicode.UTF16(order, unicode.UseBOM).NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for _, file := range []string{
		key, key + "\n", key + "\r\n", "\uFEFF" + key, "\uFEFF7f 密钥 of 16 bytes\r\nand more\r\n", utf16(key+"\n", unicode.LittleEndian), utf16(key+"\r\n", unicode.BigEndian),
	} {
		if got, err := ParseKey("k", []byte(file)); err != nil || string(got) != key {
			t.Errorf("the key of %q is %q (%v)", file, got, err)
		}
	}
	random := "\xFF\xFE\x00\xD8\x00\xD8 no text 1234567"
	if got, err := ParseKey("k", []byte(random)); err != nil || string(got) != random {
		t.Errorf("the key of %q is %q (%v)", random, got, err)
	}
	if _, err := ParseKey("k", []byte("\uFEFF123456789012345")); err == nil {
		t.Error("a mark makes a short key long")
	}
}

func TestCheckKey(t *testing.T) {
	for key, ok := range map[string]bool{
		"": true, "709f70ce968a3cbb61a6aa139abd5ecd": true, "a key of 16 bytes or more": true, "Kw8#zP2!mQ9$vT4%": true,
		"0000000000000000": false, "0101010101010101": false, "12345678123456781234": false, "abcabcabcabcabcabc": false,
	} {
		if err := CheckKey([]byte(key)); (err == nil) != ok {
			t.Errorf("%q: %v", key, err)
		}
	}
	if CheckKey(bytes.Repeat([]byte{0}, 64)) == nil {
		t.Error("zeros are a key")
	}
}
