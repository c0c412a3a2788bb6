package shmem

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestNotifyWakesInOrderOfWaiting(t *testing.T) {
	b := New(8)
	var woken []int
	for i := range 3 {
		b.WaitAsync(4, func() bool { return true }, func() { woken = append(woken, i) })
	}
	if n := b.Notify(4, 2); n != 2 || len(woken) != 2 || woken[0] != 0 || woken[1] != 1 {
		t.Fatal(n, woken)
	}
	if n := b.Notify(0, -1); n != 0 {
		t.Fatal("another offset")
	}
	if n := b.Notify(4, -1); n != 1 {
		t.Fatal(n)
	}
}

func TestWaitResults(t *testing.T) {
	b := New(8)
	if r := b.Wait(0, func() bool { return false }, -1, nil); r != "not-equal" {
		t.Fatal(r)
	}
	if r := b.Wait(0, func() bool { return true }, 0, nil); r != "timed-out" {
		t.Fatal(r)
	}
	stop := make(chan struct{})
	close(stop)
	if r := b.Wait(0, func() bool { return true }, -1, stop); r != "" {
		t.Fatal(r)
	}
	if b.Notify(0, -1) != 0 {
		t.Fatal("a waiter was left")
	}
}

func TestWaitAndNotifyHammer(t *testing.T) {
	b := New(8)
	const n = 200
	var wg sync.WaitGroup
	var ok atomic.Int32
	for range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if b.Wait(0, func() bool { return true }, time.Minute, nil) == "ok" {
				ok.Add(1)
			}
		}()
	}
	for woken := 0; woken < n; {
		woken += b.Notify(0, 3)
	}
	wg.Wait()
	if ok.Load() != n {
		t.Fatal(ok.Load())
	}
}
