//go:build unix

package cluster_test

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/gonode/gonode/internal/jstest"
)

// A killed primary leaves no worker behind, whatever that is doing.
func TestOrphans(t *testing.T) {
	for name, body := range map[string]string{"waits": "setInterval(() => {}, 1000)", "spins": "for (;;);"} {
		t.Run(name, func(t *testing.T) {
			script := filepath.Join(t.TempDir(), "cluster.js")
			src := "const cluster = require('cluster');\n" +
				"if (cluster.isPrimary) cluster.fork().on('message', (m) => console.log(m));\n" +
				"else { process.send(process.pid, () => { " + body + " }); setInterval(() => {}, 1000); }"
			if err := os.WriteFile(script, []byte(src), 0o600); err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command(jstest.Binary(t), script)
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			line, _, err := bufio.NewReader(out).ReadLine()
			pid, _ := strconv.Atoi(string(line))
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
			if err != nil || pid == 0 {
				t.Fatalf("no worker: %q, %v", line, err)
			}
			deadline := time.Now().Add(jstest.Limit)
			for alive(pid) {
				if time.Now().After(deadline) {
					_ = syscall.Kill(pid, syscall.SIGKILL)
					t.Fatalf("worker %d lives on", pid)
				}
				time.Sleep(10 * time.Millisecond)
			}
		})
	}
}

// alive is false for a zombie, too: nobody may be there to reap it.
func alive(pid int) bool {
	if syscall.Kill(pid, 0) != nil {
		return false
	}
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		_, none := os.Stat("/proc/self/stat")
		return none != nil // no such folder on this system
	}
	for i := len(stat) - 1; i > 0; i-- {
		if stat[i] == ')' && i+2 < len(stat) {
			return stat[i+2] != 'Z'
		}
	}
	return true
}
