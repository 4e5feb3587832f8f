import {uniqueBy} from './collections'
import {contentUuid} from './content-id'
import type {Facts} from './describe'
import {cycloneDxSupplier} from './supplier'

/** The parts of a CycloneDX document that are looked at; all else is kept as it is. */
export interface CycloneDx {
  readonly serialNumber: string
  readonly metadata: {
    readonly timestamp: string
    readonly tools: {readonly components: readonly {readonly name: string; readonly version?: string}[]}
    readonly component: {readonly 'bom-ref': string; readonly type: string; readonly name: string}
  }
  readonly components?: readonly Component[]
  readonly dependencies?: readonly Dependency[]
  readonly [key: string]: unknown
}

interface Component {
  readonly 'bom-ref': string
  readonly type: string
  readonly name: string
  readonly [key: string]: unknown
}

interface Dependency {
  readonly ref: string
  readonly dependsOn?: readonly string[]
}

const subjectRef = 'subject'

/** One document from the scans of one file's parts, such as the platforms of an image. */
export function mergeCycloneDx(documents: readonly CycloneDx[]): CycloneDx {
  const [first] = documents
  if (first === undefined) throw new Error('there is no document to merge')
  const roots = new Set(documents.map(({metadata}) => metadata.component['bom-ref']))
  return {
    ...first,
    components: uniqueBy(
      documents.flatMap(({components = []}) => components),
      each => each['bom-ref'],
    ),
    dependencies: uniqueBy(
      documents.flatMap(({dependencies = []}) => dependencies),
      ({ref}) => ref,
    ).filter(({ref}) => !roots.has(ref)),
  }
}

/** The document as it is released: about the file itself, with its digest, and the same each time it is made. */
export function finishCycloneDx(
  document: CycloneDx,
  {subject, created, syftVersion, license, supplier}: Facts,
): CycloneDx {
  const supplied = supplier === undefined ? {} : {supplier: cycloneDxSupplier(supplier)}
  const {metadata, dependencies = []} = document
  // Entries of type file are evidence of packages, not parts of their own.
  const components = (document.components ?? []).filter(({type}) => type !== 'file')
  const needed = new Set(dependencies.flatMap(({dependsOn = []}) => dependsOn))
  const direct = components.map(each => each['bom-ref']).filter(ref => !needed.has(ref))
  const finished: CycloneDx = {
    ...document,
    serialNumber: '',
    metadata: {
      ...metadata,
      timestamp: created,
      tools: {
        ...metadata.tools,
        components: metadata.tools.components.map(each =>
          each.name === 'syft' ? {...each, version: syftVersion} : each,
        ),
      },
      component: {
        'bom-ref': subjectRef,
        type: subject.kind === 'image' ? 'container' : 'file',
        name: subject.name,
        ...(subject.version === undefined ? {} : {version: subject.version}),
        ...{hashes: [{alg: 'SHA-256', content: subject.sha256}]},
        ...(license === undefined ? {} : {licenses: licenseChoice(license)}),
        ...supplied,
      },
      ...supplied,
    },
    components,
    dependencies: [{ref: subjectRef, dependsOn: direct}, ...dependencies],
  }
  return {...finished, serialNumber: `urn:uuid:${contentUuid(finished)}`}
}

/** A licence as CycloneDX says it (https://cyclonedx.org/docs/1.6/json/#components_items_licenses). */
export function licenseChoice(license: string): readonly object[] {
  return [/\s/.test(license) ? {expression: license} : {license: {id: license}}]
}

/** How many pieces of software there are beside the file itself. */
export function cycloneDxComponents({components = []}: CycloneDx): number {
  return components.filter(({type}) => type !== 'operating-system').length
}
