import {type CycloneDx, licenseChoice} from './cyclonedx'
import type {Facts} from './describe'
import type {ComponentKey, Incomplete, Known} from './knowledge'
import type {Spdx} from './spdx'
import {type Supplier, cycloneDxSupplier, readSpdxSupplier, spdxSupplier, supplierOf, supplierOfPurl} from './supplier'

/** What was found out about components, by `type name version`. */
export type Knowledge = ReadonlyMap<string, Known>

/** Under what a component is looked up. */
export function keyText({type, name, version}: ComponentKey): string {
  return `${type} ${name} ${version}`
}

interface Part {
  readonly name: string
  readonly [key: string]: unknown
}

const typeOf = (purl: unknown) => /^pkg:([\w.-]+)\//.exec(typeof purl === 'string' ? purl : '')?.[1] ?? ''

function withVersion(purl: unknown, version: string): string {
  const [, start = '', rest = ''] = /^([^@?#]+)(?:@[^?#]*)?(.*)$/.exec(typeof purl === 'string' ? purl : '') ?? []
  return `${start}@${encodeURIComponent(version)}${rest}`
}

/** How a CycloneDX component is looked up. */
export function cycloneDxKey(part: Part): ComponentKey {
  return {type: typeOf(part['purl']), name: part.name, version: text(part['version'])}
}

/** How an SPDX package is looked up. */
export function spdxKey(part: Part): ComponentKey {
  return {type: typeOf(purlOf(part)), name: part.name, version: text(part['versionInfo'])}
}

interface Reference {
  readonly referenceType?: string
  readonly referenceLocator?: string
}

function references(part: Part): readonly Reference[] {
  return Array.isArray(part['externalRefs']) ? (part['externalRefs'] as Reference[]) : []
}

function purlOf(part: Part): string | undefined {
  return references(part).find(({referenceType}) => referenceType === 'purl')?.referenceLocator
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** Adds versions, licences and suppliers that syft could not see, and says which parts are incomplete (`compositions`). */
export function enrichCycloneDx(
  document: CycloneDx,
  knowledge: Knowledge,
  incomplete: readonly Incomplete[],
): CycloneDx {
  const components = document.components?.map(part => {
    const {version, license, supplier: known} = knowledge.get(keyText(cycloneDxKey(part))) ?? {}
    const supplier = known ?? cycloneDxAuthor(part) ?? supplierOfPurl(text(part['purl']))
    const has = Array.isArray(part['licenses']) && part['licenses'].length > 0
    return {
      ...part,
      ...(version === undefined
        ? {}
        : {version, ...(part['purl'] === undefined ? {} : {purl: withVersion(part['purl'], version)})}),
      ...(license === undefined || has ? {} : {licenses: licenseChoice(license)}),
      ...(supplier === undefined || part['supplier'] !== undefined ? {} : {supplier: cycloneDxSupplier(supplier)}),
    }
  })
  const refs = incomplete.map(({name}) => components?.find(each => each.name === name)?.['bom-ref'] ?? 'subject')
  return {
    ...document,
    ...(components === undefined ? {} : {components}),
    // https://cyclonedx.org/docs/1.6/json/#compositions
    ...(refs.length === 0 ? {} : {compositions: [{aggregate: 'incomplete', dependencies: [...new Set(refs)].sort()}]}),
  }
}

// As syft has it from the package's metadata; an operating system is of the project that it is called like.
function cycloneDxAuthor(part: Part): Supplier | undefined {
  const said = supplierOf(text(part['publisher'])) ?? supplierOf(text(part['author']))
  return said ?? (part['type'] === 'operating-system' ? {kind: 'Organization', name: part.name} : undefined)
}

/** The same for SPDX, where incomplete parts get an annotation. */
export function enrichSpdx(
  document: Spdx,
  knowledge: Knowledge,
  {incomplete, created}: {readonly incomplete: readonly Incomplete[]; readonly created: Facts['created']},
): Spdx {
  return {
    ...document,
    packages: document.packages.map(part => {
      const {version, license, supplier: known} = knowledge.get(keyText(spdxKey(part))) ?? {}
      const said = readSpdxSupplier(part['supplier']) ?? readSpdxSupplier(part['originator'])
      const supplier = known ?? said ?? supplierOfPurl(purlOf(part) ?? '')
      const declared = text(part['licenseDeclared'])
      const reasons = incomplete.filter(
        ({name}) => (name ?? 'SPDXRef-Subject') === (name === undefined ? part.SPDXID : part.name),
      )
      return {
        ...part,
        ...(version === undefined
          ? {}
          : {
              versionInfo: version,
              externalRefs: references(part).map(each =>
                each.referenceType === 'purl'
                  ? {...each, referenceLocator: withVersion(each.referenceLocator, version)}
                  : each,
              ),
            }),
        ...(license === undefined || !['', 'NOASSERTION', 'NONE'].includes(declared) ? {} : {licenseDeclared: license}),
        ...(supplier === undefined ? {} : {supplier: spdxSupplier(supplier)}),
        // https://spdx.github.io/spdx-spec/v2.3/annotations/
        ...(reasons.length === 0
          ? {}
          : {
              annotations: reasons.map(({reason}) => ({
                annotationDate: created,
                annotationType: 'OTHER',
                annotator: 'Tool: mcp-release',
                comment: `incomplete: ${reason}`,
              })),
            }),
      }
    }),
  }
}
