import {type PlannedPackage, startWords} from '@mcp-release/release-model'
import {gap, indentedLines, type Line, markedLines, span, type Style} from './lines'
import type {Notice} from '../plan-view'

const roles: Readonly<Record<PlannedPackage['role'], Style>> = {server: 'green', program: 'cyan', library: 'dim'}

/** What is released, why each package is what it is, how it is started, and where that was learnt. */
export function packageLines(packages: readonly PlannedPackage[], width: number): readonly Line[] {
  return packages.flatMap(each => {
    const {ecosystem, path, name, version, role, roleReason, start} = each
    const place = `${ecosystem}${path === '.' ? '' : `, ${path}`}`
    const head: Line = [
      span(role, roles[role]),
      gap(1),
      span(name, 'bold'),
      gap(1),
      span(version),
      gap(2),
      span(place, 'dim'),
    ]
    const words = startWords(each)
    return [
      head,
      ...indentedLines(roleReason, {width, style: 'dim'}),
      ...(words === undefined ? [] : indentedLines(`starts as ${words}`, {width})),
      ...(start === undefined ? [] : indentedLines(`learnt from ${start.source}`, {width, style: 'dim'})),
    ]
  })
}

/** What was found, with its remedy. */
export function noticeLines(all: readonly Notice[], width: number): readonly Line[] {
  return all.flatMap(({level, subject, text, hint}) => [
    ...markedLines(level === 'warning' ? span('!', 'yellow') : span('·', 'cyan'), `${subject}: ${text}`, {width}),
    ...(hint === undefined ? [] : indentedLines(hint, {width, style: 'dim'})),
  ])
}
