//go:build !unix

package cluster

// hangup never tells: the loop alone notices that the primary is gone.
func hangup(int) (gone chan struct{}, stop func()) { return make(chan struct{}), func() {} }
