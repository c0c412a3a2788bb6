package main

import "os"

func peakKiB(*os.ProcessState) float64 { return 0 }
