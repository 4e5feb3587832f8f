// Command mcp-json-tools serves MCP over stdin and stdout.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/mcp-release/mcp-json-tools/internal/jsontools"
)

const name = "mcp-json-tools"

// Stamped at build time with -ldflags "-X main.version=… -X main.commit=… -X main.date=…".
var (
	version string
	commit  string
	date    string
)

const usage = "usage: " + name + " [--version | --help]\nServes MCP over stdin and stdout."

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run keeps to stderr: stdout belongs to the protocol, but for the answers to --version and --help.
func run(args []string, stdout, stderr io.Writer) int {
	switch {
	case len(args) == 0:
		return serve(stderr)
	case len(args) == 1 && args[0] == "--version":
		fmt.Fprintln(stdout, name, buildVersion())
		if commit != "" || date != "" {
			fmt.Fprintf(stderr, "commit %s, %s\n", commit, date)
		}
		return 0
	case len(args) == 1 && args[0] == "--help":
		fmt.Fprintln(stdout, usage)
		return 0
	default:
		fmt.Fprintf(stderr, "unknown arguments: %q\n%s\n", args, usage)
		return 2
	}
}

func serve(stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	info := &mcp.Implementation{Name: name, Title: "JSON tools", Version: buildVersion()}
	err := jsontools.NewServer(info).Run(ctx, &mcp.StdioTransport{})
	if err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, io.EOF) {
		fmt.Fprintln(stderr, "session ended:", err)
		return 1
	}
	return 0
}

// buildVersion is the stamped version; `go install module@version` stamps nothing, but records what it was asked for.
func buildVersion() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && strings.HasPrefix(info.Main.Version, "v") {
		return strings.TrimPrefix(info.Main.Version, "v")
	}
	return "0.0.0-devel"
}
