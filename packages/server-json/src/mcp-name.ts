/** Whether a text holds `mcp-name: NAME` as a whole word, not as the beginning of a longer name. */
export function holdsMcpName(text: string, name: string): boolean {
  return occurrences(text, name).some(rest => /^($|[^A-Za-z0-9._/-]|--!?>)/.test(rest))
}

/** The character that follows the name and makes it another one, when that is all that is wrong. */
export function gluedTo(text: string, name: string): string | undefined {
  return holdsMcpName(text, name) ? undefined : occurrences(text, name)[0]?.[0]
}

/** The first name that a text gives as `mcp-name: NAME`. */
export function firstMcpName(text: string): string | undefined {
  return /mcp-name: ([a-zA-Z0-9.-]+\/[a-zA-Z0-9._]+(?:-+[a-zA-Z0-9._]+)*)/.exec(text)?.[1]
}

/** What of a Markdown text a reader sees: the page of a crate shows its readme without comments. */
export function withoutComments(text: string): string {
  return text.replaceAll(/<!--[\s\S]*?-->/g, '')
}

/**
 * Why a readme does not prove that its package belongs to a server, with the remedy; `undefined` when it does. The registry
 * looks for `mcp-name: NAME` in the text as it is published, whatever is around it, and in a crate's page, which is shown
 * without comments.
 */
export function mcpNameProblem(
  text: string,
  name: string,
  {hidesComments = false}: {readonly hidesComments?: boolean} = {},
): string | undefined {
  const shown = hidesComments ? withoutComments(text) : text
  if (holdsMcpName(shown, name)) return undefined
  const other = firstMcpName(shown)
  const glued = gluedTo(shown, name)
  if (glued !== undefined && other?.replace(/[._]+$/, '') === name)
    return `has "mcp-name: ${name}" with ${JSON.stringify(glued)} after it; put it on a line of its own`
  if (holdsMcpName(text, name))
    return `has "mcp-name: ${name}" in a comment, which is not shown on the crate's page; make it visible`
  if (other !== undefined)
    return `has "mcp-name: ${other}", but server.json has the name ${JSON.stringify(name)}; write "mcp-name: ${name}" in its place, or set the name in server.json`
  const line = hidesComments ? `mcp-name: ${name}` : `<!-- mcp-name: ${name} -->`
  return `does not name the server, by which the MCP Registry knows the owner; add the line ${line}`
}

/** Why `mcpName` of a package.json does not prove it, likewise: the registry compares it with the name of the server. */
export function packageNameProblem(given: unknown, name: string): string | undefined {
  if (given === name) return undefined
  const wanted = `"mcpName": ${JSON.stringify(name)}`
  return given === undefined
    ? `has no mcpName, by which the MCP Registry knows the owner; add ${wanted}`
    : `has the mcpName ${JSON.stringify(given)}, but server.json has the name ${JSON.stringify(name)}; set "mcpName" to that, or the name in server.json`
}

// The few characters after each occurrence.
function occurrences(text: string, name: string): readonly string[] {
  const token = `mcp-name: ${name}`
  const rests: string[] = []
  for (let at = text.indexOf(token); at >= 0; at = text.indexOf(token, at + 1)) {
    const end = at + token.length
    rests.push(text.slice(end, end + 4))
  }
  return rests
}
