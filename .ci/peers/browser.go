package main

import (
	"context"
	"fmt"
	"net/url"
	"path/filepath"
	"time"

	"github.com/chromedp/chromedp"
)

// browse opens a report in Chromium, and says how long it took until it was drawn, and
// how long each filter takes until the page is drawn again.
func browse(file string) error {
	file, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	if err := chromedp.Do(ctx); err != nil {
		return err
	}
	begin := time.Now()
	page := &url.URL{Scheme: "file", Path: filepath.ToSlash(file)}
	if err := chromedp.Do(ctx, chromedp.Navigate(page.String())); err != nil {
		return err
	}
	shown := `document.querySelectorAll("#entries .name").length + " of a page"`
	entries, err := chromedp.Run(ctx, chromedp.Evaluate[string](shown))
	if err != nil {
		return err
	}
	fmt.Printf("opens in %.0f ms (%s)\n", float64(time.Since(begin).Microseconds())/1000, entries)
	for _, filter := range []struct{ id, choose string }{
		{"severity", "control.options[1].value"}, {"rule", "control.options[1].value"}, {"department", "control.options[1].value"}, {"text", "'经费'"},
	} {
		took, err := chromedp.Run(ctx, chromedp.Evaluate[float64](fmt.Sprintf(`(() => {
			const control = document.getElementById(%q);
			const event = new Event(control.tagName === 'SELECT' ? 'change' : 'input', {bubbles: true});
			const begin = performance.now();
			control.value = %s;
			control.dispatchEvent(event);
			document.body.getBoundingClientRect(); // laid out
			const took = performance.now() - begin;
			control.value = '';
			control.dispatchEvent(event);
			return took;
		})()`, filter.id, filter.choose)))
		if err != nil {
			return err
		}
		fmt.Printf("filters by %s in %.0f ms\n", filter.id, took)
	}
	return nil
}
