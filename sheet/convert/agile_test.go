package convert

import (
	"bytes"
	"crypto/aes"
	blocks "crypto/cipher"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
)

// encryptAgile encrypts a package as Excel does, by one method for the key and
// another for the package.
func encryptAgile(t *testing.T, data []byte, password string, key agileKey, method agileMethod) (info, encrypted []byte) {
	t.Helper()
	seal := func(m *agileMethod, text, key, iv []byte) []byte {
		block, err := aes.NewCipher(key)
		if err != nil {
			t.Fatal(err)
		}
		for len(text)%aes.BlockSize != 0 {
			text = append(text, 0)
		}
		blocks.NewCBCEncrypter(block, fit(iv, aes.BlockSize)).CryptBlocks(text, text)
		return text
	}
	secret := bytes.Repeat([]byte{7}, method.Bits/8)
	hashed := key.sum(key.Salt, wideText(password))
	for i := range key.Spin {
		hashed = key.sum(number(int(i)), hashed)
	}
	value := func(text, purpose []byte) string {
		return base64.StdEncoding.EncodeToString(seal(&key.agileMethod, bytes.Clone(text), fit(key.sum(hashed, purpose), key.Bits/8), bytes.Clone(key.Salt)))
	}
	input := bytes.Repeat([]byte{9}, len(key.Salt))
	attrs := func(m agileMethod) string {
		return fmt.Sprintf(`saltSize="%d" blockSize="16" keyBits="%d" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="%s" saltValue="%s"`,
			len(m.Salt), m.Bits, m.Hash, base64.StdEncoding.EncodeToString(m.Salt))
	}
	info = fmt.Appendf(nil, `<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password" xmlns:c="http://schemas.microsoft.com/office/2006/keyEncryptor/certificate">`+
		`<keyData %s/><keyEncryptors><keyEncryptor uri="c"><c:encryptedKey encryptedKeyValue="AA=="/></keyEncryptor><keyEncryptor uri="p"><p:encryptedKey spinCount="%d" %s encryptedVerifierHashInput="%s" encryptedVerifierHashValue="%s" encryptedKeyValue="%s"/></keyEncryptor></keyEncryptors></encryption>`,
		attrs(method), key.Spin, attrs(key.agileMethod), value(input, inputKey), value(key.sum(input), proofKey), value(secret, valueKey))
	encrypted = binary.LittleEndian.AppendUint64(nil, uint64(len(data)))
	for i := 0; i*segment < len(data); i++ {
		part := bytes.Clone(data[i*segment : min(len(data), (i+1)*segment)])
		encrypted = append(encrypted, seal(&method, part, secret, method.sum(method.Salt, number(i)))...)
	}
	return info, encrypted
}

// A package is decrypted whatever the methods are, and a wrong password is known
// as one.
func TestAgile(t *testing.T) {
	data := []byte("PK\x03\x04" + strings.Repeat("绩效", 3000))
	method := func(hash string, bits, salt int) agileMethod {
		return agileMethod{"AES", "ChainingModeCBC", hash, 16, bits, bytes.Repeat([]byte{byte(bits)}, salt)}
	}
	for _, tt := range []struct{ key, data agileMethod }{
		{method("SHA512", 256, 16), method("SHA512", 256, 16)},
		{method("SHA1", 128, 16), method("SHA1", 128, 16)},
		{method("SHA384", 192, 16), method("SHA384", 192, 16)},
		{method("SHA256", 256, 16), method("SHA1", 128, 8)},
		{method("MD5", 192, 24), method("SHA512", 256, 32)},
	} {
		info, encrypted := encryptAgile(t, data, "密码 1", agileKey{agileMethod: tt.key, Spin: 10}, tt.data)
		a, err := newAgile(info)
		if err != nil {
			t.Fatal(err)
		}
		if key, err := a.key("密码"); key != nil || err != nil {
			t.Errorf("%v: a wrong password is right (%v)", tt, err)
		}
		key, err := a.key("密码 1")
		if err != nil || key == nil {
			t.Errorf("%v: the password is wrong (%v)", tt, err)
			continue
		}
		if out, err := opened(a, encrypted, key); err != nil || !bytes.Equal(out, data) {
			t.Errorf("%v: %.20q (%v)", tt, out, err)
		}
		for n := range 20 { // cut short
			if _, err := opened(a, bytes.Clone(encrypted[:n]), key); err == nil {
				t.Errorf("%v: %d bytes are enough", tt, n)
			}
		}
	}
}
