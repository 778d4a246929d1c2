package convert

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"

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

// decrypt returns what an encrypted workbook holds.
func decrypt(data []byte, passwords []string) (Workbook, error) {
	size, err := checkEncryption(data)
	if err != nil {
		return Workbook{}, err
	}
	for _, password := range append([]string{noPassword}, passwords...) {
		out, err := excelize.Decrypt(data, &excelize.Options{Password: password})
		if err != nil {
			return Workbook{}, fmt.Errorf("%w（%w）", errUndecipherable, err)
		}
		if !bytes.HasPrefix(out, []byte("PK\x03\x04")) { // excelize does not verify the password
			continue
		}
		if password == noPassword {
			password = ""
		}
		return Workbook{out[:min(size, uint64(len(out)))], password}, nil
	}
	if passwords == nil {
		return Workbook{}, errNoPassword
	}
	return Workbook{}, errWrongPassword
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

// checkEncryption checks, before it costs anything, what decrypting takes, and
// returns the size of the workbook in bytes.
func checkEncryption(data []byte) (uint64, error) {
	doc, err := openCompound(data)
	if err != nil {
		return 0, err
	}
	streams := map[string]int{}
	for _, f := range doc.File {
		if streams[f.Name]++; f.Name == "EncryptionInfo" && f.Size > maxInfo {
			return 0, errUndecipherable
		}
	}
	if streams["EncryptionInfo"] != 1 || streams["EncryptedPackage"] != 1 { // excelize reads all of that name
		return 0, errUndecipherable
	}
	info, err := start(doc, "EncryptionInfo", maxInfo)
	if err != nil {
		return 0, err
	}
	head, err := start(doc, "EncryptedPackage", 8)
	if err != nil {
		return 0, err
	}
	if len(info) < 24 || len(head) < 8 {
		return 0, errUndecipherable
	}
	return binary.LittleEndian.Uint64(head), checkMethod(info)
}

// checkMethod checks that a method of encryption is one that excelize knows: for
// others it returns garbage, as for a wrong password.
func checkMethod(info []byte) error {
	switch major, minor := binary.LittleEndian.Uint16(info), binary.LittleEndian.Uint16(info[2:]); {
	case major == 4 && minor == 4: // agile
		var e excelize.Encryption
		if err := xml.Unmarshal(info[8:], &e); err != nil {
			return errUndecipherable
		}
		if e.KeyData.CipherAlgorithm != "AES" || e.KeyData.CipherChaining != "ChainingModeCBC" {
			return errUndecipherable
		}
		for _, k := range e.KeyEncryptors.KeyEncryptor {
			if n := k.EncryptedKey.SpinCount; n > maxSpin {
				return fmt.Errorf("打开密码要计算 %d 轮，超过 %d 轮的上限，可能是恶意文件", n, maxSpin)
			}
		}
		return nil
	case 2 <= major && major <= 4 && minor == 2: // standard
		if id := binary.LittleEndian.Uint32(info[20:]); id < 0x660E || id > 0x6610 { // AES
			return errUndecipherable
		}
		return nil
	}
	return errUndecipherable
}
