import {expect, test} from '@jest/globals'
import {programName} from './program-file'

// Names as GoReleaser, cargo-dist, cargo-binstall's conventions and this suite write them.
test.each([
  ['my_server_1.0.0_linux_amd64.tar.gz', 'my_server'],
  ['mcp-json-tools_0.1.0_windows_arm64.zip', 'mcp-json-tools'],
  ['github-mcp-server_Linux_x86_64.tar.gz', 'github-mcp-server'],
  ['server-v1.2.3-rc.1-darwin-arm64.tar.gz', 'server'],
  ['server-x86_64-unknown-linux-musl.tar.gz', 'server'],
  ['tool-aarch64-apple-darwin.tar.xz', 'tool'],
  ['mcp-server-windows-amd64.exe', 'mcp-server'],
  ['mcp-grafana_Darwin_arm64.tar.gz', 'mcp-grafana'],
  ['server_2026.11.29.1_linux_armv7.tar.gz', 'server'],
  ['tool_macos_universal.zip', 'tool'],
  ['k8s-mcp-server.linux-amd64', 'k8s-mcp-server'],
  ['sqlite3', 'sqlite3'],
  ['mcp_server_v2', 'mcp_server_v2'],
  ['linux-tools_1.0.0.zip', 'linux-tools'],
  ['server.exe', 'server'],
])('%s is the program %s', (file, name) => {
  expect(programName(file)).toBe(name)
})
