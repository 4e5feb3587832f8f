import {type Tree, below, folderOf} from './detected'

/** A program in JavaScript or TypeScript that is no npm package. */
export interface Unpacked {
  /** What shows it. */
  readonly file: string
  /** The name that the package gets, such as that of its folder. */
  readonly name: string
  readonly tree: Tree
}

/** The package.json that makes an npm package of a program (https://docs.npmjs.com/cli/configuring-npm/package-json). */
export function npmLines({file, name, tree}: Unpacked): string {
  const folder = folderOf(file)
  const source = ['server', 'main', 'index', 'mod', 'src/server', 'src/main', 'src/index']
    .flatMap(each => ['.ts', '.mts', '.js', '.mjs', '.cjs'].map(ending => each + ending))
    .find(each => tree.files.includes(below(folder, each)))
  const entry = source ?? 'main.ts'
  const isBuilt = entry.endsWith('ts')
  const own = /"name"\s*:\s*"([^"\n]+)"/.exec(tree.texts[file] ?? '')?.[1]
  const plain = (own ?? name).toLowerCase().replaceAll(/[^a-z0-9@/._-]+/g, '-')
  const command = plain.slice(plain.lastIndexOf('/') + 1)
  const fields = {
    name: plain,
    version: '0.1.0',
    ...(entry.endsWith('.cjs') ? {} : {type: 'module'}),
    bin: {[command]: isBuilt ? 'dist/server.js' : entry},
    ...(isBuilt
      ? {
          files: ['dist'],
          scripts: {build: `esbuild ${entry} --bundle --platform=node --format=esm --outfile=dist/server.js`},
          devDependencies: {esbuild: '^0.25.0'},
        }
      : {}),
  }
  return [
    `Write ${below(folder, 'package.json')}, and begin ${entry} with the line #!/usr/bin/env node:`,
    ...JSON.stringify(fields, null, 2)
      .split('\n')
      .map(line => `    ${line}`),
  ].join('\n')
}
