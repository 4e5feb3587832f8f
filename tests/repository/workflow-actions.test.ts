import {readFile, readdir} from 'node:fs/promises'
import {expect, test} from '@jest/globals'

// Actions that start with Node 20 left the runners on 2026-09-23; these are the first majors on Node 24. download-artifact
// fails on a digest that does not match from 8 on (https://github.com/actions/download-artifact/releases).
const oldest: Readonly<Record<string, number>> = {
  'actions/checkout': 6,
  'actions/upload-artifact': 6,
  'actions/download-artifact': 8,
  'actions/setup-go': 6,
  'actions/setup-node': 6,
  'actions/setup-python': 6,
}

test('workflows use only GitHub’s own actions, on Node 24, each by its full commit with the version beside it', async () => {
  const folder = '.github/workflows'
  const texts = await Promise.all((await readdir(folder)).map(name => readFile(`${folder}/${name}`, 'utf8')))
  const used = texts.flatMap(text => [...text.matchAll(/uses: (?!\$\/|\.\/)(.*)$/gm)].map(([, use = '']) => use))
  expect(used.length).toBeGreaterThan(5)
  for (const use of used) {
    const [, action = '', major] = /^([\w-]+\/[\w-]+)@[0-9a-f]{40} # v(\d+)\.\d+\.\d+$/.exec(use) ?? []
    expect({use, recent: Number(major) >= (oldest[action] ?? Infinity)}).toEqual({use, recent: true})
  }
})
