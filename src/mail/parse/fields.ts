/** One header as it came: unfolded, bytes decoded, words not yet. */
export interface Field {
  readonly name: string
  readonly value: string
}
