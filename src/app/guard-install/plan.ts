import {UserError} from '../../kit/errors.js'
import {contentHash} from '../../kit/hash.js'
import {shellWord} from '../../kit/shell-word.js'
import type {AgentEntry} from '../../workspace/agents.js'
import type {Change} from '../../workspace/change.js'
import type {Fleet} from '../../workspace/fleet.js'
import {type CodingAgent, settingsFile} from './coding-agents.js'
import type {Starter} from './hook-entry.js'
import {type Kept, keptBefore} from './kept.js'
import {isEmptySettings, withHooks, withoutHooks} from './settings-text.js'

/** What becomes of one settings file. */
export interface PlannedFile {
  readonly agent: string
  readonly host: CodingAgent
  /** Relative to the home. */
  readonly file: string
  /** null: there is none. */
  readonly before: string | null
  readonly after: string | null
  /** What the file is to be again when the hooks go; undefined: nothing is remembered of it. */
  readonly original: string | null | undefined
}

interface Wish {
  readonly agents: readonly AgentEntry[]
  readonly hosts: readonly CodingAgent[]
}

/** Our hooks in each agent's settings of each host. Any file that can't be read stops all of it. */
export function planInstall({home}: Pick<Fleet, 'home'>, wish: Wish, {kept, starter}: {kept: Kept; starter: Starter}) {
  return eachFile(wish, (agent, host): PlannedFile => {
    const file = settingsFile(agent, host)
    const before = readSettings(home, file)
    const after = withHooks(before, {host, file}, starter)
    const known = before === null ? undefined : keptBefore(kept[file], before)
    const original = known !== undefined || before === null ? (known ?? null) : withoutHooks(before, {host, file})
    return {agent: agent.name, host, file, before, after, original}
  })
}

/** Takes our hooks out: the file as it was where nobody else has changed it, otherwise without exactly our entries. */
export function planUninstall({home}: Pick<Fleet, 'home'>, wish: Wish, {kept}: {kept: Kept}): PlannedFile[] {
  return eachFile(wish, (agent, host): PlannedFile => {
    const file = settingsFile(agent, host)
    const before = readSettings(home, file)
    const named = {agent: agent.name, host, file, before, original: undefined}
    if (before === null) return {...named, after: null}
    const known = keptBefore(kept[file], before)
    if (known !== undefined) return {...named, after: known}
    const rest = withoutHooks(before, {host, file})
    const isOursAlone = kept[file]?.before === null && rest !== before && isEmptySettings(rest, {host, file})
    return {...named, after: isOursAlone ? null : rest}
  })
}

/** What `record` applies, each only if the file is still what the plan was made from. */
export function changeOf({file, before, after}: PlannedFile): Change[] {
  if (before === after) return []
  const expect = before === null ? null : contentHash(before)
  if (after !== null) return [{kind: 'write', path: file, content: after, expect}]
  return expect === null ? [] : [{kind: 'remove', path: file, expect}]
}

function eachFile<T>({agents, hosts}: Wish, plan: (agent: AgentEntry, host: CodingAgent) => T): T[] {
  return agents.flatMap((agent) => hosts.map((host) => plan(agent, host)))
}

function readSettings({files}: Fleet['home'], file: string): string | null {
  const bytes = files.read(file)
  if (bytes === null) return null
  const text = bytes.toString('utf8')
  if (Buffer.from(text).equals(bytes)) return text
  throw new UserError(`${file} is no text in UTF-8, so nothing is written there.`, {
    code: 'UNREADABLE',
    fix: `file ${shellWord(file)}`,
  })
}
