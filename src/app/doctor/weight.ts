import {lstatSync, readdirSync} from 'node:fs'
import path from 'node:path'
import {listBox} from '../../bus/boxes.js'
import {timeInFileName} from '../../bus/file-name.js'
import {modelOf} from '../../engines/models.js'
import {shellWord} from '../../kit/shell-word.js'
import {estimateTokens} from '../../turn/tokens.js'
import {agentPaths, listAgents} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {type Checkup, editCommand, type Trouble} from '../../workspace/health.js'
import {CONFIG_FILE} from '../../workspace/home.js'
import {readSoulsHere} from '../../workspace/read-souls.js'
import {routeNames} from '../engines/open-route.js'
import {keptFiles} from './committed.js'

const DAY_MS = 86_400_000
/** Tokens; every turn pays for them anew where a provider's cache has forgotten. */
const MUCH_MEMORY = 8_000
const LONG_LOG = 64 * 1024
const MOST_UNREAD = 50
const OLD_MAIL_MS = 7 * DAY_MS
const MIB = 1024 ** 2

const memory: Checkup = {
  id: 'memory-size',
  title: 'No MEMORY.md has outgrown what is worth sending with every turn',
  means: 'All of it goes into every turn: it costs each time, and what matters drowns in it.',
  examine(fleet) {
    const troubles = keptFiles(fleet).flatMap(({kind, path: file, disk}): Trouble[] => {
      const tokens = kind === 'MEMORY' && disk !== null ? estimateTokens(disk.toString('utf8')) : 0
      if (tokens <= MUCH_MEMORY) return []
      const detail = `${file} is about ${tokens} tokens long; ${MUCH_MEMORY} are plenty`
      return [{status: 'warn', detail, fix: editCommand(file)}]
    })
    return {seen: `none above ${MUCH_MEMORY} tokens`, troubles}
  },
}

const prompt: Checkup = {
  id: 'prompt-size',
  title: "What an agent always carries leaves room in its engine's window",
  means: 'With hardly any room left, work is flushed after every few steps, or the turn can not begin.',
  async examine(fleet) {
    const files = keptFiles(fleet)
    const {config} = fleet.home
    const troubles = (await readSoulsHere(fleet)).flatMap(({agent, soul}): Trouble[] => {
      const route = routeNames(config, soul).flatMap((name) => {
        const engine = config.engines[name]
        return engine === undefined ? [] : [{name, window: modelOf(engine).window}]
      })
      const own = files.filter((file) => file.agent?.name === agent.name && file.kind !== 'MAIL')
      const tokens = own.reduce((sum, {disk}) => sum + estimateTokens(disk?.toString('utf8') ?? ''), 0)
      return route.flatMap(({name, window}, index): Trouble[] => {
        const isFull = tokens >= window * config.context.flushAt
        // The later ones are asked when the first can't be: what is tight there is no news, what has no room is.
        if (index > 0 ? !isFull : tokens < window / 2) return []
        const detail = `the files of ${agent.name} come to about ${tokens} tokens, and the window of ${name} is ${window}`
        return [{status: isFull && index === 0 ? 'fail' : 'warn', detail, fix: editCommand(CONFIG_FILE)}]
      })
    })
    return {seen: 'it does', troubles}
  },
}

const logs: Checkup = {
  id: 'log-size',
  title: 'No daily log of these days has run away',
  means: 'A log that grows without end is mostly a loop: one check that reports the same at every beat.',
  examine(fleet) {
    const {files} = fleet.home
    const dayAt = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
    const now = fleet.clock.now()
    const [since, today, tomorrow] = [dayAt(now - 7 * DAY_MS), dayAt(now), dayAt(now + DAY_MS)]
    const troubles = listAgents(fleet.home).flatMap((agent) => {
      const {memoryFolder} = agentPaths(agent)
      const names = files.stat(memoryFolder)?.kind === 'folder' ? files.list(memoryFolder) : []
      return names.flatMap(({name, kind}): Trouble[] => {
        if (kind !== 'file' || !/^\d{4}-\d\d-\d\d\.md$/.test(name) || name.slice(0, 10) < since) return []
        const log = `${memoryFolder}/${name}`
        if (name.slice(0, 10) > tomorrow) {
          const detail = `${log} is the log of a day that is yet to come: it is sent instead of today's`
          return [
            {status: 'warn', detail, fix: `mv ${shellWord(log)} ${shellWord(`${memoryFolder}/${today}-${name}`)}`},
          ]
        }
        const size = files.stat(log)?.size ?? 0
        if (size <= LONG_LOG) return []
        const detail = `${log} has ${Math.round(size / 1024)} KiB`
        return [{status: 'warn', detail, fix: `mcos history ${agent.name}`}]
      })
    })
    return {seen: `none above ${LONG_LOG / 1024} KiB`, troubles}
  },
}

const inbox: Checkup = {
  id: 'inbox-backlog',
  title: 'No inbox has a backlog',
  means: 'Somebody has written, and nobody reads it.',
  examine(fleet) {
    const now = fleet.clock.now()
    const troubles = listAgents(fleet.home).flatMap((agent): Trouble[] => {
      const unread = listBox(fleet.home.files, agent, 'new').filter(({trouble}) => trouble === null)
      const oldest = unread.map(({path: file}) => sentAt(fleet, file)).sort((a, b) => a - b)[0] ?? now
      const days = Math.floor((now - oldest) / DAY_MS)
      const isOld = now - oldest > OLD_MAIL_MS
      if (unread.length <= MOST_UNREAD && !isOld) return []
      const detail = `${agent.name} has ${unread.length} unread${isOld ? `, the oldest for ${days} days` : ''}`
      return [{status: 'warn', detail, fix: `mcos message list ${agent.name}`}]
    })
    return {seen: 'none has', troubles}
  },
}

/** As its name says; of another name, the file's own age counts. */
function sentAt({home}: Fleet, file: string): number {
  return timeInFileName(path.basename(file)) ?? home.files.stat(file)?.mtimeMs ?? Number.POSITIVE_INFINITY
}

interface Kept {
  readonly folder: string
  readonly most: number
  readonly days: number
  readonly what: string
  readonly fix: string
}

const SWEEP = 'mcos fleet sweep'
const KEPT: readonly Kept[] = [
  {folder: 'runs', most: 200 * MIB, days: 91, what: 'receipts', fix: SWEEP},
  {folder: 'transcripts', most: 500 * MIB, days: 91, what: 'transcripts', fix: SWEEP},
  {folder: 'backup', most: 200 * MIB, days: 365, what: 'backups of doctor --fix', fix: 'rm -r .mcos/backup'},
  {folder: 'cache', most: 200 * MIB, days: Number.POSITIVE_INFINITY, what: 'caches', fix: 'rm -r .mcos/cache'},
]

const state: Checkup = {
  id: 'state-size',
  title: 'What mcos keeps on this machine is neither big nor old',
  means: 'It is read at every beat or fills the disk, and nobody needs it any more.',
  examine({mcos, clock}) {
    const troubles = KEPT.flatMap(({folder, most, days, what, fix}): Trouble[] => {
      const found = weigh(path.join(mcos.dir, folder))
      const old = found.filter(({mtimeMs}) => clock.now() - mtimeMs > days * DAY_MS).length
      const bytes = found.reduce((sum, {size}) => sum + size, 0)
      const reasons = [
        ...(bytes > most ? [`${Math.round(bytes / MIB)} MiB of ${what}`] : []),
        ...(old > 0 ? [`${old} files of ${what} older than ${days} days`] : []),
      ]
      return reasons.length === 0 ? [] : [{status: 'warn', detail: `.mcos/${folder}: ${reasons.join(', ')}`, fix}]
    })
    return {seen: 'it is not', troubles}
  },
}

/** Files of a day carry their day as their name; others are as old as the disk says. */
function weigh(dir: string): {readonly size: number; readonly mtimeMs: number}[] {
  if (!lstatSync(dir, {throwIfNoEntry: false})?.isDirectory()) return []
  return readdirSync(dir, {recursive: true, withFileTypes: true}).flatMap((entry) => {
    const found = lstatSync(path.join(entry.parentPath, entry.name), {throwIfNoEntry: false})
    if (!found?.isFile()) return []
    const named = Date.parse(/^\d{4}-\d\d-\d\d/.exec(entry.name)?.[0] ?? '')
    return [{size: found.size, mtimeMs: Number.isNaN(named) ? found.mtimeMs : named}]
  })
}

const ceilings: Checkup = {
  id: 'budget-room',
  title: 'Every ceiling holds at least one turn',
  means: 'With a ceiling below one turn no engine is ever asked.',
  examine({home: {config}}) {
    const {fleet, agent} = config.budgets
    const engines = Object.entries(config.engines).map(([name, {budget}]) => [`engines.${name}`, budget] as const)
    const all = [['budgets.fleet', fleet] as const, ['budgets.agent', agent] as const, ...engines]
    const troubles = all.flatMap(([name, budget]): Trouble[] => {
      if (budget === null) return []
      const small =
        (budget.tokensPerDay !== null && budget.tokensPerDay < LEAST_TOKENS) ||
        (budget.usdPerDay !== null && budget.usdPerDay < LEAST_USD) ||
        budget.turnsPerDay === 0
      const detail = `${name} of ${CONFIG_FILE} is less than one turn needs (about ${LEAST_TOKENS} tokens)`
      return small ? [{status: 'warn', detail, fix: editCommand(CONFIG_FILE)}] : []
    })
    return {seen: 'it does', troubles}
  },
}

const LEAST_TOKENS = 4_000
const LEAST_USD = 0.005

/** What has grown too big, and what is too small. */
export const WEIGHT_CHECKUPS: readonly Checkup[] = [memory, prompt, logs, inbox, state, ceilings]
