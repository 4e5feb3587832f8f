import {execFileSync} from 'node:child_process'
import {symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {readReferences} from './references'
import {inputs} from './testing'

const onPosix = process.platform === 'win32' ? test.skip : test

onPosix(
  'what is named must be a file: a folder, a named pipe, or a link to one is told, and never opened',
  async () => {
    const host = new FakeHost()
    await host.files.makeDirectory('server.json')
    execFileSync('mkfifo', [join(host.workspace, 'pipe')])
    symlinkSync('pipe', join(host.workspace, 'link'))
    const given = inputs({plan: 'pipe', 'previous-tools': 'link'})
    await expect(readReferences(given, host)).rejects.toMatchObject({
      problems: [
        'server-json: "server.json" is no file',
        'previous-tools: "link" is no file',
        'plan: "pipe" is no file',
      ],
    })
  },
)
