//go:build !linux

package process

func showTitle(string) {}
