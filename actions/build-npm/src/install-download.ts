import type {Tarball} from './tarball'

const downloads =
  /https?:\/\/|\bcurl\b|\bwget\b|\bfetch\(|https?\.get\(|\bnode-pre-gyp\b|\bprebuild-install\b|\bnode-gyp-build\b|\bdownload\b/i

/** The install script of a package that downloads something, by its own text or that of the file that it starts. */
export function installDownload({entries}: Tarball, scripts: Readonly<Record<string, string>>): string | undefined {
  return ['preinstall', 'install', 'postinstall'].find(name => {
    const script = scripts[name]
    if (script === undefined) return false
    if (downloads.test(script)) return true
    const words = script.split(/[\s;&|"']+/).map(word => word.replace(/^(?:\.\/)+/, ''))
    const started = entries.filter(entry =>
      words.some(word => [word, `${word}.js`, `${word}/index.js`].includes(entry.name)),
    )
    return started.some(({content}) => downloads.test(Buffer.from(content.subarray(0, 200_000)).toString('utf8')))
  })
}
