const otherKinds =
  /(?:^|[-_.])(?:cli|client|mcphost|inspector|inspect|discovery|probe|audit|load|stress|loadtest|load-test|bench|benchmark|mock|fake|stub|example|demo|test|tests|tester|testing|e2e|gen|generate|generator|codegen|docgen|xtask|migrate|create|setup|installer|install|sdk)(?:[-_.]|\d*$)/i
const serverKinds = /(?:^|[-_.])(?:mcp|server|mcpserver|srv)(?:[-_.]|$)/i

// Where repositories keep what their own developers run.
const developerFolders = /(?:^|\/)(?:scripts?|hack|tools?|internal|ci|dev|linters?|generators?|help)(?:\/|$)/i

/** Whether its name or place says that a program is something else than a server, such as a load test. */
export function isOtherKind({name, main}: {readonly name: string; readonly main?: string}): boolean {
  const plain = name.replace(/^@[^/]*\//, '')
  if (main !== undefined && developerFolders.test(main)) return true
  return otherKinds.test(plain) && !serverKinds.test(plain)
}

/** Whether a name says that a program is a server. */
export function isServerName(name: string): boolean {
  return serverKinds.test(name)
}
