const otherKinds =
  /(?:^|[-_.])(?:cli|client|inspector|inspect|discovery|probe|audit|load|stress|loadtest|load-test|bench|benchmark|mock|fake|stub|example|demo|test|tests|tester|testing|e2e|gen|generate|generator|codegen|docgen|xtask|migrate|create|setup|installer|install|sdk)(?:[-_.]|\d*$)/i
const serverKinds = /(?:^|[-_.])(?:mcp|server|mcpserver|srv)(?:[-_.]|$)/i

/** Whether a name says that a program is something else than a server, such as a load test. */
export function isOtherKind({name}: {readonly name: string}): boolean {
  const plain = name.replace(/^@[^/]*\//, '')
  return otherKinds.test(plain) && !serverKinds.test(plain)
}

/** Whether a name says that a program is a server. */
export function isServerName(name: string): boolean {
  return serverKinds.test(name)
}
