import {expect, test} from '@jest/globals'
import {decisiveLine} from './decisive-line'

test.each([
  [
    'a traceback',
    "ended with exit code 1 before it answered initialize; its last words:\n  Traceback (most recent call last):\n    File \"/tmp/x/mcp-verify-aB3dE6/venv/bin/demo\", line 5, in <module>\n  ImportError: cannot import name 'FastMCP' from 'mcp' (/tmp/x/mcp-verify-aB3dE6/venv/lib/mcp/__init__.py)",
    "ImportError: cannot import name 'FastMCP' from 'mcp' (venv/lib/mcp/__init__.py)",
  ],
  [
    'Node.js',
    "ended with exit code 1 before it answered initialize; its last words:\n  node:internal/modules/esm/resolve:283\n      throw new ERR_MODULE_NOT_FOUND(\n  Error [ERR_MODULE_NOT_FOUND]: Cannot find module 'x'\n    code: 'ERR_MODULE_NOT_FOUND',\n  }\n  Node.js v20.20.2",
    "Error [ERR_MODULE_NOT_FOUND]: Cannot find module 'x'",
  ],
  [
    'pip, which finds no version',
    'python -m pip install exited with 1:\nERROR: Could not find a version that satisfies the requirement httpx>=9 (from demo) (from versions: 0.1, 0.2)\nERROR: No matching distribution found for httpx>=9',
    'No matching distribution found for httpx>=9',
  ],
  [
    'pip, whose resolver gives up',
    'python -m pip install exited with 1:\nERROR: Cannot install demo==1.0 because these package versions have conflicting dependencies.\nERROR: ResolutionImpossible: for help visit https://pip.pypa.io',
    'Cannot install demo==1.0 because these package versions have conflicting dependencies.',
  ],
  [
    'npm',
    'npm install exited with 1:\nnpm error code ETARGET\nnpm error notarget No matching version found for zod@^99.\nnpm error notarget In most cases you or one of your dependencies',
    'No matching version found for zod@^99.',
  ],
  [
    'anything else',
    'no answer to initialize within 5 s; it wrote nothing to stderr',
    'no answer to initialize within 5 s; it wrote nothing to stderr',
  ],
  [
    'words that come last',
    'ended with exit code 3; its last words:\n  cannot start',
    'ended with exit code 3; its last words: cannot start',
  ],
])('the line that matters of %s', (_, message, line) => {
  expect(decisiveLine(message)).toBe(line)
})

test('a long line is cut at the same place wherever the run had its folder', () => {
  const words = (folder: string) =>
    `ended; its last words:\n  ImportError: no X in (${folder}/mcp-verify-aB3dE6/venv/${'x'.repeat(300)}`
  const cut = (text: string) => `${text.slice(0, 225)}… (${text.length} characters)`
  expect(decisiveLine(cut(words('/tmp')))).toBe(decisiveLine(cut(words('/home/runner/work/_temp'))))
  expect(decisiveLine(words('/tmp')).length).toBe(201)
})
