import type {Workstate} from '../../workspace/workstate-file.js'
import {isLift} from './cues.js'
import type {Statement} from './statement.js'
import {toStatement} from './to-statement.js'
import {keyOf, overlap, shared} from './words.js'

const STANDING = /^Standing \(([^()\n]{1,60})\): ([\s\S]+)$/

/** A person's lasting instruction as a line of WORKSTATE.md, under the facts that must not be lost. */
export function formatStanding(by: string, text: string): string {
  return `Standing (${
    by
      .replace(/[()\n]/g, ' ')
      .trim()
      .slice(0, 60) || 'person'
  }): ${text}`
}

export function parseStanding(line: string): {readonly by: string; readonly text: string} | null {
  const [, by, text] = STANDING.exec(line) ?? []
  return by === undefined || text === undefined ? null : {by, text}
}

/** What people have said that holds until they lift it, as it stands in one file or in several. */
export function standingInstructions(states: Workstate | readonly Workstate[]): string[] {
  const all: readonly Workstate[] = 'facts' in states ? [states] : states
  return [...new Set(all.flatMap(({facts}) => facts.filter((line) => parseStanding(line) !== null)))]
}

/** Which standing instructions a person's leave lifts: those it is about, or the last "wait for my word" if it names nothing. */
export function liftedBy(leave: Statement, kept: readonly Statement[]): readonly Statement[] {
  const standing = kept.filter(({kind}) => kind === 'standing')
  const about = actsIn(leave)
  const scored = standing.map((rule) => ({rule, points: nearness(rule, leave, about)})).filter(({points}) => points > 0)
  if (scored.length > 0) {
    const best = Math.max(...scored.map(({points}) => points))
    return scored.filter(({points}) => points >= best).map(({rule}) => rule)
  }
  if (about.size > 0) return []
  const gates = standing.filter(({text}) => isGate(text))
  const general = gates.filter(({text}) => isGeneral(text))
  return general.length > 0 ? general : gates.slice(-1)
}

/** Something is held back until a person says a word. */
function isGate(text: string): boolean {
  return /\b(?:until|till|unless|before|without|wait|hold|pause[ds]?|freeze|frozen|stand by|only (?:after|when|once|with)|bis|bevor|hasta|avant|sans|até|tot|voordat|пока)\b|之前|直到|等|まで|前に/iu.test(
    text,
  )
}

function isGeneral(text: string): boolean {
  return /\b(?:do|touch|change|start|send) (?:nothing|anything)|\bnothing (?:happens|moves|goes)|\bhold (?:everything|off|on|all)|\bstand by|^(?:please )?wait (?:for|until)|\bnichts\b|\bnada\b|\brien\b|\bniets\b|ничего|什么都不|何も/iu.test(
    text,
  )
}

function nearness(rule: Statement, leave: Statement, about: ReadonlySet<string>): number {
  const names = leave.marks.filter(({kind}) => kind !== 'number').map(keyOf)
  const own = new Set(rule.marks.map(keyOf))
  const conflict = names.length > 0 && own.size > 0 && !names.some((name) => own.has(name))
  const common = shared(about, actsIn(rule))
  if (common === 0 || conflict) return 0
  // "You may work in the inbox again, go ahead" is about all that "do nothing in the inbox" names.
  const isPlain = isPlainLeave(leave.text) && common === actsIn(rule).size
  if (!isPlain && common / about.size < (/\b(?:hold|freeze|pause|wait)\b/i.test(rule.text) ? 0.45 : 0.55)) return 0
  const isBroad =
    !isGate(rule.text) &&
    !/\b(?:lift|no longer|again|rule|don['’]t (?:need|have)|ban|freeze|over|drop|forget)/i.test(leave.text)
  return isBroad && overlap(about, actsIn(rule)) < 0.6 ? 0 : common + overlap(about, actsIn(rule))
}

/** Words that give leave and are hardly said otherwise. */
function isPlainLeave(text: string): boolean {
  return /\b(?:again|go ahead|green light|resume|lift(?:ed|ing)?|no longer|released?)\b/i.test(text)
}

/** Made when it is first needed: most turns meet no leave. */
let generic: ReadonlySet<string> | null = null

function genericWords(): ReadonlySet<string> {
  generic ??= toStatement({
    text: 'go ahead may can free allowed lift lifted lifting rule instruction instructions standing hold freeze approve approved approval permission proceed carry resume green light word wait waiting okay fine again longer need have give giving release released earlier anything nothing everything thing things do done start started say said order ban person',
    origin: 'agent',
    by: '',
    kind: 'fact',
  }).subject
  return generic
}

/** What is to be done or left alone, without the words of leave themselves. */
function actsIn({subject}: Statement): ReadonlySet<string> {
  return new Set([...subject].filter((item) => !genericWords().has(item)))
}

/** A text that claims a leave; from anyone but a person it is not even kept. */
export function claimsLeave(text: string): boolean {
  return (
    isLift(text) &&
    /\b(?:standing|instructions?|rules?|you (?:may|can) now|lift(?:ed)?|no longer appl|permission|go ahead|green light|guardrails?)\b/i.test(
      text,
    )
  )
}
