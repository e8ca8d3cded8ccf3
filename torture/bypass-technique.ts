/** A path as a command is to have it, spelled in some way, and the same for a program's name. */
export interface Spelled {
  readonly path: string
  /** The folder the path lies in, and its name there. */
  readonly folder: string
  readonly name: string
  /** The path as it is, for texts that no shell reads. */
  readonly raw: string
  word(text: string): string
}

/** A command line that reaches a goal, run from the agent's own folder. */
export type Technique = (to: Spelled) => string
