/**
 * Reads the data of server-sent events from text that comes in pieces; https://html.spec.whatwg.org/multipage/server-sent-events.html.
 * Clients read those that are called `message`, which is also the name of those without one.
 */
export class EventReader {
  #rest = ''
  #data: string[] = []
  #name = ''
  /** The names of events that no client reads. */
  readonly others = new Set<string>()

  /** Characters that belong to no finished event yet. */
  get pending(): number {
    return this.#data.reduce((sum, line) => sum + line.length, this.#rest.length)
  }

  /** The data of each event that this piece completes. */
  push(text: string): readonly string[] {
    const events: string[] = []
    // A carriage return at the end may be half of a line end.
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/)
    this.#rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line === '') {
        // Servers that let streams be resumed begin with an event without data.
        const data = this.#data.join('\n')
        const isMessage = this.#name === '' || this.#name === 'message'
        if (data !== '' && isMessage) events.push(data)
        if (data !== '' && !isMessage) this.others.add(this.#name)
        this.#data = []
        this.#name = ''
      } else if (line.startsWith('event:')) this.#name = line.slice(6).replace(/^ /, '')
      else if (line === 'data') this.#data.push('')
      else if (line.startsWith('data:')) this.#data.push(line.slice(5).replace(/^ /, ''))
    }
    return events
  }
}
