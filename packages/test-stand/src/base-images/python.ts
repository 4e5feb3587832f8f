import {cp} from 'node:fs/promises'
import {basename, join} from 'node:path'
import {
  type BaseImagePlace,
  addFiles,
  addLibraries,
  addPrograms,
  addSurroundings,
  answerOf,
  pushImage,
  runtimeLibraries,
  trusted,
  withContext,
} from './image'

interface Python {
  /** Absolute, with links resolved. */
  readonly program: string
  /** Such as `3.12`. */
  readonly version: string
  readonly standardLibrary: string
  /** Extension modules of the standard library. */
  readonly modules: readonly string[]
}

const question = `
import glob, json, os, sys, sysconfig
library = sysconfig.get_path("stdlib")
print(json.dumps({
  "program": os.path.realpath(sys.executable), "version": sysconfig.get_python_version(), "standardLibrary": library,
  "modules": glob.glob(os.path.join(sysconfig.get_config_var("DESTSHARED"), "*.so")),
}))`

// Not part of a Python that runs programs, or installed beside it.
const left = new Set(['site-packages', 'dist-packages', 'test', '__pycache__', 'idlelib', 'turtledemo'])

/**
 * Puts a stand-in for the official `python` image into the registry: this machine's Python, whatever its version, with a
 * fresh pip that asks this machine's index. `tag` is what a Containerfile asks for.
 */
export async function pushPython(place: BaseImagePlace, tag: string): Promise<void> {
  const python = JSON.parse(await answerOf('python3', '-c', question)) as Python
  const index = await answerOf('python3', '-m', 'pip', 'config', 'get', 'global.index-url').catch(() => '')
  await withContext(async folder => {
    await addPrograms(folder, ['/bin/sh', python.program])
    await addLibraries(folder, python.modules)
    await addFiles(folder, await runtimeLibraries())
    await addSurroundings(folder)
    // Python looks for its library beside its own place.
    await cp(python.standardLibrary, join(folder, python.standardLibrary), {
      recursive: true,
      filter: from => !left.has(basename(from)),
    })
    const links = ['python', 'python3'].map(name => `os.symlink('${python.program}', '/usr/local/bin/' + '${name}')`)
    const containerfile = [
      'FROM scratch',
      'COPY . /',
      `ENV PATH=/usr/local/bin:/bin HOME=/root PIP_CERT=${trusted} SSL_CERT_FILE=${trusted}${index === '' ? '' : ` PIP_INDEX_URL=${index}`}`,
      `RUN ${python.program} -c "import os; os.makedirs('/usr/local/bin'); ${links.join('; ')}" \\`,
      ` && ${python.program} -m ensurepip --default-pip \\`,
      ` && ${python.program} -c "import os, shutil; os.path.exists('/usr/local/bin/pip') or os.symlink(os.path.join(os.path.dirname('${python.program}'), 'pip'), '/usr/local/bin/pip')"`,
    ]
    await pushImage(place, {name: `library/python:${tag}`, folder, containerfile})
  })
}
