package quantity

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
)

//go:embed units.toml
var unitsFile string

// units are the words for units; see units.toml.
var units = sync.OnceValue(func() *unitWords {
	u := &unitWords{measures: map[string]measure{}}
	decode(unitsFile, u)
	for _, list := range u.Measure {
		for _, unit := range list.Units {
			names := strings.Fields(unit)
			for _, name := range names {
				u.measures[name] = measure{names[0], list.Counts, list.Spoken}
			}
		}
	}
	for _, m := range u.Money {
		u.money = append(u.money, m.Unit)
	}
	u.percents = append(powers(u.Percent), powers(u.SpelledPercent)...)
	u.multipliers, u.fractions = powers(u.Multiplier), powers(u.Fraction)
	return u
})

type unitWords struct {
	Measure []struct {
		Counts, Spoken bool
		Units          []string
	}
	Percent        map[string]int
	SpelledPercent map[string]int `toml:"spelled_percent"`
	Money          []struct {
		Unit  string
		Power int
	}
	Multiplier, Fraction map[string]int
	Words                struct {
		Plain    []string
		More     []string
		NotNouns []string `toml:"not_nouns"`
	}
	Dimension []map[string]float64

	measures    map[string]measure // by every name
	percents    []power            // behind a number
	multipliers []power
	fractions   []power
	money       []string
}

// measure is a known unit.
type measure struct {
	name   string // the name under which it compares: 平方米 for ㎡
	counts bool   // a counting word that may take a noun: 家企业
	spoken bool   // may follow a Chinese numeral: 三次, but not 三级
}

// power is a word for a power of ten.
type power struct {
	word  string
	shift int
}

// powers lists words for powers of ten, 万亿 before 万.
func powers(words map[string]int) []power {
	list := make([]power, 0, len(words))
	for word, shift := range words {
		list = append(list, power{word, shift})
	}
	slices.SortFunc(list, func(a, b power) int { return cmp.Or(len(b.word)-len(a.word), cmp.Compare(a.word, b.word)) })
	return list
}

// MoneyUnits lists the units of money, the usual one first.
func MoneyUnits() []string { return units().money }

// MoneyPower returns how many 元 a unit of money is, as a power of ten.
func MoneyPower(unit string) (power int, known bool) {
	for _, m := range units().Money {
		if m.Unit == unit {
			return m.Power, true
		}
	}
	return 0, false
}

// decode reads a file of words. What is wrong with one is a defect of the build.
func decode(file string, words any) {
	if meta, err := toml.Decode(file, words); err != nil || len(meta.Undecoded()) > 0 {
		panic(fmt.Sprint(err, meta.Undecoded()))
	}
}
