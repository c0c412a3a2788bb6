//go:build !linux

package main

// dropPages does nothing: only Linux maps what is around a page as well.
func dropPages() {}
