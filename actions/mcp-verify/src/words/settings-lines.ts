/** The file of settings that hints name. */
export const settingsFile = '.github/mcp-release.yml'

/** What a hint tells to add for one server. */
export interface Addition {
  readonly role?: 'program'
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly network?: 'on'
  readonly unverified?: 'allow'
}

/** The exact lines of `.github/mcp-release.yml` for one package. */
export function settingsLines(selector: string, {role, args = [], env = {}, network, unverified}: Addition): string {
  return [
    'servers:',
    `  ${scalar(selector)}:`,
    ...(role === undefined ? [] : [`    role: ${role}`]),
    ...(args.length === 0 ? [] : [`    args: [${args.map(scalar).join(', ')}]`]),
    ...(Object.keys(env).length === 0 ? [] : ['    env:']),
    ...Object.entries(env).map(([name, value]) => `      ${scalar(name)}: ${scalar(value)}`),
    ...(network === undefined ? [] : [`    network: ${network}`]),
    ...(unverified === undefined ? [] : [`    unverified: ${unverified}`]),
  ].join('\n')
}

// Plain where YAML 1.1 and 1.2 both read it as the same text, else in single quotes.
function scalar(text: string): string {
  const isPlain = /^[A-Za-z_./][\w./@-]*$/.test(text) && !/^(?:true|false|yes|no|on|off|null|y|n)$/i.test(text)
  return isPlain ? text : `'${text.replaceAll("'", "''")}'`
}
