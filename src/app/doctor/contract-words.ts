import {statSync} from 'node:fs'
import path from 'node:path'
import {findHost} from '../../guard/hosts.js'
import {coversWord} from '../../guard/permit.js'
import {type AgentEntry, listAgents} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {type Checkup, editCommand, type Trouble} from '../../workspace/health.js'
import {nearestName} from '../../workspace/names.js'
import {type AgentSoul, readSouls, readSoulsHere} from '../../workspace/read-souls.js'
import type {Contract} from '../../workspace/soul.js'

/** What agents are known to do; below other words than these anything may be meant. */
const VERBS: readonly string[] = `
  message task.create shell deploy fetch read write delete run git.push token.revoke
  alert.P0 alert.P1 alert.P2 alert.P3 alert.confirm memory.add memory.write wiki.write
  mail.label mail.flag mail.mark mail.move mail.draft mail.send mail.reply mail.forward mail.delete
  http.get http.post http.put http.patch http.delete http.head http.options`
  .trim()
  .split(/\s+/)
/** Below these all words are known. */
const CLOSED = ['mail', 'alert', 'task', 'http', 'git', 'memory']

const words: Checkup = {
  id: 'contract-words',
  title: 'Every word of a contract says something, and none takes back another',
  means: 'What is misspelt or contradicts itself opens nothing, and the agent is refused what it was meant to do.',
  async examine(fleet) {
    const troubles = (await readSouls(fleet)).flatMap(({file, soul}) => {
      const contract = soul?.contract
      if (!contract) return []
      const why = [...strangeWords(contract), ...takenBack(contract), ...strangeHosts(contract)]
      return why.map((told): Trouble => ({status: 'warn', detail: `${file}: ${told}`, fix: editCommand(file)}))
    })
    return {seen: 'each does', troubles}
  },
}

function strangeWords({may, ask, never}: Contract): string[] {
  return Object.entries({may, ask, never}).flatMap(([key, list]) =>
    list.flatMap((word) => {
      const near = isStrange(word) ? nearestName(word, VERBS) : null
      const [family = ''] = word.split('.')
      if (near !== null) return [`${key}: ${word} is nothing that an agent does; did you mean ${near}?`]
      return CLOSED.includes(family) && isStrange(word) ? [`${key}: ${word} is nothing that an agent does`] : []
    }),
  )
}

/** Below `mail`, `alert` and the like all words are known; any other word may be a person's own, unless it is nearly one. */
function isStrange(word: string): boolean {
  const plain = word.replace(/\.\*$/, '').toLowerCase()
  if (plain === '*' || plain.startsWith('mcp.')) return false
  if (VERBS.some((verb) => coversWord(plain, verb))) return false
  if (CLOSED.includes(plain.split('.')[0] ?? '')) return true
  const near = nearestName(plain, VERBS)
  return near !== null && near[0] === plain[0] && Math.abs(near.length - plain.length) <= 1
}

/** `never` wins over all, and `ask` over `may`: what stands under both is not what one of them says. */
function takenBack({may, ask, never}: Contract): string[] {
  const denied = [...may, ...ask].flatMap((word) => {
    const by = never.find((closed) => coversWord(closed, word.replace(/\.\*$/, '')))
    return by === undefined ? [] : [`may or ask: ${word} and never: ${by}: never wins, so it is always refused`]
  })
  const asked = may.flatMap((word) => {
    const by = ask.find((known) => coversWord(known, word.replace(/\.\*$/, '')))
    return by === undefined ? [] : [`may: ${word} and ask: ${by}: a person is asked each time`]
  })
  return [...denied, ...asked]
}

function strangeHosts({hosts}: Contract): string[] {
  return hosts.flatMap((host) => {
    const sample = host.startsWith('*.') ? `x${host.slice(1)}` : host
    if (findHost([host], sample) !== undefined) return []
    const bare = URL.canParse(host) ? new URL(host).host : ''
    return [`hosts: ${host} covers no host${bare === '' ? '' : `; say ${bare}`}`]
  })
}

const places: Checkup = {
  id: 'contract-places',
  title: 'Every path and repository of a contract is somewhere',
  means: 'A path that covers nothing opens nothing, however right it looks.',
  async examine(fleet) {
    const agents = listAgents(fleet.home)
    const here = new Set((await readSoulsHere(fleet)).map(({agent}) => agent.name))
    const troubles = (await readSouls(fleet)).flatMap((one) => {
      const told = [
        ...strangePaths(fleet, one, agents),
        ...(here.has(one.agent.name) ? lostRepositories(fleet, one) : []),
      ]
      return told.map((why): Trouble => ({status: 'warn', detail: `${one.file}: ${why}`, fix: editCommand(one.file)}))
    })
    return {seen: 'each is', troubles}
  },
}

function strangePaths({home}: Fleet, {soul}: AgentSoul, agents: readonly AgentEntry[]): string[] {
  const {reads = [], writes = []} = soul?.contract ?? {}
  return Object.entries({reads, writes}).flatMap(([key, globs]) =>
    globs.flatMap((glob) => {
      const whose = /^workspaces\/([^/*?{[]+)(?:\/|$)/.exec(glob)?.[1]
      if (whose !== undefined && !agents.some(({path: folder}) => `${folder}/`.startsWith(`workspaces/${whose}/`))) {
        const near = nearestName(
          whose,
          agents.map(({name}) => name),
        )
        return [`${key}: ${glob}, and there is no agent ${whose}${near ? `; did you mean ${near}?` : ''}`]
      }
      const isFolder = !/[*?{[]/.test(glob) && home.files.stat(glob)?.kind === 'folder'
      return isFolder ? [`${key}: ${glob} covers the folder and nothing in it; say ${glob.replace(/\/$/, '')}/**`] : []
    }),
  )
}

function lostRepositories({home, env}: Fleet, {soul, agent}: AgentSoul): string[] {
  return (soul?.contract?.repos ?? []).flatMap((repo) => {
    const typed = repo.replace(/^~(?=\/|$)/, env['HOME'] ?? '~')
    const found = [agent.path, '.'].some((from) =>
      statSync(path.resolve(home.dir, from, typed), {throwIfNoEntry: false}),
    )
    return found ? [] : [`repos: ${repo}: there is no such folder on this machine`]
  })
}

const confirmers: Checkup = {
  id: 'confirmers',
  title: 'Somebody confirms what agents raise',
  means: 'An alert that neither another agent nor a person may confirm stays a claim for ever.',
  async examine(fleet) {
    const souls = await readSouls(fleet)
    // People confirm at any level, and where no agent can, the question goes to them at once.
    const person = Object.keys(fleet.home.config.people).find((name) => !souls.some(({agent}) => agent.name === name))
    if (person !== undefined) return {seen: 'somebody does', troubles: []}
    const troubles = (['P2', 'P1'] as const).flatMap((level): Trouble[] => {
      const raisers = souls.filter(({soul}) => soul?.contract?.may.includes(`alert.${level}`))
      const able = souls.filter(({soul}) => soul?.escalation.confirms.includes(level))
      const alone = raisers.filter(({agent}) => able.every((one) => one.agent.name === agent.name))
      if (alone.length === 0) return []
      const names = alone.map(({agent}) => agent.name).join(', ')
      const detail = `${names} may raise ${level}, and no other agent has it under escalation: confirms:, and mcos.yaml no people`
      const [who = alone[0]] =
        able.length > 0 ? able : souls.filter(({soul}) => soul?.contract?.may.includes('alert.confirm'))
      return [{status: 'warn', detail, fix: editCommand(who?.file ?? 'SOUL.md')}]
    })
    return {seen: 'somebody does', troubles}
  },
}

/** What contracts say that nobody can act on. */
export const CONTRACT_WORD_CHECKUPS: readonly Checkup[] = [words, places, confirmers]
