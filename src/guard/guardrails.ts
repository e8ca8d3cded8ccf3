import {compileGlob} from '../kit/path-glob.js'
import type {GuardrailPlace, GuardrailRule, GuardrailState} from '../workspace/guardrail-file.js'
import type {Action, Law, TurnFacts} from './action.js'
import {beginsWith, leadsOut} from './command-reach.js'
import {hasSecretShape, isLike, type SecretTest} from './content.js'
import {findHost} from './hosts.js'
import {foldPath, partInFolder} from './paths.js'
import {coversWord, kindOf} from './permit.js'

/** What a rule is judged by beside the action itself. */
export interface Hearing {
  readonly law: Pick<Law, 'agent' | 'others'>
  readonly facts: TurnFacts
  /** The quick pass by default. */
  readonly isSecret?: SecretTest
}

/** The rules that speak of an action, those that deny first. */
export function whichSpeak(rules: readonly GuardrailRule[], action: Action, hearing: Hearing): GuardrailRule[] {
  const speaking = rules.filter((rule) => speaks(rule, action, hearing))
  return [...speaking.filter(({effect}) => effect === 'deny'), ...speaking.filter(({effect}) => effect === 'ask')]
}

/** Whether every restriction of a rule that fits the verb's kind holds. */
export function speaks(rule: GuardrailRule, action: Action, {law, facts, isSecret = hasSecretShape}: Hearing): boolean {
  if (!rule.verbs.some((word) => coversWord(word, action.verb))) return false
  if (!rule.state.every((state) => STATES[state](facts))) return false
  return isThere(rule, action, law) && saysSo(rule, action, isSecret)
}

const STATES: Readonly<Record<GuardrailState, (facts: TurnFacts) => boolean>> = {
  tainted: ({taint}) => taint.length > 0,
  secret: ({secrets}) => secrets.length > 0,
  'clock-unchecked': ({isClockChecked}) => !isClockChecked,
}

function isThere(rule: GuardrailRule, {verb, target}: Action, law: Hearing['law']): boolean {
  switch (kindOf(verb.toLowerCase())) {
    case 'path':
      return coversAny(rule.paths, target) && isPlaced(rule.place, target, law)
    case 'host':
      return holds(rule.hosts, (host) => findHost([host], target) !== undefined)
    case 'command':
      return (
        holds(rule.commands, (begin) => beginsWith(target, begin)) &&
        (rule.place === null || leadsOut(target, law.agent))
      )
    case 'ref':
      return coversAny(rule.refs, target) || coversAny(rule.refs, `refs/heads/${target}`)
    case 'word':
      return true
  }
}

function holds(list: readonly string[] | null, test: (entry: string) => boolean): boolean {
  return list === null || list.some(test)
}

/** What isn't known can't be waved through: a rule of named paths speaks of a write whose text nobody has seen. */
function saysSo(rule: GuardrailRule, {content}: Action, isSecret: SecretTest): boolean {
  if (rule.content === null) return true
  return content === undefined ? rule.paths !== null : isLike(content, rule.content, isSecret)
}

function coversAny(globs: readonly string[] | null, path: string): boolean {
  if (globs === null) return true
  const folded = foldPath(path)
  return globs.some((glob) => closingGlob(glob)(folded))
}

/** The same few globs are asked at every action of an agent. */
const closing = new Map<string, (path: string) => boolean>()
const MOST_KEPT = 1_000

function closingGlob(glob: string): (path: string) => boolean {
  const known = closing.get(glob)
  if (known) return known
  if (closing.size >= MOST_KEPT) closing.clear()
  const covers = compileGlob(foldPath(glob))
  closing.set(glob, covers)
  return covers
}

/** A whole tree, written with "/" at its end, is also where all lies that it holds. */
function isPlaced(place: GuardrailPlace | null, target: string, {agent, others}: Hearing['law']): boolean {
  if (place === null) return true
  const isOwn = partInFolder(target, agent) !== null
  if (place === 'outside') return !isOwn
  return others.some((other) => {
    if (target.endsWith('/') && partInFolder(`${other.path}/`, {path: target.slice(0, -1)}) !== null) return true
    return partInFolder(target, other) !== null && !(isOwn && agent.path.length > other.path.length)
  })
}
