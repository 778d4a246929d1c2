package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"ziping/sheet/sheettest"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"ziping": main})
}

// TestScripts runs the command line as a person does: testdata/script.
func TestScripts(t *testing.T) {
	examples, err := filepath.Abs(filepath.Join("..", "..", "examples"))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           filepath.Join("testdata", "script"),
		UpdateScripts: *sheettest.Update,
		Cmds:          commands,
		Condition: func(name string) (bool, error) {
			if name != "office" {
				return false, fmt.Errorf("no condition %q", name)
			}
			return sheettest.Wanted(), nil
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("EXAMPLES", examples)
			return os.Symlink(examples, filepath.Join(env.WorkDir, "examples"))
		},
	})
}
