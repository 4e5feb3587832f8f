import {spawnSync} from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {discard, keep, keepFailed, makeScratch} from './workplace'

const folder = () => realpathSync(mkdtempSync(join(tmpdir(), 'workplace-')))
/** The number of a process that has ended. */
const deadPid = spawnSync(process.execPath, ['-e', '']).pid

function place() {
  const parent = folder()
  return {parent, out: join(parent, 'out'), temporary: folder()}
}

async function snapshotOf({out, temporary}: ReturnType<typeof place>, text: string): Promise<void> {
  const scratch = await makeScratch(out, temporary)
  writeFileSync(join(scratch.partial, 'file'), text)
  await keep(scratch, out)
  await discard(scratch)
}

test('a snapshot replaces the one that was there before, and leaves nothing else', async () => {
  const at = place()
  await snapshotOf(at, 'first')
  await snapshotOf(at, 'second')
  expect(readFileSync(join(at.out, 'file'), 'utf8')).toBe('second')
  expect([readdirSync(at.parent), readdirSync(at.temporary)]).toEqual([['out'], []])
})

const foreign: Readonly<Record<string, (out: string) => void>> = {
  'any file': out => writeFileSync(join(out, 'thesis.txt'), 'mine'),
  // Scanners write such reports, too.
  'a report with a schemaVersion': out => writeFileSync(join(out, 'report.json'), '{"schemaVersion": 1}'),
  'a link in the place of the mark': out => symlinkSync('/etc/hostname', join(out, '.mcp-release-snapshot')),
  'a mark of somebody else': out => writeFileSync(join(out, '.mcp-release-snapshot'), 'x'),
}

test.each(Object.entries(foreign))('a folder with %s is never replaced', async (_, write) => {
  const at = place()
  mkdirSync(at.out)
  write(at.out)
  const before = readdirSync(at.out)
  await expect(makeScratch(at.out, at.temporary)).rejects.toThrow('holds files that no snapshot made')
  expect([readdirSync(at.out), readdirSync(at.parent), readdirSync(at.temporary)]).toEqual([before, ['out'], []])
})

test('a folder that somebody fills meanwhile is not replaced; nor is a file', async () => {
  const at = place()
  const scratch = await makeScratch(at.out, at.temporary)
  mkdirSync(at.out)
  writeFileSync(join(at.out, 'thesis.txt'), 'mine')
  await expect(keep(scratch, at.out)).rejects.toThrow('holds files that no snapshot made')
  expect(readdirSync(at.out)).toEqual(['thesis.txt'])
  await discard(scratch)
  const other = place()
  writeFileSync(other.out, 'mine')
  await expect(makeScratch(other.out, other.temporary)).rejects.toThrow('is not a folder that can be written')
})

test('what failed replaces what failed before, but no folder, file or link of somebody else', async () => {
  const at = place()
  const fail = async () => {
    const scratch = await makeScratch(at.out, at.temporary)
    const kept = await keepFailed(scratch, at.out)
    await discard(scratch)
    return kept
  }
  expect(await fail()).toBe(`${at.out}.failed`)
  expect(await fail()).toBe(`${at.out}.failed`)
  const other = place()
  mkdirSync(`${other.out}.failed`)
  writeFileSync(join(`${other.out}.failed`, 'thesis.txt'), 'mine')
  writeFileSync(`${other.out}.failed-2`, 'mine')
  symlinkSync('nowhere', `${other.out}.failed-3`)
  const scratch = await makeScratch(other.out, other.temporary)
  expect(await keepFailed(scratch, other.out)).toBe(`${other.out}.failed-4`)
  expect(readdirSync(`${other.out}.failed`)).toEqual(['thesis.txt'])
})

/** A run that is killed at once after it made its folders. */
async function killed(at: ReturnType<typeof place>, pid: number): Promise<string> {
  const scratch = await makeScratch(at.out, at.temporary)
  for (const each of [scratch.root, scratch.partial]) {
    const mark = join(each, '.mcp-release-snapshot')
    writeFileSync(mark, readFileSync(mark, 'utf8').replace(String(process.pid), String(pid)))
  }
  renameSync(scratch.partial, `${at.out}.partial-${pid}`)
  return scratch.root
}

test('the folders of a killed run are removed by the next one; those of a running one stay', async () => {
  const at = place()
  const dead = await killed(at, deadPid)
  const running = await killed(at, process.ppid)
  const scratch = await makeScratch(at.out, at.temporary)
  await discard(scratch)
  expect([existsSync(dead), existsSync(running)]).toEqual([false, true])
  expect(readdirSync(at.parent)).toEqual([`out.partial-${process.ppid}`])
})

test('what only looks like a remnant stays', async () => {
  const at = place()
  const names = [`out.partial-${deadPid}`, `out.before-${deadPid}`, 'out.failed', 'outer.partial-1']
  for (const name of names) {
    mkdirSync(join(at.parent, name))
    writeFileSync(join(at.parent, name, 'thesis.txt'), 'mine')
  }
  mkdirSync(join(at.temporary, 'mcp-release-of-somebody'))
  symlinkSync(at.parent, join(at.temporary, 'mcp-release-link'))
  const scratch = await makeScratch(at.out, at.temporary)
  await discard(scratch)
  expect(readdirSync(at.parent).sort()).toEqual([...names].sort())
  expect(readdirSync(at.temporary)).toEqual(['mcp-release-link', 'mcp-release-of-somebody'])
})

test('a run that was killed between two renames loses nothing', async () => {
  const at = place()
  await snapshotOf(at, 'before')
  renameSync(at.out, `${at.out}.before-${deadPid}`)
  await discard(await makeScratch(at.out, at.temporary))
  expect(readFileSync(join(at.out, 'file'), 'utf8')).toBe('before')
})
