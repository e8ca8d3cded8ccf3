import {listAgents, listStrangers} from './agents.js'
import type {Fleet} from './fleet.js'
import {type Checkup, count, editCommand, type Trouble} from './health.js'
import {CONFIG_FILE} from './home.js'
import {readSouls} from './read-souls.js'

const unknownKeys: Checkup = {
  id: 'config-keys',
  title: 'Every key of mcos.yaml is known',
  means: 'A key that nobody knows is a wish that nobody acts on, often a slip of one letter.',
  examine({home}) {
    const troubles = home.config.unknown.map(({path, line, near}): Trouble => {
      const hint = near ? `; did you mean ${near}?` : ', and nothing acts on it'
      return {
        status: 'warn',
        detail: `${CONFIG_FILE}:${line}: ${path} is not a key mcos knows${hint}`,
        fix: editCommand(CONFIG_FILE),
      }
    })
    return {seen: 'no unknown key', troubles}
  },
}

const timezone: Checkup = {
  id: 'timezone',
  title: 'The fleet has a time zone',
  means: 'Every time of day in a HEARTBEAT.md is read in this zone.',
  examine({home}) {
    const {timezone: zone} = home.config
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone
    const isSaid = /^timezone\s*:/m.test(home.configText)
    if (isSaid || here === 'UTC') return {seen: zone, troubles: []}
    const detail = `${CONFIG_FILE} names no timezone, so 08:00 means UTC; this machine is in ${here}`
    return {seen: zone, troubles: [{status: 'warn', detail, fix: editCommand(CONFIG_FILE)}]}
  },
}

const agents: Checkup = {
  id: 'agents',
  title: 'Every agent has its folder',
  means: 'An agent without its folder has no contract and is never woken.',
  examine({home}) {
    const all = listAgents(home)
    const lost = all.filter(({path}) => path !== '.' && home.files.stat(path)?.kind !== 'folder')
    const troubles = lost.map(
      ({name, path}): Trouble => ({
        status: 'fail',
        detail: `${CONFIG_FILE} says that ${name} lives in ${path}, and there is no such folder`,
        fix: editCommand(CONFIG_FILE),
      }),
    )
    if (all.length === 0) troubles.push({status: 'warn', detail: 'there is no agent yet', fix: 'mcos init agent main'})
    return {seen: all.map(({name}) => name).join(', '), troubles}
  },
}

const strangers: Checkup = {
  id: 'strangers',
  title: 'Nothing strange lies under workspaces/',
  means: 'A folder that is not taken for an agent is silently never served.',
  examine({home}) {
    const troubles = listStrangers(home).map((path): Trouble => {
      const wish = path
        .slice('workspaces/'.length)
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-+|-+$/g, '')
      const isFolder = home.files.stat(path)?.kind === 'folder'
      return {
        status: 'warn',
        detail: `${path} is no agent: ${isFolder ? 'its name is not of a-z, 0-9 and "-"' : 'it is a file or a link, and no link is followed'}`,
        fix: isFolder && wish !== '' ? `mv '${path}' workspaces/${wish}` : `mv '${path}' .`,
      }
    })
    return {seen: 'only agents', troubles}
  },
}

const budgets: Checkup = {
  id: 'budgets',
  title: 'What engines may cost has a ceiling',
  means: 'Without a ceiling one loop in one night can spend what you have.',
  async examine(fleet) {
    const {home} = fleet
    const {engines, budgets: set} = home.config
    // Its key may stand in the SOUL.md of each agent instead.
    const keyed = new Set((await readSouls(fleet)).flatMap(({soul}) => Object.keys(soul?.keys ?? {})))
    const metered = Object.entries(engines).filter(
      ([name, {billing, key}]) => billing === 'metered' && (key !== null || keyed.has(name)),
    )
    const hasCeiling = (set.fleet?.usdPerDay ?? set.fleet?.tokensPerDay ?? null) !== null
    if (metered.length === 0) {
      return {
        seen: hasCeiling ? 'budgets are set, and no engine that costs money' : 'no engine that costs money',
        troubles: [],
      }
    }
    if (hasCeiling) {
      return {seen: `the fleet has a daily ceiling for ${count(metered.length, 'engine')}`, troubles: await idle(fleet)}
    }
    const detail = `${metered.map(([name]) => name).join(', ')} can spend without a daily limit: budgets.fleet is not set`
    return {seen: '', troubles: [{status: 'warn', detail, fix: editCommand(CONFIG_FILE)}]}
  },
}

/** Agents that believe they have more than there is. */
async function idle(fleet: Fleet): Promise<Trouble[]> {
  const most = [fleet.home.config.budgets.agent?.usdPerDay, fleet.home.config.budgets.fleet?.usdPerDay]
  const ceiling = Math.min(...most.flatMap((usd) => usd ?? []))
  return (await readSouls(fleet)).flatMap(({agent, file, soul}): Trouble[] => {
    const own = soul?.budget?.usdPerDay ?? 0
    if (own <= ceiling) return []
    const detail = `${file}: ${agent.name} has $${own} a day, and ${CONFIG_FILE} lets nobody have more than $${ceiling}`
    return [{status: 'warn', detail, fix: editCommand(file)}]
  })
}

/** What mcos.yaml alone tells. */
export const CONFIG_CHECKUPS: readonly Checkup[] = [unknownKeys, timezone, agents, strangers, budgets]
