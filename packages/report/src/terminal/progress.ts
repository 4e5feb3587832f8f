import {type Clock, wallClock} from '../clock'
import {formatLine, gap, type Line, span} from './lines'
import {secondsText} from '../quantities'
import {textWidth} from './text-width'
import {visibleLine} from '@mcp-release/action-kit'

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const
const frameMilliseconds = 120
const titleWidth = 28
// Goes to the start of the line and empties it.
const eraseLine = '\r\u001b[2K'

/** Where progress is shown: standard error of the process, or anything like it. */
export interface ProgressStream {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/** Tells a person what happens while it happens. */
export interface Progress {
  start(title: string): void
  done(title: string, seconds: number, note?: string): void
  /** Why is told once all is over, and only there. */
  fail(title: string, seconds: number): void
  skip(title: string, seconds: number): void
  close(): void
}

/** Progress on a stream: on a terminal with a live line of what runs, elsewhere a line for each step that ended. */
export function progress(
  stream: ProgressStream,
  options: {readonly color: boolean; readonly clock?: Clock | undefined},
): Progress {
  const {color, clock = wallClock} = options
  const page = () => ({color, width: (stream.columns ?? 0) > 0 ? (stream.columns ?? 80) : stream.isTTY ? 80 : 100})
  const live = stream.isTTY ? liveLine(stream, clock, () => ({color, width: page().width - 1})) : undefined

  const write = (lines: readonly Line[]) => {
    live?.erase()
    stream.write(lines.map(line => formatLine(line, page()) + '\n').join(''))
    live?.draw()
  }
  return {
    start: title => live?.add(title),
    done(title, seconds, note = '') {
      live?.remove(title)
      write([[span('✓', 'green'), gap(1), ...timed(title, seconds), gap(2), span(note, 'dim')]])
    },
    fail(title, seconds) {
      live?.remove(title)
      write([[span('✗', 'red'), gap(1), ...timed(title, seconds)]])
    },
    skip(title, seconds) {
      live?.remove(title)
      write([[span('–', 'yellow'), gap(1), ...timed(title, seconds)]])
    },
    close: () => live?.close(),
  }
}

function timed(title: string, seconds: number): Line {
  const name = span(title)
  const time = secondsText(seconds)
  return [name, gap(Math.max(2, titleWidth - textWidth(name.text) + 10 - time.length)), span(time)]
}

function liveLine(stream: ProgressStream, clock: Clock, page: () => {color: boolean; width: number}) {
  const running = new Map<string, number>()
  let frame = 0
  let stop: (() => void) | undefined

  const erase = () => {
    if (stop !== undefined) stream.write(eraseLine)
  }
  const draw = () => {
    if (running.size === 0) return
    const parts = Array.from(
      running,
      ([title, since]) => `${visibleLine(title)}  ${secondsText((clock.now() - since) / 1000)}`,
    )
    const line = [span(frames[frame % frames.length] ?? '', 'cyan'), gap(1), {text: parts.join(', '), style: undefined}]
    stream.write(eraseLine + formatLine(line, page()))
  }
  const rest = () => {
    erase()
    stop?.()
    stop = undefined
  }
  return {
    erase,
    draw,
    add(title: string) {
      running.set(title, clock.now())
      stop ??= clock.every(frameMilliseconds, () => {
        frame += 1
        draw()
      })
      draw()
    },
    remove(title: string) {
      running.delete(title)
      if (running.size === 0) rest()
    },
    close() {
      running.clear()
      rest()
    },
  }
}
