// Campaign makes up a year's self-evaluation to measure and test ziping with:
// project files, completed workbooks, and a list of what check must find in
// them.
package main

import (
	"bufio"
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
	limit := flag.Bool("limit", false, "only inflate and walk the workbooks that stdin names, one a line: the least that reading takes")
	flag.Parse()
	if *limit && flag.NArg() == 0 {
		walk()
		return
	}
	if *dir == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	faults, err := campaign.Write(*dir, o)
	end(err)
	fmt.Printf("%d projects, %d findings to come\n", o.Projects, len(faults))
}

// walk walks the workbooks that stdin names.
func walk() {
	var l campaign.Limit
	tags := 0
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		n, err := l.Walk(lines.Text())
		end(err)
		tags += n
	}
	end(lines.Err())
	fmt.Println(tags, "tags")
}

// end ends the program if there is an error.
func end(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "campaign:", err)
		os.Exit(1)
	}
}
