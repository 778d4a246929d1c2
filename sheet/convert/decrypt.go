package convert

import (
	"bytes"
	"encoding/binary"
	"errors"

	"github.com/richardlehane/mscfb"
	"github.com/xuri/excelize/v2"
)

// noPassword is what Excel encrypts with where nobody gave a password, and
// tries on whatever it opens [MS-OFFCRYPTO 2.4.2.3].
const noPassword = "VelvetSweatshop"

// maxSpin is how many rounds a password may be hashed. Office does 100,000;
// its format allows ten million, which take minutes for each password.
const maxSpin = 1_000_000

// maxInfo is how long the description of the encryption may be, in bytes.
const maxInfo = 64 << 10

var (
	errNoPassword     = errors.New("工作簿设了打开密码，无法读取；请用 --open-password-file 给出密码，或在 Excel 或 WPS 中去掉打开密码后保存")
	errWrongPassword  = errors.New("工作簿设了打开密码，--open-password-file 中的密码都不对")
	errUndecipherable = errors.New("工作簿的加密方式不受支持或文件已损坏；请在 Excel 或 WPS 中去掉打开密码后保存")
)

// cipher is a method of encryption, with what a workbook says of it.
type cipher interface {
	// key returns the key of the package, nil where the password is wrong.
	key(password string) ([]byte, error)
	// decrypt decrypts the package in place.
	decrypt(data, key []byte) error
}

// decrypt returns what an encrypted workbook holds.
func decrypt(data []byte, passwords []string) (Workbook, error) {
	doc, err := openCompound(data)
	if err != nil {
		return Workbook{}, err
	}
	c, err := cipherOf(doc)
	if err != nil {
		return Workbook{}, err
	}
	for _, password := range append([]string{noPassword}, passwords...) {
		key, err := c.key(password)
		if err != nil {
			return Workbook{}, err
		}
		if key == nil {
			continue
		}
		if password == noPassword {
			password = ""
		}
		out, err := packageIn(doc, int64(len(data)))
		if err == nil {
			out, err = opened(c, out, key)
		}
		return Workbook{Data: out, Password: password}, err
	}
	if passwords == nil {
		return Workbook{}, errNoPassword
	}
	return Workbook{}, errWrongPassword
}

// opened decrypts a package, which begins with its size in bytes.
func opened(c cipher, data, key []byte) ([]byte, error) {
	if len(data) < 8 {
		return nil, errUndecipherable
	}
	size := binary.LittleEndian.Uint64(data)
	data = data[8:]
	if err := c.decrypt(data, key); err != nil {
		return nil, err
	}
	if size > uint64(len(data)) {
		return nil, errBroken
	}
	return data[:size], nil
}

// Encrypt encrypts a workbook, and makes sure that it can be decrypted: one of
// less than 4 KB excelize writes wrongly.
func Encrypt(data []byte, password string) ([]byte, error) {
	out, err := excelize.Encrypt(data, &excelize.Options{Password: password})
	if err != nil {
		return nil, err
	}
	w, err := decrypt(out, []string{password})
	if err != nil || !bytes.Equal(w.Data, data) {
		return nil, errors.New("用原来的打开密码加密失败")
	}
	return out, nil
}

// The streams of an encrypted workbook.
const (
	infoStream    = "EncryptionInfo"
	packageStream = "EncryptedPackage"
)

// cipherOf returns how a workbook is encrypted. It checks, before it costs
// anything, what decrypting takes.
func cipherOf(doc *mscfb.Reader) (cipher, error) {
	info, err := start(doc, infoStream, maxInfo+1)
	if err != nil {
		return nil, err
	}
	if len(info) < 24 || len(info) > maxInfo {
		return nil, errUndecipherable
	}
	return cipherIn(info)
}

func cipherIn(info []byte) (cipher, error) {
	switch major, minor := binary.LittleEndian.Uint16(info), binary.LittleEndian.Uint16(info[2:]); {
	case major == 4 && minor == 4:
		return newAgile(info[8:])
	case 2 <= major && major <= 4 && minor == 2:
		return newStandard(info[4:])
	}
	return nil, errUndecipherable
}

// packageIn returns the encrypted package.
func packageIn(doc *mscfb.Reader, most int64) ([]byte, error) { return start(doc, packageStream, most) }
