import type {Dice} from './dice.js'

/** What request.md says at a moment, as far as it decides anything. */
export interface Said {
  readonly text: string
  readonly target: string
  /** Milliseconds since the epoch. */
  readonly expires: number
  /** Whether its hash is that of what it says. */
  readonly isWhole: boolean
}

/** What a small model holds of one approval. */
export interface ModelApproval {
  readonly id: string
  readonly kind: 'file' | 'outside'
  /** The contract it was asked under, by its number. */
  readonly contract: number
  readonly original: Said
  said: Said
  /** A person's own answer, with the text they gave it to; `file`: as answer.md had it. */
  truth: {readonly answer: 'yes' | 'no'; readonly text: string; readonly file: string} | null
  /** What lies there as answer.md: nothing, the true answer, or one that nobody who may has given. */
  lies: 'nothing' | 'truth' | 'forgery'
  /** Its used.md was committed. */
  isSpent: boolean
  /** A carrying out has seen it as something that can't be done any more. */
  isTold: boolean
}

/** What else decides. */
export interface ModelWorld {
  readonly now: number
  readonly contract: number
}

/** All that a schedule consists of. */
const STEPS = [
  ...[
    'raise',
    'raise',
    'yes',
    'yes',
    'yes',
    'yes',
    'no',
    'stranger',
    'forge',
    'edit',
    'mend',
    'mend',
    'contract',
    'expire',
  ],
  ...['replay', 'carry', 'carry', 'die', 'die', 'die'],
] as const

export type Step = (typeof STEPS)[number]

/** Whether the effect may be begun now, by the rules as a person would tell them. */
export function mayHappen({said, truth, lies, isSpent, contract}: ModelApproval, world: ModelWorld): boolean {
  if (isSpent || lies !== 'truth' || truth?.answer !== 'yes') return false
  return said.text === truth.text && said.isWhole && world.now < said.expires && contract === world.contract
}

/** Whether a person may answer it now. */
export function isWaiting({said, lies, isSpent, contract}: ModelApproval, world: ModelWorld): boolean {
  return !isSpent && lies === 'nothing' && said.isWhole && world.now < said.expires && contract === world.contract
}

/** One schedule: something is asked first, and something carried out at its end. */
export function drawSchedule(chance: Dice): Step[] {
  return ['raise', ...Array.from({length: 3 + chance.below(7)}, () => chance.pick<Step>(STEPS)), 'carry']
}
