import {join, relative} from 'node:path'
import {type Host, type InputsOf, type OutputsOf, markdownTable, settle} from '@mcp-release/action-kit'
import {type BuiltArtifact, formatFragment} from '@mcp-release/release-model'
import type {contract} from './action.gen'
import {writeArchive} from './archive'
import {build} from './build'
import {type Buildx, findBuildx, withBuilder} from './buildx'
import {checkImage, checkRequest} from './checks'
import {type Facts, readFacts} from './facts'
import {type Request, refine} from './inputs'
import {type Layout, readLayout} from './layout'
import {layoutOutput, planBuild} from './plan'
import {push} from './push'

/** Builds an image, checks it, then writes its archive and pushes it. */
export async function main(raw: InputsOf<typeof contract>, host: Host): Promise<OutputsOf<typeof contract>> {
  const request = await refine(host, raw)
  const facts = await readFacts(host, request, raw.sourceDate)
  settle(host, 'IMAGE', checkRequest(request, facts))
  const buildx = await findBuildx(host)
  return withBuilder(host, {buildx, given: request.builder}, async tool => {
    const folder = await host.files.makeTemporary('image')
    try {
      return await produce(host, tool, {request, facts, folder})
    } finally {
      await host.files.remove(folder)
    }
  })
}

interface Job {
  readonly request: Request
  readonly facts: Facts
  /** For temporary files. */
  readonly folder: string
}

async function produce(host: Host, tool: Buildx, {request, facts, folder}: Job): Promise<OutputsOf<typeof contract>> {
  const plan = planBuild(request, facts)
  const place = join(folder, 'layout')
  await host.group(`Build for ${request.platforms.join(', ')}`, () =>
    build(host, tool, {plan, folder, output: layoutOutput(place)}),
  )
  const layout = await readLayout(host, place)
  settle(host, 'IMAGE', checkImage(layout, request, facts))
  const {digest} = layout.root
  for (const image of layout.images) host.info(`${image.platform}: ${image.size} bytes, ${image.digest}`)
  host.info(`${request.platforms.length > 1 ? 'index' : 'image'}: ${digest}`)
  const {archive: name} = request
  const artifacts = name === undefined ? [] : [await writeArchive(host, layout, {request, name, time: facts.time})]
  if (request.fragment !== undefined) await host.files.write(request.fragment, formatFragment(artifacts))
  const references = request.push ? await push(host, tool, {publication: {request, plan, digest, folder}}) : []
  await host.summary(summaryOf(layout, artifacts, references))
  return {
    digest,
    references: references.join('\n'),
    archive: name === undefined ? '' : relative(host.workspace, join(request.output, name)).replaceAll('\\', '/'),
    artifacts: JSON.stringify(artifacts),
  }
}

function summaryOf({root, images}: Layout, artifacts: readonly BuiltArtifact[], references: readonly string[]): string {
  const rows = images.map(({platform, size, user, digest}) => [platform, `${size}`, user || 'root', `\`${digest}\``])
  const files = artifacts.map(({name, size, sha256}) => `- \`${name}\`: ${size} bytes, sha256 \`${sha256}\`\n`)
  const places = references.map(reference => `- \`${reference}\`\n`)
  return [
    `Image \`${root.digest}\`\n\n`,
    markdownTable(['platform', 'bytes', 'user', 'digest'], rows),
    '\n',
    ...files,
    ...places,
  ].join('')
}
