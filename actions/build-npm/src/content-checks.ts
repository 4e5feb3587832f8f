import type {Finding} from '@mcp-release/action-kit'
import {isForCertainMachines, textList} from '@mcp-release/package-managers'
import type {Expectation} from './checks'
import {takesFile} from './file-patterns'
import {installDownload} from './install-download'
import {type DeclaredEntry, type Manifest, declaredEntries, record, resolveEntry} from '@mcp-release/package-rules'
import type {Tarball} from './tarball'

const error = (text: string): Finding => ({level: 'error', text})
const warning = (text: string): Finding => ({level: 'warning', text})

/** What bin, main and exports name must be in the tarball. */
export function checkEntries(tarball: Tarball, manifest: Manifest, expected: Expectation): readonly Finding[] {
  const files = new Set(tarball.entries.map(({name}) => name))
  const missing = declaredEntries(manifest).filter(entry => resolveEntry(entry, files) === undefined)
  if (isEmptyPlatformPackage(tarball, manifest)) return []
  return missing.map(entry => {
    const text = `${tarball.file.name}: ${entry.target}, which ${entry.field} of package.json names, is not in it`
    if (entry.use === 'other') return warning(text)
    // Commands run without it; only who imports the package misses it.
    if (entry.field === 'main' && isMadeOfCommands(manifest, missing))
      return warning(`${text}; its commands do not need it: leave "main" out, or name a file that is there`)
    return error(`${text}\n${remedy(entry, tarball, manifest, expected)}`)
  })
}

function isMadeOfCommands(manifest: Manifest, missing: readonly DeclaredEntry[]): boolean {
  const has = declaredEntries(manifest).some(({use}) => use === 'bin')
  return (has && !missing.some(({use}) => use === 'bin')) || manifest.fields['exports'] !== undefined
}

function remedy(entry: DeclaredEntry, tarball: Tarball, manifest: Manifest, {checkout, ran}: Expectation): string {
  const {target, field} = entry
  const made = resolveEntry(entry, checkout)
  if (made !== undefined)
    return `It is in the folder of the package: add ${made}, or its folder, to "files" in package.json.`
  const download = installDownload(tarball, manifest.scripts)
  if (download !== undefined)
    return `The script ${download} downloads it, which clients that block install scripts do not run: put it into packages for each platform under "optionalDependencies".`
  const name = target.slice(target.lastIndexOf('/') + 1)
  const alike = [...checkout].filter(file => file.endsWith(`/${name}`) && !file.endsWith('.d.ts')).slice(0, 3)
  const commands = ran.map(each => `\`${each}\``).join(', ')
  const what =
    ran.length === 0
      ? 'Nothing was run that makes it: give package.json a script build that does'
      : `${commands} did not make it: see that the script writes it`
  return `${what}, or correct ${field}.${alike.length === 0 ? '' : ` There is ${alike.join(', ')}.`}`
}

/** Entries of `files` that take nothing: what was meant is not published. */
export function checkFilesField({file, entries}: Tarball, {fields}: Manifest): readonly Finding[] {
  const patterns = textList(fields['files']).filter(pattern => !pattern.startsWith('!'))
  return patterns
    .filter(pattern => !entries.some(({name}) => takesFile(pattern, name)))
    .map(pattern =>
      warning(
        `${file.name}: ${JSON.stringify(pattern)} in "files" of package.json matches nothing\nCorrect it or leave it out; what the build should have made there is missing.`,
      ),
    )
}

/** Dependencies that are to lie inside the package. */
export function checkBundled({file, entries}: Tarball, {fields}: Manifest): readonly Finding[] {
  const listed = fields['bundleDependencies'] ?? fields['bundledDependencies']
  const names = listed === true ? Object.keys(record(fields['dependencies'])) : textList(listed)
  return names
    .filter(name => !entries.some(entry => entry.name.startsWith(`node_modules/${name}/`)))
    .map(name =>
      error(
        `${file.name}: ${name}, which bundleDependencies of package.json lists, is not in it\n` +
          'Its manager bundles only what lies in node_modules of the package itself: leave it out of the list, or build it into the code (for example with esbuild).',
      ),
    )
}

const saysNothing = /^(?:package\.json|(?:readme|licen[cs]e|copying|notice|changelog)[^/]*)$/i

function isEmptyPlatformPackage({entries}: Tarball, {fields}: Manifest): boolean {
  return isForCertainMachines(fields) && entries.every(({name}) => saysNothing.test(name))
}

/** A package for one platform that holds no program: who has that platform gets nothing. */
export function checkPlatformPackage(tarball: Tarball, manifest: Manifest): readonly Finding[] {
  if (!isEmptyPlatformPackage(tarball, manifest)) return []
  const {fields} = manifest
  const machine = ['os', 'cpu', 'libc'].flatMap(name => {
    const values = typeof fields[name] === 'string' ? [fields[name]] : textList(fields[name])
    return values.length === 0 ? [] : [`${name} ${values.join(', ')}`]
  })
  const named = [...declaredEntries(manifest).map(({target}) => target), ...textList(fields['files'])]
  const wanted = [...new Set(named)].filter(name => !saysNothing.test(name))
  const holds = tarball.entries.map(({name}) => name).join(', ')
  return [
    error(
      `${tarball.file.name}: is made for ${machine.join(', ')}, but holds nothing except ${holds}\n` +
        `Its program is missing${wanted.length === 0 ? '' : ` (${wanted.join(', ')})`}: build it for this platform and copy it into the package before the release, or leave the package out of the release.`,
    ),
  ]
}
