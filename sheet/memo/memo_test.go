package memo

import (
	"sync"
	"testing"
)

// What was put last is there, and what was put long before is not: there is room for
// twice as many as are kept.
func TestCache(t *testing.T) {
	const most, all = 10, 1000
	c := Cache[int, int]{Most: most}
	for i := range all {
		if _, ok := c.Get(i); ok {
			t.Fatalf("%d is there before it was put", i)
		}
		c.Put(i, -i)
		if v, ok := c.Get(i); !ok || v != -i {
			t.Fatalf("%d was put, and is %d, %t", i, v, ok)
		}
	}
	kept := 0
	for i := range all {
		v, ok := c.Get(i)
		if ok {
			kept++
		}
		if ok && v != -i || ok != (i >= all-2*most) {
			t.Errorf("%d is %d, %t", i, v, ok)
		}
	}
	if kept != 2*most {
		t.Errorf("%d are kept", kept)
	}
}

func TestCacheTogether(t *testing.T) {
	var c Cache[int, int]
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for i := range 5000 {
				c.Put(i, i)
				if v, ok := c.Get(i / 2); ok && v != i/2 {
					t.Errorf("%d is %d", i/2, v)
				}
			}
		})
	}
	all.Wait()
}
