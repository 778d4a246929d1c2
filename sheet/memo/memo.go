// Package memo keeps what was made of things that come again: of the forms of a campaign
// most parts are alike.
package memo

import "sync"

// Cache keeps what was made of the keys that were met last, within bounds. The zero value
// is ready; it may be used from several goroutines, as may what it keeps.
type Cache[K comparable, V any] struct {
	Most int // how many are kept twice over; 0 stands for 1024

	mu         sync.RWMutex
	young, old map[K]V // what is young grows old when there is enough of it, and then goes
}

// Get returns what was made of a key, and false where it is not known.
func (c *Cache[K, V]) Get(key K) (v V, ok bool) {
	c.mu.RLock()
	v, ok = c.young[key]
	if !ok {
		v, ok = c.old[key]
	}
	c.mu.RUnlock()
	return v, ok
}

// Put keeps what was made of a key.
func (c *Cache[K, V]) Put(key K, v V) {
	most := c.Most
	if most == 0 {
		most = 1024
	}
	c.mu.Lock()
	if c.young == nil || len(c.young) >= most {
		c.old, c.young = c.young, make(map[K]V, max(len(c.young), min(most, 64)))
	}
	c.young[key] = v
	c.mu.Unlock()
}
