/** Whether everybody can see a package, as the MCP Registry must. */
export type Visibility =
  | {readonly isVisible: true; readonly note?: string}
  | {
      readonly isVisible: false
      readonly reason: string
      /** Waiting does not help. */
      readonly isFinal?: true
    }
