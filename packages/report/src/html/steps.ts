import {nothing, type Outcome, outcome, section} from './parts'
import {table} from './table'
import {pathAddress, type Markup, markup} from '../markup'
import {percentage, secondsText} from '../quantities'
import type {Report, StepReport} from '../report'

const outcomes: Readonly<Record<StepReport['status'], Outcome>> = {done: 'good', failed: 'bad', skipped: 'left'}

/** How long each step took, and how much of it the programs that it called. */
export function stepSection(report: Report): Markup {
  if (report.steps.length === 0) return section('Steps', markup`<p class="quiet">No step was run.</p>`)
  const longest = Math.max(...report.steps.map(({seconds}) => seconds))
  const headings = [
    {title: 'Step'},
    {title: 'Share'},
    {title: 'Time', numeric: true},
    {title: 'Called tools', numeric: true},
    {title: 'Log'},
  ] as const
  const rows = report.steps.map(step => [
    outcome(outcomes[step.status], step.status === 'done' ? step.title : `${step.title}: ${step.status}`),
    bar(step, longest),
    markup`${secondsText(step.seconds)}`,
    markup`${secondsText(step.toolSeconds)}`,
    step.log === '' ? nothing : markup`<a href="${pathAddress(step.log)}">log</a>`,
  ])
  return section('Steps', totals(report), table(headings, rows))
}

function totals(report: Report): Markup {
  const {seconds, toolSeconds} = report
  const own = seconds - toolSeconds
  const share = percentage(own, seconds).toFixed(1)
  return markup`<p><span class="key tool"></span> ${secondsText(toolSeconds)} in the programs that the steps called; <span class="key own"></span> ${secondsText(own)} (${share} %) outside them.</p>`
}

// The numbers stand beside the bar, so a screen reader may pass over it.
function bar(step: StepReport, longest: number): Markup {
  const tool = percentage(Math.min(step.toolSeconds, step.seconds), longest)
  const own = percentage(step.seconds, longest) - tool
  return markup`<span class="bar" aria-hidden="true"><i class="tool" style="width:${tool.toFixed(2)}%"></i><i class="own" style="width:${own.toFixed(2)}%"></i></span>`
}
