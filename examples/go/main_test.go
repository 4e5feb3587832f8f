package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

const stamped = "1.2.3-test"

// program is the path of the server, built once as a release builds it.
var program string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", name)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		program = filepath.Join(dir, name+".exe")
		build := exec.Command("go", "build", "-trimpath", "-ldflags", "-X main.version="+stamped, "-o", program, ".")
		if output, err := build.CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "%v\n%s", err, output)
			return 1
		}
		return m.Run()
	}())
}

type session struct {
	t      *testing.T
	cmd    *exec.Cmd
	input  io.WriteCloser
	output *bufio.Reader
	hello  map[string]any
}

func start(t *testing.T) *session {
	t.Helper()
	cmd := exec.Command(program)
	cmd.Stderr = os.Stderr
	input, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// It has often ended already, and then there is nothing to kill.
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	s := &session{t: t, cmd: cmd, input: input, output: bufio.NewReader(output)}
	s.hello = s.ask("initialize", map[string]any{
		"protocolVersion": "2025-11-25",
		"capabilities":    map[string]any{},
		"clientInfo":      map[string]any{"name": "test", "version": "1.0.0"},
	})
	s.send(map[string]any{"jsonrpc": "2.0", "method": "notifications/initialized"})
	return s
}

func (s *session) send(message map[string]any) {
	s.t.Helper()
	if err := json.NewEncoder(s.input).Encode(message); err != nil {
		s.t.Fatal(err)
	}
}

func (s *session) ask(method string, params map[string]any) map[string]any {
	s.t.Helper()
	s.send(map[string]any{"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
	line, err := s.output.ReadBytes('\n')
	if err != nil {
		s.t.Fatal(err)
	}
	var answer struct{ Result map[string]any }
	if err := json.Unmarshal(line, &answer); err != nil {
		s.t.Fatalf("%v in %s", err, line)
	}
	return answer.Result
}

func TestTheServerIntroducesItselfWithTheStampedVersion(t *testing.T) {
	info, _ := start(t).hello["serverInfo"].(map[string]any)
	if info["name"] != name || info["version"] != stamped {
		t.Errorf("serverInfo is %v", info)
	}
}

func TestTheServerLeavesWhenStdinCloses(t *testing.T) {
	s := start(t)
	if err := s.input.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Wait(); err != nil {
		t.Error(err)
	}
}

func TestTheServerLeavesOnSigterm(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no SIGTERM to handle")
	}
	s := start(t)
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Wait(); err != nil {
		t.Error(err)
	}
}

func TestTheVersionIsPrinted(t *testing.T) {
	output, err := exec.Command(program, "--version").Output()
	if err != nil || string(output) != name+" "+stamped+"\n" {
		t.Errorf("got %q, %v", output, err)
	}
}

func TestUnknownFlagsAreRefused(t *testing.T) {
	var stdout, stderr bytes.Buffer
	if code := run([]string{"--verbose"}, &stdout, &stderr); code != 2 || stdout.Len() != 0 || stderr.Len() == 0 {
		t.Errorf("code %d, stdout %q, stderr %q", code, &stdout, &stderr)
	}
}
