package os

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

func readFields(path string) []string {
	b, _ := os.ReadFile(path)
	return strings.Fields(string(b))
}

func memInfo(key string) uint64 {
	b, _ := os.ReadFile("/proc/meminfo")
	for line := range strings.Lines(string(b)) {
		if f := strings.Fields(line); len(f) >= 2 && f[0] == key+":" {
			n, _ := strconv.ParseUint(f[1], 10, 64)
			return n << 10
		}
	}
	return 0
}

func freeMemory() uint64  { return memInfo("MemAvailable") }
func totalMemory() uint64 { return memInfo("MemTotal") }

func loadAverage() (l [3]float64) {
	for i, f := range readFields("/proc/loadavg") {
		if i < 3 {
			l[i], _ = strconv.ParseFloat(f, 64)
		}
	}
	return l
}

func uptime() (float64, error) {
	if f := readFields("/proc/uptime"); len(f) > 0 {
		return strconv.ParseFloat(f[0], 64)
	}
	var ts unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &ts); err != nil {
		return 0, err
	}
	return float64(ts.Nano()/1e6) / 1e3, nil
}

func cpus() []CPU {
	b, _ := os.ReadFile("/proc/stat")
	var list []CPU
	var ids []int
	const tick = 10 // milliseconds: USER_HZ is 100 everywhere
	for line := range strings.Lines(string(b)) {
		f := strings.Fields(line)
		if len(f) < 7 || !strings.HasPrefix(f[0], "cpu") || f[0] == "cpu" {
			continue
		}
		n := func(i int) float64 { x, _ := strconv.ParseFloat(f[i], 64); return x * tick }
		id, _ := strconv.Atoi(f[0][3:])
		ids = append(ids, id)
		list = append(list, CPU{Model: "unknown", User: n(1), Nice: n(2), Sys: n(3), Idle: n(4), IRQ: n(6)})
	}
	b, _ = os.ReadFile("/proc/cpuinfo")
	at := -1
	for line := range strings.Lines(string(b)) {
		k, v, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		v = strings.TrimSpace(v)
		switch strings.TrimSpace(k) {
		case "processor":
			at = -1
			if id, err := strconv.Atoi(v); err == nil {
				for i := range ids {
					if ids[i] == id {
						at = i
					}
				}
			}
		case "model name":
			if at >= 0 {
				list[at].Model = v
			}
		}
	}
	for i, id := range ids {
		if f := readFields("/sys/devices/system/cpu/cpu" + strconv.Itoa(id) + "/cpufreq/scaling_cur_freq"); len(f) > 0 {
			khz, _ := strconv.Atoi(f[0])
			list[i].Speed = khz / 1000
		}
	}
	return list
}

func getPriority(pid int) (int, error) {
	if pid == 0 {
		pid = os.Getpid()
	}
	n, err := unix.Getpriority(unix.PRIO_PROCESS, pid)
	return 20 - n, err // the kernel's own form, which is never negative
}

// setPriority changes every thread if the process is this one: to Linux a
// priority belongs to a thread, and Go moves goroutines between them.
func setPriority(pid, prio int) error {
	if pid == 0 {
		pid = os.Getpid()
	}
	if err := unix.Setpriority(unix.PRIO_PROCESS, pid, prio); err != nil {
		return err
	}
	if pid == os.Getpid() {
		tasks, _ := filepath.Glob("/proc/self/task/*")
		for _, t := range tasks {
			if tid, err := strconv.Atoi(filepath.Base(t)); err == nil && tid != pid {
				_ = unix.Setpriority(unix.PRIO_PROCESS, tid, prio)
			}
		}
	}
	return nil
}
