import {alignColumns} from './columns'
import {gap, type Line, span, type Style} from './lines'
import {percentage, secondsText} from '../quantities'
import type {Report, StepReport} from '../report'

const marks: Readonly<Record<StepReport['status'], readonly [string, Style]>> = {
  done: ['✓', 'green'],
  failed: ['✗', 'red'],
  skipped: ['–', 'yellow'],
}
const barWidth = 24

/** How long each step took; the heavy part of its bar is the time of the programs that it called. */
export function stepLines(report: Report, width: number): readonly Line[] {
  if (report.steps.length === 0) return []
  const longest = Math.max(...report.steps.map(({seconds}) => seconds))
  const rows = report.steps.map(step => {
    const [mark, style] = marks[step.status]
    return [span(mark, style), span(step.title), span(secondsText(step.seconds)), span(bar(step, longest), 'dim')]
  })
  const columns = [{}, {cut: 'middle', least: 12} as const, {align: 'right'} as const, {}]
  const {seconds, toolSeconds} = report
  const own = percentage(seconds - toolSeconds, seconds).toFixed(0)
  const share = `${secondsText(toolSeconds)} in called tools, ${own} % outside them`
  return [...alignColumns(rows, columns, width), [gap(3), span(share, 'dim')]]
}

function bar(step: StepReport, longest: number): string {
  if (step.seconds === 0) return ''
  const whole = Math.max(1, Math.round((percentage(step.seconds, longest) / 100) * barWidth))
  const heavy = Math.round((percentage(step.toolSeconds, step.seconds) / 100) * whole)
  return '━'.repeat(heavy) + '─'.repeat(whole - heavy)
}
