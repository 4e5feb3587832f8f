import {cp, mkdir, symlink, writeFile} from 'node:fs/promises'
import {basename, isAbsolute, join, resolve} from 'node:path'
import {
  type BaseImagePlace,
  addFiles,
  addPrograms,
  addSurroundings,
  answerOf,
  pushImage,
  runtimeLibraries,
  withContext,
} from './image'

// What gcc needs to link a program or a macro of Rust for its own platform; a name that it does not know is left out.
const linking = [
  ...['Scrt1.o', 'crt1.o', 'crti.o', 'crtn.o', 'crtbegin.o', 'crtbeginS.o', 'crtend.o', 'crtendS.o'],
  ...[
    'libgcc.a',
    'libgcc_eh.a',
    'libgcc_s.so',
    'libgcc_s.so.1',
    'liblto_plugin.so',
    'libc_nonshared.a',
    'libmvec.so.1',
  ],
  ...['c', 'm', 'dl', 'rt', 'util', 'pthread'].flatMap(name => [`lib${name}.so`, `lib${name}.so.6`, `lib${name}.a`]),
]
const home = '/usr/local'

/**
 * Puts a stand-in for the official `rust` image into the registry: this machine's rustup with its active toolchain, gcc
 * as its linker, a shell and what the Containerfiles of the examples call. `tag` is what a Containerfile asks for.
 */
export async function pushRust(place: BaseImagePlace, tag: string): Promise<void> {
  const sysroot = await answerOf('rustc', '--print', 'sysroot')
  const toolchain = basename(sysroot)
  await withContext(async folder => {
    const [rustup = ''] = (await answerOf('which', 'rustup')).split('\n')
    await addPrograms(folder, ['/bin/sh', '/bin/cp', '/bin/cat', '/usr/bin/gcc', '/usr/bin/ld', ...(await linkers())])
    await addFiles(folder, [...(await linkerFiles()), ...(await runtimeLibraries())])
    await addSurroundings(folder)
    await symlink('gcc', join(folder, 'usr/bin/cc'))
    const programs = join(folder, home, 'cargo/bin')
    await mkdir(programs, {recursive: true})
    await cp(rustup, join(programs, 'rustup'), {dereference: true})
    for (const name of ['cargo', 'rustc']) await symlink('rustup', join(programs, name))
    await mkdir(join(folder, home, 'rustup'), {recursive: true})
    await writeFile(
      join(folder, home, 'rustup/settings.toml'),
      `version = "12"\nprofile = "minimal"\ndefault_toolchain = ${JSON.stringify(toolchain)}\n`,
    )
    const containerfile = [
      'FROM scratch',
      `COPY --from=toolchain bin ${home}/rustup/toolchains/${toolchain}/bin`,
      `COPY --from=toolchain lib ${home}/rustup/toolchains/${toolchain}/lib`,
      'COPY . /',
      `ENV PATH=${home}/cargo/bin:/usr/bin:/bin HOME=/root CARGO_HOME=${home}/cargo RUSTUP_HOME=${home}/rustup`,
      // Nobody measures what is built with it; the optimizer takes a third of the time.
      'ENV CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off',
    ]
    await pushImage(place, {name: `library/rust:${tag}`, folder, containerfile, contexts: {toolchain: sysroot}})
  })
}

async function linkers(): Promise<readonly string[]> {
  const programs = await Promise.all(
    ['collect2', 'lto-wrapper'].map(name => answerOf('gcc', `-print-prog-name=${name}`)),
  )
  return programs.filter(isAbsolute)
}

async function linkerFiles(): Promise<readonly string[]> {
  const files = await Promise.all(linking.map(name => answerOf('gcc', `-print-file-name=${name}`)))
  return files.filter(isAbsolute).map(file => resolve(file))
}
