import {uniqueBy, without} from './collections'
import {contentDigest} from './content-id'
import type {Facts} from './describe'
import {spdxSupplier} from './supplier'

/** The parts of an SPDX 2.3 document that are looked at; all else is kept as it is. */
export interface Spdx {
  readonly name: string
  readonly documentNamespace: string
  readonly creationInfo: {readonly created: string; readonly creators: readonly string[]}
  readonly packages: readonly SpdxPackage[]
  readonly relationships: readonly SpdxRelationship[]
  readonly hasExtractedLicensingInfos?: readonly {readonly licenseId: string}[]
  readonly [key: string]: unknown
}

interface SpdxPackage {
  readonly SPDXID: string
  readonly name: string
  readonly [key: string]: unknown
}

interface SpdxRelationship {
  readonly spdxElementId: string
  readonly relatedSpdxElement: string
  readonly relationshipType: string
}

const subjectId = 'SPDXRef-Subject'
const documentId = 'SPDXRef-DOCUMENT'

/** One document from the scans of one file's parts, such as the platforms of an image. */
export function mergeSpdx(documents: readonly Spdx[]): Spdx {
  const renamed = documents.map(renameRoot)
  const [first] = renamed
  if (first === undefined) throw new Error('there is no document to merge')
  const licenses = uniqueBy(
    renamed.flatMap(({hasExtractedLicensingInfos: some = []}) => some),
    each => each.licenseId,
  )
  return {
    ...first,
    packages: uniqueBy(
      renamed.flatMap(({packages}) => packages),
      each => each.SPDXID,
    ),
    relationships: uniqueBy(
      renamed.flatMap(({relationships}) => relationships),
      each => JSON.stringify(each),
    ),
    ...(licenses.length === 0 ? {} : {hasExtractedLicensingInfos: licenses}),
  }
}

// syft names the root after the kind of its source, here a temporary folder.
function renameRoot(document: Spdx): Spdx {
  const described = document.relationships.find(
    ({spdxElementId, relationshipType}) => spdxElementId === documentId && relationshipType === 'DESCRIBES',
  )
  const rename = (id: string) => (id === described?.relatedSpdxElement ? subjectId : id)
  return {
    ...document,
    packages: document.packages.map(each => ({...each, SPDXID: rename(each.SPDXID)})),
    relationships: document.relationships.map(each => ({
      ...each,
      spdxElementId: rename(each.spdxElementId),
      relatedSpdxElement: rename(each.relatedSpdxElement),
    })),
  }
}

/** The document as it is released: about the file itself, with its digest, and the same each time it is made. */
export function finishSpdx(document: Spdx, {subject, created, syftVersion, license, supplier}: Facts): Spdx {
  const root = document.packages.find(({SPDXID}) => SPDXID === subjectId)
  if (root === undefined) throw new Error(`syft wrote an SPDX document of ${subject.name} without a root`)
  const packages = [
    {
      ...without(root, ['externalRefs', 'versionInfo']),
      SPDXID: subjectId,
      name: subject.name,
      ...(subject.version === undefined ? {} : {versionInfo: subject.version}),
      packageFileName: subject.name,
      supplier: supplier === undefined ? 'NOASSERTION' : spdxSupplier(supplier),
      ...(license === undefined ? {} : {licenseDeclared: license}),
      checksums: [{algorithm: 'SHA256', checksumValue: subject.sha256}],
      primaryPackagePurpose: subject.kind === 'image' ? 'CONTAINER' : 'ARCHIVE',
    },
    ...document.packages.filter(({SPDXID}) => SPDXID !== subjectId),
  ]
  // syft lists files without their digests, as SHA1 0000…: better nothing than something false.
  const known = new Set([documentId, ...packages.map(({SPDXID}) => SPDXID)])
  const finished: Spdx = {
    ...(without(document, ['files']) as Spdx),
    name: subject.name,
    documentNamespace: '',
    creationInfo: {
      ...document.creationInfo,
      creators: document.creationInfo.creators.map(each =>
        each.replace(/^Tool: syft-.*$/, `Tool: syft-${syftVersion}`),
      ),
      created,
    },
    packages,
    relationships: document.relationships.filter(
      ({spdxElementId, relatedSpdxElement}) => known.has(spdxElementId) && known.has(relatedSpdxElement),
    ),
  }
  const name = encodeURIComponent(subject.name)
  return {...finished, documentNamespace: `https://spdx.org/spdxdocs/${name}-${contentDigest(finished)}`}
}

/** How many packages there are beside the file itself. */
export function spdxComponents({packages}: Spdx): number {
  return packages.filter(({SPDXID}) => SPDXID !== subjectId).length
}
