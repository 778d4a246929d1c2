package convert

import (
	"bytes"
	"crypto/aes"
	"crypto/sha1"
	"encoding/binary"
)

// standard is the encryption of Excel 2007 [MS-OFFCRYPTO 2.3.4.5].
type standard struct {
	size            int // of the key, in bytes
	salt            []byte
	verifier, proof []byte // encrypted: something, and its hash
}

// standardSpin is how often a password is hashed.
const standardSpin = 50_000

// newStandard reads how a package is encrypted.
func newStandard(info []byte) (*standard, error) {
	word := func(at int) int {
		if at < 0 || at+4 > len(info) {
			return -1
		}
		return int(binary.LittleEndian.Uint32(info[at:]))
	}
	const header = 8 // after flags, and the size of the header
	method, bits := word(header+8), word(header+16)
	rest := header + word(4)
	if method < 0x660E || method > 0x6610 || word(4) < 0 || word(rest) != 16 || rest+4+16+16+4+32 > len(info) { // AES
		return nil, errUndecipherable
	}
	if bits == 0 {
		bits = 128 + 64*(method-0x660E)
	}
	if bits != 128 && bits != 192 && bits != 256 {
		return nil, errUndecipherable
	}
	at := rest + 4
	return &standard{bits / 8, info[at : at+16], info[at+16 : at+32], info[at+36 : at+68]}, nil
}

// key implements cipher.
func (s *standard) key(password string) ([]byte, error) {
	sum := func(parts ...[]byte) []byte {
		h := sha1.New()
		for _, p := range parts {
			h.Write(p)
		}
		return h.Sum(nil)
	}
	hashed := sum(s.salt, wideText(password))
	for i := range standardSpin {
		hashed = sum(number(i), hashed)
	}
	hashed = sum(hashed, number(0))
	var key []byte
	for _, pad := range []byte{0x36, 0x5C} {
		block := bytes.Repeat([]byte{pad}, 64)
		for i, c := range hashed {
			block[i] ^= c
		}
		key = append(key, sum(block)...)
	}
	key = key[:s.size]
	verifier, proof := bytes.Clone(s.verifier), bytes.Clone(s.proof)
	if err := s.decrypt(verifier, key); err != nil {
		return nil, err
	}
	if err := s.decrypt(proof, key); err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(proof, sum(verifier)) {
		return nil, nil
	}
	return key, nil
}

// decrypt implements cipher.
func (s *standard) decrypt(data, key []byte) error {
	block, err := aes.NewCipher(key)
	if err != nil {
		return errUndecipherable
	}
	for ; len(data) >= aes.BlockSize; data = data[aes.BlockSize:] {
		block.Decrypt(data, data)
	}
	return nil
}
