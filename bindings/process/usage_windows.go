package process

import (
	"time"

	"golang.org/x/sys/windows"
)

var epoch = time.Now()

func monotonic() int64 { return int64(time.Since(epoch)) + 1e9 }

func getUsage() usage {
	var created, exited, kernel, user windows.Filetime
	if windows.GetProcessTimes(windows.CurrentProcess(), &created, &exited, &kernel, &user) != nil {
		return usage{}
	}
	us := func(f windows.Filetime) int64 { return (int64(f.HighDateTime)<<32 | int64(f.LowDateTime)) / 10 }
	return usage{user: us(user), system: us(kernel)}
}
