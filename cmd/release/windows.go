package main

import (
	"bytes"
	_ "embed"
	"image"
	"image/png"
	"regexp"
	"strconv"

	"github.com/tc-hib/winres"
	"github.com/tc-hib/winres/version"
)

//go:embed icon.png
var icon []byte

// The languages of Windows in which the program is described.
const chinese = 0x0804

// describe gives a program of Windows its icon, what its properties say, and a
// manifest: it takes its texts as UTF-8 and long names of files, and needs no
// rights.
func (b *build) describe(program []byte) ([]byte, error) {
	var all winres.ResourceSet
	picture, err := png.Decode(bytes.NewReader(icon))
	if err != nil {
		return nil, err
	}
	images, err := winres.NewIconFromResizedImage(image.Image(picture), []int{16, 20, 24, 32, 48, 64, 256})
	if err != nil {
		return nil, err
	}
	if err := all.SetIcon(winres.ID(1), images); err != nil {
		return nil, err
	}
	all.SetManifest(winres.AppManifest{
		ExecutionLevel: winres.AsInvoker, Compatibility: winres.Win7AndAbove, UseCommonControlsV6: true, DPIAwareness: winres.DPIPerMonitorV2, LongPathAware: true,
	})
	info := version.Info{FileVersion: numbers(b.version), ProductVersion: numbers(b.version), Timestamp: b.time, Type: version.App}
	for key, text := range map[string]string{
		version.ProductName: "自评 ziping", version.FileDescription: "财政项目支出绩效自评表：下发、审核、汇总", version.ProductVersion: b.version,
		version.FileVersion: b.version, version.OriginalFilename: "ziping.exe", version.InternalName: "ziping",
	} {
		for _, language := range []uint16{version.LangNeutral, chinese} {
			if err := info.Set(language, key, text); err != nil {
				return nil, err
			}
		}
	}
	all.SetVersionInfo(info)
	var out bytes.Buffer
	if err := all.WriteToEXE(&out, bytes.NewReader(program), winres.ForceCheckSum()); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

var digits = regexp.MustCompile(`\d+`)

// numbers are those of a version such as v1.2.3, as Windows wants them; those of a
// commit are none.
func numbers(v string) (four [4]uint16) {
	if !regexp.MustCompile(`^v?\d+(\.\d+)`).MatchString(v) {
		return four
	}
	for i, text := range digits.FindAllString(v, 3) {
		n, err := strconv.ParseUint(text, 10, 16)
		if err != nil {
			return [4]uint16{}
		}
		four[i] = uint16(n)
	}
	return four
}
