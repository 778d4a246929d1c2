package convert

import (
	"bytes"
	"crypto/aes"
	blocks "crypto/cipher"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"encoding/xml"
	"fmt"
	"hash"

	"golang.org/x/text/encoding/unicode"
)

// agile is the encryption of Excel 2010 and later [MS-OFFCRYPTO 2.3.4.10]. The
// package and its key may be encrypted by different methods.
type agile struct {
	Data agileMethod `xml:"keyData"`
	Keys []struct {
		Key agileKey `xml:"http://schemas.microsoft.com/office/2006/keyEncryptor/password encryptedKey"`
	} `xml:"keyEncryptors>keyEncryptor"`
}

// agileMethod is a method of encryption.
type agileMethod struct {
	Cipher   string `xml:"cipherAlgorithm,attr"`
	Chaining string `xml:"cipherChaining,attr"`
	Hash     string `xml:"hashAlgorithm,attr"`
	Block    int    `xml:"blockSize,attr"` // bytes
	Bits     int    `xml:"keyBits,attr"`
	Salt     base   `xml:"saltValue,attr"`
}

// agileKey is the key of the package, encrypted with a password.
type agileKey struct {
	agileMethod
	Spin  uint64 `xml:"spinCount,attr"` // how often the password is hashed
	Input base   `xml:"encryptedVerifierHashInput,attr"`
	Proof base   `xml:"encryptedVerifierHashValue,attr"` // the hash of Input
	Value base   `xml:"encryptedKeyValue,attr"`
}

// base is bytes in base 64.
type base []byte

// UnmarshalText implements encoding.TextUnmarshaler.
func (b *base) UnmarshalText(text []byte) (err error) {
	*b, err = base64.StdEncoding.DecodeString(string(text))
	return err
}

// newAgile reads how a package is encrypted.
func newAgile(info []byte) (*agile, error) {
	a := new(agile)
	if err := xml.Unmarshal(info, a); err != nil {
		return nil, errUndecipherable
	}
	for _, k := range a.Keys {
		if k.Key.Spin == 0 && k.Key.Cipher == "" {
			continue // a key for a certificate
		}
		switch {
		case !a.Data.known() || !k.Key.known():
			return nil, errUndecipherable
		case k.Key.Spin > maxSpin:
			return nil, fmt.Errorf("打开密码要计算 %d 轮，超过 %d 轮的上限，可能是恶意文件", k.Key.Spin, maxSpin)
		}
		return a, nil
	}
	return nil, errUndecipherable
}

// known reports whether we can decrypt by the method.
func (m *agileMethod) known() bool {
	return m.Cipher == "AES" && m.Chaining == "ChainingModeCBC" && m.Block == aes.BlockSize && hashes[m.Hash] != nil &&
		(m.Bits == 128 || m.Bits == 192 || m.Bits == 256) && len(m.Salt) > 0
}

// hashes are the hashes by their names.
var hashes = map[string]func() hash.Hash{
	"MD5": md5.New, "SHA1": sha1.New, "SHA-1": sha1.New, "SHA256": sha256.New, "SHA384": sha512.New384, "SHA512": sha512.New,
}

// sum hashes bytes, one after another.
func (m *agileMethod) sum(parts ...[]byte) []byte {
	h := hashes[m.Hash]()
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

// fit cuts bytes to a length, or fills them up to it.
func fit(b []byte, length int) []byte {
	if len(b) < length {
		b = append(b, bytes.Repeat([]byte{0x36}, length-len(b))...)
	}
	return b[:length]
}

// decrypt decrypts whole blocks in place.
func (m *agileMethod) decrypt(data, key, iv []byte) error {
	block, err := aes.NewCipher(key)
	if err != nil || len(data)%aes.BlockSize != 0 {
		return errUndecipherable
	}
	blocks.NewCBCDecrypter(block, fit(iv, aes.BlockSize)).CryptBlocks(data, data)
	return nil
}

// number is a number of four bytes.
func number(n int) []byte { return binary.LittleEndian.AppendUint32(nil, uint32(n)) }

// wideText is a text in UTF-16, as passwords are hashed.
func wideText(s string) []byte {
	b, _ := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().Bytes([]byte(s)) // it replaces what is no text
	return b
}

// What a password's hash is hashed with once more, for a key to each of the values.
var (
	inputKey = []byte{0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79}
	proofKey = []byte{0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e}
	valueKey = []byte{0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6}
)

// key implements cipher.
func (a *agile) key(password string) ([]byte, error) {
	for i := range a.Keys {
		k := &a.Keys[i].Key
		if !k.known() {
			continue
		}
		hashed := k.sum(k.Salt, wideText(password))
		for n := range k.Spin {
			hashed = k.sum(number(int(n)), hashed)
		}
		input, err := k.value(k.Input, hashed, inputKey)
		if err != nil {
			return nil, err
		}
		proof, err := k.value(k.Proof, hashed, proofKey)
		if err != nil {
			return nil, err
		}
		want := k.sum(fit(input, min(len(input), len(k.Salt))))
		if !bytes.HasPrefix(proof, want) {
			continue
		}
		value, err := k.value(k.Value, hashed, valueKey)
		if err != nil || len(value) < a.Data.Bits/8 {
			return nil, errUndecipherable
		}
		return value[:a.Data.Bits/8], nil
	}
	return nil, nil
}

// value decrypts one of the values.
func (k *agileKey) value(encrypted, hashed, purpose []byte) ([]byte, error) {
	value := bytes.Clone(encrypted)
	return value, k.decrypt(value, fit(k.sum(hashed, purpose), k.Bits/8), bytes.Clone(k.Salt))
}

// segment is how many bytes of the package are encrypted at once.
const segment = 4096

// decrypt implements cipher.
func (a *agile) decrypt(data, key []byte) error {
	data = data[:len(data)/aes.BlockSize*aes.BlockSize]
	for i := 0; i*segment < len(data); i++ {
		part := data[i*segment : min(len(data), (i+1)*segment)]
		if err := a.Data.decrypt(part, key, a.Data.sum(a.Data.Salt, number(i))); err != nil {
			return err
		}
	}
	return nil
}
