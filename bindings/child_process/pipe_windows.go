package child_process

import "os"

func pipeFile(fd int) *os.File { return os.NewFile(uintptr(fd), "pipe") }

func closeWrite(f *os.File) { f.Close() }
