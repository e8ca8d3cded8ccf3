import type {Contract} from '../workspace/soul.js'
import type {Action, Law, TurnFacts, Verdict} from './action.js'
import {whichSpeak} from './guardrails.js'
import {lineInContract, placeInContract} from './line-in-contract.js'
import {isTreeOf, whyClosed, whyMail} from './paths.js'
import {type ContractLine, findAsk, findNever, findPermit, kindOf} from './permit.js'
import {needsReview, readsSecret, whyTogether} from './taint.js'

/**
 * The one answer to what an agent may do. What is forbidden anywhere stays forbidden, then what asks a person, then what
 * the contract opens; what no line speaks of is denied, and the order of lines never matters.
 */
export function decide(law: Law, action: Action, facts: TurnFacts): Verdict {
  const {contract, agent, trouble} = law
  if (trouble !== null) return deny(trouble)
  if (contract === null) return deny(`${agent.name} has no contract that can be read`)
  const speaking = whichSpeak(law.rules, action, {law, facts})
  return (
    forbidden({...law, contract}, action, {facts, speaking}) ??
    unopened({...law, contract}, action) ??
    asked({...law, contract}, action, {facts, speaking}) ??
    opened({...law, contract}, action)
  )
}

type ReadableLaw = Law & {readonly contract: Contract}

interface Spoken {
  readonly facts: TurnFacts
  readonly speaking: ReturnType<typeof whichSpeak>
}

function forbidden(law: ReadableLaw, action: Action, {facts, speaking}: Spoken): Verdict | null {
  const never = findNever(law.contract, action)
  if (never) return byContract('deny', law, {line: never, reason: `${law.agent.name} never does ${action.verb}`})
  const closed = whyClosedTo(action, law)
  if (closed !== null) return deny(action.target === '' ? closed : `${action.target}: ${closed}`)
  const [rule] = speaking
  if (rule?.effect === 'deny') return byGuardrail(rule, 'deny')
  const together = whyTogether(action, facts)
  return together === null ? null : deny(together)
}

/** What no line of the contract opens, not even with a person's yes. */
function unopened(law: ReadableLaw, action: Action): Verdict | null {
  const {verb, target} = action
  if (findAsk(law.contract, action) || isReadOutside(action) || findPermit(law, action)) return null
  const key = closedKey(law, action)
  const reason = `${key === 'may' ? verb : target} is not among the contract's ${key}`
  const place = law.soul && placeInContract(law.soul.text, key)
  return place
    ? {effect: 'deny', rule: null, file: law.soul.file, line: place.line, reason}
    : {effect: 'deny', ...NO_LINE, reason}
}

/** The key that would have to say more. */
function closedKey(law: ReadableLaw, action: Action): ContractLine['key'] {
  const {verb} = action
  switch (kindOf(verb)) {
    case 'path':
      return verb === 'read' ? 'reads' : 'writes'
    case 'host':
      return findPermit(law, {...action, verb: 'fetch'}) === null ? 'hosts' : 'may'
    case 'command':
      return 'commands'
    default:
      return 'may'
  }
}

function asked(law: ReadableLaw, action: Action, {facts, speaking}: Spoken): Verdict | null {
  const ask = findAsk(law.contract, action)
  if (ask) return byContract('ask', law, {line: ask, reason: `a person says yes to ${action.verb} each time`})
  const [rule] = speaking
  if (rule) return byGuardrail(rule, 'ask')
  if (isReadOutside(action)) return {effect: 'ask', ...NO_LINE, reason: `${action.target} lies outside the fleet`}
  if (!needsReview(action, law, facts)) return null
  const reason = `this turn has read ${facts.taint[0]}, and what it wants to keep for good is for a person to review`
  return {effect: 'ask', ...NO_LINE, reason}
}

function opened(law: ReadableLaw, action: Action): Verdict {
  const line = findPermit(law, action)
  // Unreachable after `unopened`, and were it not, still no.
  if (line === null) return deny(`no line of the contract opens ${action.verb} ${action.target}`)
  return byContract('allow', law, {line, reason: `the contract's ${line.key} cover ${action.target || action.verb}`})
}

/** A place that nobody's contract opens. */
function whyClosedTo(action: Action, {agent, others}: Law): string | null {
  const {verb, target} = action
  if (kindOf(verb) !== 'path') return null
  // In a whole tree also lies what the operator writes: an agent's own folder is as little to be replaced as its SOUL.md.
  if (verb !== 'read' && [agent, ...others].some(({path}) => isTreeOf(target, path)))
    return 'that whole folder holds files that the operator writes'
  if (isReadOutside(action)) return readsSecret(action) ? 'it holds secrets of this machine' : null
  const path = target.endsWith('/') ? target.slice(0, -1) : target
  if (verb === 'read') return whyClosed(path, 'read')
  return whyClosed(path, 'write') ?? whyMail(path, [agent, ...others])
}

function isReadOutside({verb, target}: Action): boolean {
  return verb === 'read' && target.startsWith('/')
}

const NO_LINE = {rule: null, file: null, line: null} as const

function deny(reason: string): Verdict {
  return {effect: 'deny', ...NO_LINE, reason}
}

function byContract(
  effect: Verdict['effect'],
  {soul}: Law,
  {line, reason}: {readonly line: ContractLine; readonly reason: string},
): Verdict {
  const file = soul?.file ?? null
  // The place is worked out for people who want to change it: nobody reads it of what was allowed.
  const number = effect === 'allow' || soul === null ? null : lineInContract(soul.text, line)
  return {effect, rule: `${line.key}: ${line.word}`, file, line: number, reason}
}

function byGuardrail(rule: Spoken['speaking'][number], effect: 'ask' | 'deny'): Verdict {
  return {
    effect,
    rule: `guardrail ${rule.id}`,
    file: rule.file,
    line: rule.line,
    reason: `${rule.title}. ${rule.lesson}`,
  }
}
