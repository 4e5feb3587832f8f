/** Whether everybody can see a package, as the MCP Registry must. */
export type Sight =
  | {readonly seen: true; readonly note?: string}
  | {
      readonly seen: false
      readonly why: string
      /** Waiting does not help. */
      readonly final?: true
    }
