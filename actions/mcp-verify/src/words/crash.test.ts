import {expect, test} from '@jest/globals'
import {crashRemedy} from './crash'

test.each([
  ["ModuleNotFoundError: No module named 'requests'", /does not bring requests along/],
  ["Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'zod' imported from /app/index.js", /does not bring zod along/],
  ["Error: Cannot find module '/tmp/run/node_modules/srv/dist/cli.js'", /does not bring dist\/cli.js along/],
  // mcp-server-sqlite 2025.4.25, which requires mcp>=1.6.0 without an upper bound, with mcp 2
  ["AttributeError: 'Server' object has no attribute 'list_resources'", /limit their versions/],
  ["ImportError: cannot import name 'FastMCP' from 'mcp.server'", /limit their versions/],
  [
    'srv: error while loading shared libraries: libssl.so.1.1: cannot open shared object file',
    /linked with libssl.so.1.1/,
  ],
  ["srv: /lib/libc.so.6: version `GLIBC_2.38' not found (required by srv)", /linked with GLIBC_2.38/],
])('%j', (text, expected) => {
  expect(crashRemedy(text)).toMatch(expected)
})

test('words that do not say why have no remedy of their own', () => {
  expect(crashRemedy('Segmentation fault (core dumped)')).toBeUndefined()
})
