package process

import "golang.org/x/sys/unix"

const rssUnit = 1 // ru_maxrss is in KiB

func threadUsage() (user, system int64) {
	var r unix.Rusage
	if unix.Getrusage(unix.RUSAGE_THREAD, &r) != nil {
		return 0, 0
	}
	return micros(r.Utime), micros(r.Stime)
}

func totalMemory() int64 {
	var s unix.Sysinfo_t
	if unix.Sysinfo(&s) != nil {
		return 0
	}
	return int64(s.Freeram) * int64(s.Unit)
}
