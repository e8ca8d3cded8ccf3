import {isInRepository} from '../../history/repository.js'
import {repositoryState} from '../../history/repository-state.js'
import {history} from '../../history/turns.js'
import {isUserError, type UserError} from '../../kit/errors.js'
import {shellWord} from '../../kit/shell-word.js'
import {effectiveContract, type SoulState} from '../../workspace/contract.js'
import type {Fleet} from '../../workspace/fleet.js'
import {type Checkup, count, editCommand, restoreCommand, type Trouble} from '../../workspace/health.js'
import {nearestName} from '../../workspace/names.js'
import {parseSoul} from '../../workspace/parse-soul.js'
import {type AgentSoul, readSouls} from '../../workspace/read-souls.js'
import {keptFiles} from './committed.js'

const readable: Checkup = {
  id: 'contracts',
  title: 'Every SOUL.md can be read and has a contract',
  means: 'An agent whose contract is unreadable may do nothing; one without may do next to nothing.',
  async examine(fleet) {
    const souls = await readSouls(fleet)
    const troubles = souls.flatMap(({agent, file, soul, error, text}): Trouble[] => {
      if (error) return [{status: 'fail', detail: error.message, fix: mendOf(error, file)}]
      if (soul?.contract) return []
      const what = soul === null ? `${agent.name} has no ${file}` : `${file} has no contract${whyNone(text)}`
      const detail = `${what}: it may use its own folder, log, write messages and raise P3, and nothing else`
      return [{status: 'warn', detail, fix: editCommand(file)}]
    })
    return {seen: count(souls.length, 'contract'), troubles}
  },
}

const committed: Checkup = {
  id: 'contracts-committed',
  title: 'Every contract holds as it stands: what widens it is committed',
  means: 'What widens a contract counts only once a person has committed it, so it does not hold yet.',
  async examine(fleet) {
    const souls = await readSouls(fleet)
    // Before the first commit, and without a repository, all of them wait; git's own checks tell of it.
    if (!hasCommit(fleet)) return {seen: 'nothing is committed yet', troubles: []}
    const before = readCommitted(fleet, souls)
    const troubles = souls.flatMap((one): Trouble[] => {
      if (one.error) return []
      const effective = effectiveContract({agent: one.agent, disk: one.soul, committed: before.get(one.file) ?? null})
      if (effective.kind === 'deny') {
        return [
          {
            status: 'fail',
            detail: `${one.file}: ${effective.reason}; everything is denied`,
            fix: restoreCommand(one.file),
          },
        ]
      }
      if (effective.waiting.length === 0) return []
      const detail = `${one.file}: waits for your commit: ${effective.waiting.join('; ')}`
      return [{status: 'warn', detail, fix: `mcos commit ${shellWord(one.file)}`}]
    })
    return {seen: 'nothing waits', troubles}
  },
}

const reports: Checkup = {
  id: 'reports-to',
  title: 'Whom an agent reports to exists, and leads to a top',
  means: 'Reports and urgent mail go to whom it names; a wrong name loses them.',
  async examine(fleet) {
    const souls = await readSouls(fleet)
    const above = new Map(souls.map(({agent, soul}) => [agent.name, soul?.reportsTo ?? null]))
    const names = [...above.keys(), ...Object.keys(fleet.home.config.people)]
    const troubles = souls.flatMap(({agent, file, soul}): Trouble[] => {
      const to = soul?.reportsTo ?? null
      if (to === null) return []
      if (!names.includes(to)) {
        const near = nearestName(to, names)
        const detail = `${file}: ${agent.name} reports to ${to}, whom this fleet doesn't have${near ? `; did you mean ${near}?` : ''}`
        return [{status: 'fail', detail, fix: editCommand(file)}]
      }
      if (!isInCircle(agent.name, above)) return []
      return [{status: 'fail', detail: `${file}: ${agent.name} reports in the end to itself`, fix: editCommand(file)}]
    })
    const tops = souls.filter(({soul}) => !soul?.reportsTo).map(({agent}) => agent.name)
    return {seen: `at the top: ${tops.join(', ') || 'people'}`, troubles}
  },
}

const hosts: Checkup = {
  id: 'hosts',
  title: 'Every agent has a machine',
  means: 'An agent whose machine is misspelt is woken nowhere.',
  async examine(fleet) {
    const away = (await readSouls(fleet)).flatMap(({agent, file, soul}) =>
      soul?.host && soul.host !== fleet.host ? [{name: agent.name, file, host: soul.host}] : [],
    )
    const troubles = away.flatMap(({name, file, host}): Trouble[] => {
      const isNear = nearestName(host, [fleet.host]) !== null || host.split('.')[0] === fleet.host.split('.')[0]
      if (isNear) {
        const detail = `${file}: ${name} runs on ${host}, and this machine is ${fleet.host}: nearly, and so not`
        return [{status: 'fail', detail, fix: editCommand(file)}]
      }
      if (!isInRepository(fleet.home.dir) || history(fleet.home.dir, {agent: name, limit: 1}).length > 0) return []
      const detail = `${file}: ${name} runs on ${host}, this machine is ${fleet.host}, and no machine has done a turn of it yet`
      return [{status: 'warn', detail, fix: editCommand(file)}]
    })
    const elsewhere = away.map(({name, host}) => `${name} on ${host}`).join(', ')
    return {seen: `this is ${fleet.host}${elsewhere ? `; elsewhere: ${elsewhere}` : ''}`, troubles}
  },
}

/** Patterns that open the folders of all agents at once. */
const EVERYWHERE = /^(?:\*\*?|workspaces|workspaces\/\*\*?)(?:\/\*\*?)*$/

const wide: Checkup = {
  id: 'contracts-wide',
  title: "No contract opens other agents' folders for writing",
  means: "An agent that is talked into something can then rewrite every other agent's memory.",
  async examine(fleet) {
    const souls = await readSouls(fleet)
    const troubles = souls.flatMap(({agent, file, soul}): Trouble[] => {
      const writes = agent.path === '.' || souls.length === 1 ? [] : (soul?.contract?.writes ?? [])
      return writes.flatMap((glob): Trouble[] => {
        const other = souls.find((one) => one.agent.name !== agent.name && glob.startsWith(`${one.agent.path}/`))
        const whose = EVERYWHERE.test(glob)
          ? 'the folders of all other agents too'
          : `the folder of ${other?.agent.name}`
        if (other === undefined && !EVERYWHERE.test(glob)) return []
        return [{status: 'warn', detail: `${file}: ${agent.name} may write ${glob}: ${whose}`, fix: editCommand(file)}]
      })
    })
    return {seen: 'none does', troubles}
  },
}

/** What agents may do, for whom, and where. */
export const CONTRACT_CHECKUPS: readonly Checkup[] = [readable, committed, reports, hosts, wide]

/** What reads as a heading or a rule to Markdown was meant to be the contract. */
function whyNone(text: string | null): string {
  const lines = (text ?? '').replace(/^\ufeff/, '').split(/\r?\n/)
  const at = lines.findIndex((line) => /^contract:/.test(line))
  if (at === -1) return ''
  const isOpen = lines[0]?.trimEnd() === '---' && !lines.slice(1).some((line) => line.trimEnd() === '---')
  if (isOpen) return ': the "---" that ends its head is missing'
  return `: line ${at + 1} says one, below the place for it, which is between two lines "---" at the very top`
}

/** What only shows a difference mends nothing; a file that is no file has a way of its own. */
function mendOf({suggestions: [first = '']}: UserError, file: string): string {
  return /^(?:mcos|chmod|git (?!diff))/.test(first) ? first : editCommand(file)
}

function hasCommit({home}: Fleet): boolean {
  return isInRepository(home.dir) && repositoryState(home.dir).head !== null
}

function readCommitted(fleet: Fleet, souls: readonly AgentSoul[]): Map<string, SoulState> {
  const heads = new Map(keptFiles(fleet).map(({path, head}) => [path, head]))
  return new Map(souls.map(({file}) => [file, parseCommitted(heads.get(file) ?? null, file)]))
}

function parseCommitted(bytes: Buffer | null, file: string): SoulState {
  try {
    return bytes === null ? null : parseSoul(bytes.toString('utf8'), file)
  } catch (error) {
    if (isUserError(error)) return 'broken'
    throw error
  }
}

function isInCircle(name: string, above: ReadonlyMap<string, string | null>): boolean {
  const seen = new Set<string>()
  for (let next = above.get(name) ?? null; next !== null && !seen.has(next); next = above.get(next) ?? null) {
    if (next === name) return true
    seen.add(next)
  }
  return false
}
