//go:build unix

package process

import (
	"golang.org/x/sys/unix"
)

func monotonic() int64 {
	var ts unix.Timespec
	if unix.ClockGettime(unix.CLOCK_MONOTONIC, &ts) != nil {
		return 0
	}
	return ts.Nano()
}

func micros(t unix.Timeval) int64 { return int64(t.Sec)*1e6 + int64(t.Usec) }

func getUsage() usage {
	var r unix.Rusage
	if unix.Getrusage(unix.RUSAGE_SELF, &r) != nil {
		return usage{}
	}
	return usage{
		user: micros(r.Utime), system: micros(r.Stime), maxRSS: int64(r.Maxrss) / rssUnit,
		sharedMem: int64(r.Ixrss), unsharedData: int64(r.Idrss), unsharedStack: int64(r.Isrss),
		minorFault: int64(r.Minflt), majorFault: int64(r.Majflt), swaps: int64(r.Nswap),
		fsRead: int64(r.Inblock), fsWrite: int64(r.Oublock), ipcSent: int64(r.Msgsnd), ipcReceived: int64(r.Msgrcv),
		signals: int64(r.Nsignals), voluntaryCtx: int64(r.Nvcsw), involuntCtx: int64(r.Nivcsw),
	}
}
