/** Reads GITHUB_OUTPUT: `name=value` lines and `name<<MARK` … `MARK` sections. */
export function readOutputs(text: string): Readonly<Record<string, string>> {
  const outputs: Record<string, string> = {}
  const lines = text.split(/\r?\n/)
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const [, name, mark] = /^([^=<]+)<<(.+)$/.exec(line) ?? []
    if (name !== undefined && mark !== undefined) {
      const end = lines.indexOf(mark, at + 1)
      if (end < 0) break
      outputs[name] = lines.slice(at + 1, end).join('\n')
      at = end
    } else if (line.includes('=')) {
      outputs[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1)
    }
  }
  return outputs
}
