// Job decodes a Kubernetes Job as strictly as the API server does, and says what is
// wrong in it. It is a module of its own: the program needs nothing of Kubernetes.
package main

import (
	"fmt"
	"os"

	batch "k8s.io/api/batch/v1"
	"sigs.k8s.io/yaml"
)

func main() {
	if err := check(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func check(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var job batch.Job
	if err := yaml.UnmarshalStrict(text, &job); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	spec := job.Spec
	if job.APIVersion != "batch/v1" || job.Kind != "Job" || spec.CompletionMode == nil || *spec.CompletionMode != batch.IndexedCompletion ||
		spec.Completions == nil || len(spec.Template.Spec.Containers) != 1 {
		return fmt.Errorf("%s: not an indexed Job of one container", file)
	}
	return nil
}
