// Shells hold these for themselves, and some may not be set to any text.
const ofShells =
  /^(?:_|IFS|OPT(?:IND|ARG|ERR)|LINENO|PPID|E?UID|GROUPS|RANDOM|SECONDS|PS\d|ENV|PWD|OLDPWD|SHELLOPTS|SHLVL|FUNCNAME|DIRSTACK|HIST\w*|MAIL\w*|BASH\w*|POSIXLY_CORRECT)$/

/**
 * Lines for a POSIX shell that becomes the server: they give its variables to it, and to nothing before it. What is no name
 * for a shell is given by env, the last program before the server.
 */
export function variableLines(env: Readonly<Record<string, string>>): string {
  const entries = Object.entries(env).filter(
    ([name, text]) => name !== '' && !/[=\0]/.test(name) && !text.includes('\0'),
  )
  const isPlain = ([name]: [string, string]) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !ofShells.test(name)
  const others = entries.filter(entry => !isPlain(entry))
  return [
    ...entries.filter(isPlain).map(([name, text]) => `export ${name}=${word(text)}`),
    ...(others.length === 0
      ? []
      : [`set -- env ${others.map(([name, text]) => word(`${name}=${text}`)).join(' ')} "$@"`]),
    '',
  ].join('\n')
}

/** A text as one word of a POSIX shell. */
export function word(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
