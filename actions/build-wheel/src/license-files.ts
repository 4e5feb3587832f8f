import type {Finding} from '@mcp-release/action-kit'
import type {Sdist} from './sdist'
import type {Wheel} from './wheel'

/**
 * Whether the license files that metadata names are inside, at the places where PyPI looks for them (PEP 639;
 * https://github.com/pypi/warehouse/blob/main/warehouse/forklift/legacy.py). Before 2.4, uploads leave the field out.
 */
export function checkLicenseFiles(archive: Wheel | Sdist): readonly Finding[] {
  const {file, metadata, entries} = archive
  const [, minor = '0'] = /^2\.(\d+)$/.exec(metadata.field('metadata-version')[0] ?? '') ?? []
  if (Number(minor) < 4) return []
  const folder = 'infoFolder' in archive ? `${archive.infoFolder}/licenses` : archive.folder
  const names = new Set(entries.map(({name}) => name))
  const places = metadata.field('license-file').map(name => `${folder}/${name}`)
  return places
    .filter(place => !names.has(place))
    .map(place => ({
      level: 'error',
      text:
        `${file.name}: names the license file ${place}, which is not inside, and PyPI refuses that\n` +
        'Correct license-files in [project] of pyproject.toml, and see that no exclude takes the file out again.',
    }))
}
