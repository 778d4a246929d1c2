package convert

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ziping/sheet/xlsx"
)

func encrypted(t testing.TB, data []byte, password string) []byte {
	t.Helper()
	b, err := Encrypt(data, password)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDecrypt(t *testing.T) {
	original := readFile(t, returned+examples[0]+".xlsx")
	want := form(t, original)
	standard := encrypted(t, original, "密码 1")
	agile := readFile(t, "testdata/agile.xlsx") // see make.py
	for _, tt := range []struct {
		name      string
		data      []byte
		passwords []string
		password  string
		err       error
	}{
		{"standard", standard, []string{"", "secret", "密码 1", "x"}, "密码 1", nil},
		{"agile", agile, []string{"Secret", "secret"}, "secret", nil},
		{"by LibreOffice", readFile(t, "testdata/standard.xlsx"), []string{"secret"}, "secret", nil},
		{"of nobody", encrypted(t, original, noPassword), nil, "", nil},
		{"none given", standard, nil, "", errNoPassword},
		{"none given, agile", agile, nil, "", errNoPassword},
		{"wrong", standard, []string{"secret"}, "", errWrongPassword},
		{"wrong, agile", agile, []string{"密码 1"}, "", errWrongPassword},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w, err := Convert(t.Context(), tt.data, tt.passwords, xlsx.Limits{})
			if err != tt.err || w.Password != tt.password {
				t.Fatalf("password %q (%v)", w.Password, err)
			}
			if err == nil {
				if diff := cmp.Diff(want, form(t, w.Data)); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

// What is encrypted can be decrypted, or is an error.
func TestEncrypt(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	for _, size := range []int{4, 15, 16, 17, 4079, 4080, 4088, 4096, 4097, 65536, 8<<20 + 3} {
		data := make([]byte, size)
		random.Read(data)
		copy(data, "PK\x03\x04")
		out, err := Encrypt(data, "x")
		if small := size <= 4080; (err != nil) != small {
			t.Errorf("%d bytes: %v", size, err)
		}
		if err != nil {
			continue
		}
		if w, err := decrypt(out, []string{"x"}); err != nil || !bytes.Equal(w.Data, data) {
			t.Errorf("%d bytes became %d (%v)", size, len(w.Data), err)
		}
	}
}

// What would take long or can't be done is refused before it is tried.
func TestEncryption(t *testing.T) {
	agile := func(change ...string) []byte {
		s := `<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password">` +
			`<keyData saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="AAAAAAAAAAAAAAAAAAAAAA=="/>` +
			`<keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password"><p:encryptedKey spinCount="100000" saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="AAAAAAAAAAAAAAAAAAAAAA=="/></keyEncryptor></keyEncryptors></encryption>`
		return append([]byte{4, 0, 4, 0, 0x40, 0, 0, 0}, strings.NewReplacer(change...).Replace(s)...)
	}
	standard := make([]byte, 100)
	binary.LittleEndian.PutUint32(standard, 0x0002_0004)
	binary.LittleEndian.PutUint32(standard[20:], 0x6801) // RC4
	for _, tt := range []struct {
		name string
		info []byte
		want string
	}{
		{"agile", agile(), ""},
		{"most rounds", agile("100000", "1000000"), ""},
		{"too many rounds", agile("100000", "1000001"), "打开密码要计算 1000001 轮，超过 1000000 轮的上限"},
		{"2^31 rounds", agile("100000", "2147483648"), "打开密码要计算 2147483648 轮"},
		{"too large a number", agile("100000", strings.Repeat("9", 30)), "加密方式不受支持或文件已损坏"},
		{"other chaining", agile("ChainingModeCBC", "ChainingModeCFB"), "加密方式不受支持"},
		{"other cipher", agile(`"AES"`, `"DES"`), "加密方式不受支持"},
		{"no XML", append([]byte{4, 0, 4, 0}, make([]byte, 40)...), "加密方式不受支持"},
		{"RC4", standard, "加密方式不受支持"},
		{"extensible", append([]byte{4, 0, 3, 0}, make([]byte, 40)...), "加密方式不受支持"},
		{"rights management", make([]byte, 100), "加密方式不受支持"},
	} {
		if _, err := cipherIn(tt.info); fmt.Sprint(err) != "<nil>" && tt.want == "" || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}

// A directory that would cost the library memory by its square is refused.
func TestDirectory(t *testing.T) {
	b := encrypted(t, append([]byte("PK\x03\x04"), make([]byte, 5000)...), "x")
	if n := directoryEntries(b); n < 3 || n > 16 {
		t.Errorf("%d entries", n)
	}
	// A header, one sector of the table, and then nothing but the directory.
	const sectors = 127
	long := append([]byte(nil), b[:512]...)
	binary.LittleEndian.PutUint32(long[48:], 1)
	binary.LittleEndian.PutUint32(long[76:], 0)
	table := make([]byte, 512)
	for i := range sectors {
		next := uint32(i + 1)
		if i == sectors-1 {
			next = 1 // and round again
		}
		binary.LittleEndian.PutUint32(table[4*i:], next)
	}
	long = append(append(long, table...), make([]byte, 512*sectors)...)
	if n := directoryEntries(long); n <= maxEntries {
		t.Errorf("%d entries", n)
	}
	if _, err := openCompound(long); err != errBroken {
		t.Error(err)
	}
}

// The names of streams are the same in any case.
func TestStreamNames(t *testing.T) {
	data := readFile(t, "testdata/encrypted.xls")
	wide := func(s string) []byte { return []byte(strings.ReplaceAll(s, "", "\x00")[1:]) }
	upper := bytes.ReplaceAll(data, wide("Workbook"), wide("WORKBOOK"))
	if bytes.Equal(upper, data) {
		t.Fatal("no such stream")
	}
	if format, _ := (&Workbook{Data: upper}).open(xlsx.Limits{}); format != xlsx.XLS {
		t.Errorf("it is %q", format)
	}
	if encrypted, err := checkXLS(upper); err != nil || !encrypted {
		t.Errorf("%t, %v", encrypted, err)
	}
}

func FuzzCompound(f *testing.F) {
	f.Add(readFile(f, "testdata/encrypted.xls"))
	f.Add(bytes.ReplaceAll(readFile(f, "testdata/agile.xlsx"), []byte(`"100000"`), []byte(`"000002"`)))
	f.Add(readFile(f, "testdata/standard.xlsx"))
	f.Fuzz(func(t *testing.T, data []byte) {
		checkXLS(data)
		if !bytes.Contains(data, []byte(`"000002"`)) {
			return // many rounds, which teach nothing
		}
		decrypt(data, []string{"x"})
	})
}
