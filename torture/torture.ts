export interface TortureOptions {
  /** How often, in the torture's own unit. */
  readonly rounds: number
  /** The same seed plays the same dice; what processes do at the same time stays chance. */
  readonly seed: number
  /** Only this part of a torture, and only this place in it: for playing again what was found. */
  readonly command?: string | undefined
  readonly at?: string | undefined
}

/** What a torture found: everything that was counted, and how much of it should not have happened. */
export interface TortureReport {
  readonly counts: Readonly<Record<string, number | string>>
  /** Has to be 0. */
  readonly wrong: number
  /** The first few wrong things, as they were seen. */
  readonly examples: readonly string[]
  /** Why nothing could be tried here. */
  readonly skipped?: string
}

export interface Torture {
  readonly what: string
  readonly shortRounds: number
  readonly longRounds: number
  run(options: TortureOptions): Promise<TortureReport>
}

/** Gathers what went wrong: all of it counted, the first few kept to be shown. */
export class Wrongs {
  count = 0
  readonly examples: string[] = []

  add(example: string): void {
    this.count++
    if (this.examples.length < 10) this.examples.push(example)
  }

  /** Adds unless it is so. */
  insist(isSo: boolean, example: string): void {
    if (!isSo) this.add(example)
  }
}
