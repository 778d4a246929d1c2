package sheettest

import (
	"context"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// chromiumTime is more than any test takes with a browser: a browser that hangs
// must not hang the tests.
const chromiumTime = 8 * time.Minute

// Chromium returns the context of a headless Chromium that has a new profile,
// for chromedp.
func Chromium(t *testing.T) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(Program(t, "chromium")),
		chromedp.NoSandbox, // which root can't have
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
	)
	ctx, cancel := context.WithTimeout(context.Background(), chromiumTime)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("Chromium does not start: %v", err)
	}
	return ctx
}
