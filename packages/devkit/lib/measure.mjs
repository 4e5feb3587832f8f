// @ts-check
import {spawn} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'

// Runs in the measured process, at its end. VmHWM, since the figure of getrusage also counts the process that started it.
const hook = `import {readFileSync, writeFileSync} from 'node:fs'
process.on('exit', () => {
  const usage = process.resourceUsage()
  let kilobytes = usage.maxRSS
  try { kilobytes = Number(/VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) } catch {}
  writeFileSync(process.env.BENCH_USAGE, JSON.stringify({kilobytes, cpu: (usage.userCPUTime + usage.systemCPUTime) / 1e6}))
})`

/**
 * Runs a Node program to its end as a process of its own.
 *
 * @param {string} program
 * @param {{node: string, env: Record<string, string>, cwd: string, scratch: string}} options
 * @returns {Promise<{seconds: number, cpu: number, megabytes: number}>} wall clock, processor time, peak memory
 */
export async function measure(program, {node, env, cwd, scratch}) {
  const usage = join(scratch, 'usage.json')
  const args = ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, program]
  const started = performance.now()
  const child = spawn(node, args, {cwd, env: {...env, BENCH_USAGE: usage}, stdio: ['ignore', 'pipe', 'pipe']})
  const chunks = /** @type {Buffer[]} */ ([])
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => chunks.push(chunk))
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  const seconds = (performance.now() - started) / 1000
  if (code !== 0) throw new Error(`${program} exited with ${code}:\n${Buffer.concat(chunks).toString()}`)
  const {kilobytes, cpu} = JSON.parse(readFileSync(usage, 'utf8'))
  return {seconds, cpu, megabytes: kilobytes / 1000}
}
