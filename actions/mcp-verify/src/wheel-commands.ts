import type {Finding} from '@mcp-release/action-kit'
import {type ProgramRun, printable} from '@mcp-release/mcp'
import type {VirtualEnvironment} from '@mcp-release/tools'
import type {Content} from './candidate'
import type {OtherCommand} from './launch'

type Wheel = Extract<Content, {kind: 'wheel'}>

// Loads what a script loads (https://packaging.python.org/en/latest/specifications/entry-points/#data-model), and says in
// its last line what is missing. What a program does when it is loaded, such as to end without its settings, is its own.
const question = `import importlib, json, sys
name, module, attributes = sys.argv[1:4]
sys.argv = [name]
def tell(**words):
    sys.stderr.flush()
    print("\\n" + json.dumps(words), file=sys.stderr, flush=True)
try:
    found = importlib.import_module(module)
    for attribute in filter(None, attributes.split(".")):
        if not hasattr(found, attribute):
            tell(absent=attribute)
            sys.exit(3)
        found = getattr(found, attribute)
except (ImportError, SyntaxError, NameError) as error:
    tell(error=f"{type(error).__name__}: {error}", missing=getattr(error, "name", None) if isinstance(error, ModuleNotFoundError) else None)
    sys.exit(3)
`

/** The scripts besides the server: what each calls is imported. */
export function otherScripts(
  script: string,
  {wheel, environment}: {readonly wheel: Wheel; readonly environment: VirtualEnvironment},
): readonly OtherCommand[] {
  const seen = new Set([wheel.targets[script]])
  return Object.entries(wheel.targets).flatMap(([name, target]) => {
    const [, module, attributes = '', extras] = /^([\w.]+)\s*(?::\s*([\w.]+))?\s*(\[.*\])?$/.exec(target) ?? []
    // Extras are installed by who wants the command.
    if (seen.has(target) || module === undefined || extras !== undefined) return []
    seen.add(target)
    // The interpreter by its own name, so that the environment's packages are found.
    const argv = [environment.python, '-c', question, name, module, attributes]
    return [{name, argv, judge: run => judge(run, {target, module, extras: wheel.extras})} satisfies OtherCommand]
  })
}

interface Target {
  readonly target: string
  readonly module: string
  readonly extras: boolean
}

function judge({exit, stderr}: ProgramRun, {target, module, extras}: Target): Finding | undefined {
  if (exit?.code !== 3) return undefined
  const words = lastWords(stderr)
  if (words === undefined) return undefined
  const {absent, error = '', missing} = words
  if (absent !== undefined) return {level: 'error', text: `${target}: ${module} has no ${printable(absent)}`}
  const top = module.split('.')[0] ?? ''
  const foreign = missing !== undefined && missing !== null && missing.split('.')[0] !== top
  // Without the extra that brings it, or a library of the system, it cannot be loaded here.
  const excused = (foreign && extras) || /cannot open shared object file|DLL load failed/.test(error)
  return {level: excused ? 'warning' : 'error', text: `${target}: ${printable(error)}`}
}

interface Words {
  readonly absent?: string
  readonly error?: string
  readonly missing?: string | null
}

function lastWords(stderr: string): Words | undefined {
  const line = stderr.trimEnd().split('\n').at(-1) ?? ''
  try {
    return JSON.parse(line) as Words
  } catch {
    return undefined
  }
}
