export interface OneFault {
  readonly name: string
  readonly era: 'legacy' | 'modern'
  readonly script: object
  readonly call?: boolean
}

export function healthyScript(era: OneFault['era']): Readonly<Record<string, {readonly result: object}>>

export function oneFaultServers(): readonly OneFault[]
