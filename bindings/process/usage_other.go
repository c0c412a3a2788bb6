//go:build !linux

package process

// threadUsage is the process's: threads cannot be told apart here.
func threadUsage() (user, system int64) {
	u := getUsage()
	return u.user, u.system
}

func totalMemory() int64 { return 0 }
