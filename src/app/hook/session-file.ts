import {lstatSync} from 'node:fs'
import {type Action, NO_FACTS, type TurnFacts} from '../../guard/action.js'
import {isOfMail, isOutside, readsSecret} from '../../guard/taint.js'
import {isUserError} from '../../kit/errors.js'
import {contentHash} from '../../kit/hash.js'
import {isRecord} from '../../kit/is-record.js'
import type {Fleet} from '../../workspace/fleet.js'

const FOLDER = 'sessions'
const WEEK_MS = 7 * 24 * 3_600_000
/** The first of each kind decide; more would only be read again and again. */
const MOST = 40
const MOST_BYTES = 512 * 1024

/** What is known of a host's session across its calls; lies in `.mcos/sessions/`, one file each. */
export interface Session {
  /** Whose it is, once that was seen: who goes to another's folder stays who they are. */
  readonly agent: string | null
  readonly facts: TurnFacts
}

/** A record that can't be read says that everything may have happened. */
const UNKNOWN: TurnFacts = {
  taint: ['a session whose record can\u2019t be read'],
  secrets: ['a session whose record can\u2019t be read'],
  outside: [],
  isClockChecked: false,
}

export function readSessionFile({mcos}: Pick<Fleet, 'mcos'>, session: string | null): Session {
  try {
    const path = sessionPath(session)
    if (!lstatSync(`${mcos.dir}/${path}`, {throwIfNoEntry: false})) return {agent: null, facts: NO_FACTS}
    const lines = (mcos.readText(path, {maxBytes: MOST_BYTES}) ?? '').split('\n').filter((line) => line !== '')
    const notes = lines.map((line) => noteOf(JSON.parse(line)))
    return notes.reduce<Session>(
      ({agent, facts}, note) =>
        note === null ? {agent, facts: UNKNOWN} : {agent: agent ?? note.agent, facts: joined(facts, note)},
      {agent: null, facts: NO_FACTS},
    )
  } catch (error) {
    if (isUserError(error) || error instanceof SyntaxError) return {agent: null, facts: UNKNOWN}
    throw error
  }
}

/** Notes down whose session it is, and what is new of it: a line each, as calls of one session end side by side. */
export function noteInSession(
  {mcos}: Pick<Fleet, 'mcos'>,
  session: string | null,
  {before, after}: {before: Session; after: Session},
): void {
  const fresh = (key: 'taint' | 'secrets' | 'outside'): string[] =>
    after.facts[key].filter((one) => !before.facts[key].includes(one))
  const [taint, secrets, outside] = [fresh('taint'), fresh('secrets'), fresh('outside')]
  if (taint.length + secrets.length + outside.length === 0 && before.agent === after.agent) return
  mcos.append(sessionPath(session), `${JSON.stringify({agent: after.agent, taint, secrets, outside})}\n`)
}

/** What calls that were made have brought in or done outside. */
export function factsWith(facts: TurnFacts, actions: readonly Action[]): TurnFacts {
  const taint = actions.flatMap((action) => taintOf(action) ?? [])
  const secrets = actions.filter((action) => readsSecret(action) || isEnvironment(action)).map(({target}) => target)
  const outside = actions.filter(isOutside).map(({verb, target}) => `${verb} ${target}`)
  if (taint.length + secrets.length + outside.length === 0) return facts
  return joined(facts, {taint, secrets, outside})
}

function joined(
  facts: TurnFacts,
  {taint, secrets, outside}: Pick<TurnFacts, 'taint' | 'secrets' | 'outside'>,
): TurnFacts {
  return {
    ...facts,
    taint: merged(facts.taint, taint),
    secrets: merged(facts.secrets, secrets),
    outside: merged(facts.outside, outside),
  }
}

/** Sessions that nobody has gone on with for a week. */
export function sweepSessions({mcos, clock}: Pick<Fleet, 'mcos' | 'clock'>): void {
  for (const {name, kind} of mcos.list(FOLDER)) {
    const facts = kind === 'file' ? mcos.stat(`${FOLDER}/${name}`) : null
    if (facts && clock.now() - facts.mtimeMs > WEEK_MS) mcos.remove(`${FOLDER}/${name}`)
  }
}

/** From where an action lets text of the outside in. */
function taintOf({verb, target}: Action): string | null {
  if (verb === 'fetch' || verb.startsWith('http.') || verb.startsWith('mcp.') || verb.startsWith('mail.')) return target
  if (verb === 'read' && /(?:^|\/)inbox(?:\/|$)/i.test(target)) return `messages in ${target}`
  if (verb === 'read' && isOfMail(target)) return `mail in ${target}`
  // What a program prints can come from anywhere; git tells of its own repository.
  if (
    verb === 'run' &&
    !/^git (?:status|diff|add|commit|log|show|branch|rev-parse|ls-files|rm|mv|restore)\b/.test(target)
  )
    return `run ${target}`.slice(0, 200)
  return null
}

/** The variables of a process, secrets among them. */
function isEnvironment({verb, target}: Action): boolean {
  return verb === 'read' && /^\/proc\/.*environ$/.test(target)
}

function sessionPath(session: string | null): string {
  const name = session ?? 'unnamed'
  return `${FOLDER}/${/^[A-Za-z0-9][\w-]{0,99}$/.test(name) ? name : contentHash(name).replace(/\W/g, '').slice(0, 40)}.json`
}

function noteOf(value: unknown): (Pick<TurnFacts, 'taint' | 'secrets' | 'outside'> & {agent: string | null}) | null {
  if (!isRecord(value)) return null
  const [taint, secrets, outside] = [value['taint'], value['secrets'], value['outside']].map(textsIn)
  if (!taint || !secrets || !outside) return null
  return {agent: typeof value['agent'] === 'string' ? value['agent'] : null, taint, secrets, outside}
}

function textsIn(value: unknown): string[] | null {
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : null
}

function merged(known: readonly string[], found: readonly string[]): readonly string[] {
  return [...new Set([...known, ...found])].slice(0, MOST)
}
