import {expect, test} from '@jest/globals'
import {wheelContent} from './wheel'

const scripts = (text: string) => {
  const entry = (name: string, content: string) => ({
    name: `demo-1.0.dist-info/${name}`,
    mode: 0o644,
    kind: 'file' as const,
    content: Buffer.from(content),
  })
  return wheelContent('demo-1.0-py3-none-any.whl', [
    entry('METADATA', 'Metadata-Version: 2.4\nName: demo\nVersion: 1.0\n\n'),
    entry('entry_points.txt', text),
  ])
}

test('the scripts of a wheel are those of both groups with plain names', () => {
  const text = '[console_scripts]\ndemo = demo:main\n../x = a:b\nbare\n[other]\ny = a:b\n[gui_scripts]\nwin=demo:gui\n'
  expect(scripts(text)).toMatchObject({targets: {demo: 'demo:main', win: 'demo:gui'}})
})

// A pattern for the whole line would try every blank as the beginning of the target.
test.each([
  ['target', `x = ${' '.repeat(10_000_000)}y\u2028z`],
  ['name', 'x'.repeat(10_000_000)],
  ['header', '['.repeat(10_000_000)],
])('a long %s in entry_points.txt costs one pass', (_, line) => {
  expect(scripts(`[console_scripts]\n${line}\ndemo = demo:main\n`)).toMatchObject({
    targets: expect.objectContaining({demo: 'demo:main'}),
  })
})
