package main

import "runtime"

// inOrder calls work for 0 to n-1 on every core and hands the results to emit
// in this order. Only a few results wait at a time, however large n is.
func inOrder[T any](n int, work func(i int) T, emit func(i int, result T)) {
	workers := runtime.GOMAXPROCS(0)
	pending := make(chan chan T, 4*workers)
	go func() {
		slots := make(chan struct{}, workers)
		for i := range n {
			result := make(chan T, 1)
			pending <- result
			slots <- struct{}{}
			go func() {
				result <- work(i)
				<-slots
			}()
		}
		close(pending)
	}()
	i := 0
	for result := range pending {
		emit(i, <-result)
		i++
	}
}
