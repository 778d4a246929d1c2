package opc

import "testing"

func TestTooBig(t *testing.T) {
	for n, want := range map[int64]string{
		1: "1 字节", 1023: "1023 字节", 1024: "1 KiB", 1536: "1536 字节", 256 << 20: "256 MiB", 1 << 30: "1 GiB", 4 << 30: "4 GiB", 4 << 40: "4096 GiB",
	} {
		if got := TooBig("", "它", n).Error(); got != "它超过 "+want+"，超出读取上限" {
			t.Errorf("%d: %s", n, got)
		}
	}
}
