//go:build unix && !linux

package os

import (
	"encoding/binary"
	"math"
	"runtime"
	"time"

	"golang.org/x/sys/unix"
)

func sysctl64(name string) uint64 {
	if n, err := unix.SysctlUint64(name); err == nil {
		return n
	}
	n, _ := unix.SysctlUint32(name)
	return uint64(n)
}

func totalMemory() uint64 {
	if n := sysctl64("hw.memsize"); n > 0 {
		return n
	}
	return sysctl64("hw.physmem")
}

func freeMemory() uint64 {
	n := sysctl64("vm.page_free_count")
	if n == 0 {
		n = sysctl64("vm.stats.vm.v_free_count")
	}
	return n * uint64(unix.Getpagesize())
}

// loadAverage reads struct loadavg: three fixed-point numbers and their scale.
func loadAverage() (l [3]float64) {
	b, err := unix.SysctlRaw("vm.loadavg")
	if err != nil || len(b) < 16 {
		return l
	}
	scale := float64(binary.NativeEndian.Uint32(b[12:]))
	if len(b) >= 24 { // a long, aligned
		scale = float64(binary.NativeEndian.Uint64(b[16:]))
	}
	for i := range l {
		l[i] = math.Round(float64(binary.NativeEndian.Uint32(b[4*i:]))/scale*100) / 100
	}
	return l
}

func uptime() (float64, error) {
	b, err := unix.SysctlRaw("kern.boottime")
	if err != nil {
		return 0, err
	}
	if len(b) < 8 {
		return 0, unix.EINVAL
	}
	boot := time.Unix(int64(binary.NativeEndian.Uint64(b)), 0)
	return math.Floor(time.Since(boot).Seconds()), nil
}

func cpus() []CPU {
	model, err := unix.Sysctl("machdep.cpu.brand_string")
	if err != nil {
		if model, err = unix.Sysctl("hw.model"); err != nil {
			model = "unknown"
		}
	}
	speed := int(sysctl64("hw.cpufrequency") / 1e6)
	if speed == 0 {
		speed = 2400 // what libuv says of a processor that does not tell
	}
	list := make([]CPU, runtime.NumCPU())
	for i := range list {
		list[i] = CPU{Model: model, Speed: speed}
	}
	return list
}

func getPriority(pid int) (int, error) { return unix.Getpriority(unix.PRIO_PROCESS, pid) }

func setPriority(pid, prio int) error { return unix.Setpriority(unix.PRIO_PROCESS, pid, prio) }
