// Campaign makes up a year's self-evaluation to measure and test ziping with:
// project files, completed workbooks, and a list of what check must find in
// them.
package main

import (
	"flag"
	"fmt"
	"os"

	"ziping/cmd/internal/campaign"
)

func main() {
	var o campaign.Options
	flag.IntVar(&o.Projects, "n", 10000, "projects")
	flag.Uint64Var(&o.Seed, "seed", 1, "the same seed makes the same campaign")
	flag.Float64Var(&o.Faulty, "faulty", 0.25, "fraction of the forms with one to three faults")
	dir := flag.String("o", "", "directory to write to")
	flag.Parse()
	if *dir == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	faults, err := campaign.Write(*dir, o)
	if err != nil {
		fmt.Fprintln(os.Stderr, "campaign:", err)
		os.Exit(1)
	}
	fmt.Printf("%d projects, %d findings to come\n", o.Projects, len(faults))
}
