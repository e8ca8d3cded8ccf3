import {type AgentEntry, listAgents} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {type Checkup, count, editCommand, type Repair, type Trouble} from '../workspace/health.js'
import {CONFIG_FILE} from '../workspace/home.js'
import {readSouls} from '../workspace/read-souls.js'
import {mailPaths} from './ledger/paths.js'
import {type MailLedger, readLedger} from './ledger/read.js'
import {pageOf, recordsOfPage} from './page/render-page.js'

/** Pages of so many days are compared with their ledger; older ones are history. */
const DAYS = 3

const heard: Checkup = {
  id: 'mail-escalate',
  title: 'Urgent mail of every account reaches somebody',
  means: 'Urgent mail is found and then told to nobody.',
  async examine(fleet) {
    const {config} = fleet.home
    const names = new Set([...listAgents(fleet.home).map(({name}) => name), ...Object.keys(config.channels)])
    const above = new Map((await readSouls(fleet)).map(({agent, soul}) => [agent.name, soul?.reportsTo ?? null]))
    const accounts = Object.entries(config.mail.accounts)
    const troubles = accounts.flatMap(([name, {agent, escalate}]): Trouble[] => {
      const instead = above.get(agent) ?? null
      const isPaged = config.page?.when.includes('mail.urgent') ?? false
      const hearer = instead !== null && names.has(instead) ? instead : isPaged ? 'only who is paged' : null
      const isNobody = hearer === null
      const why = reasonAgainst({agent, escalate, names, isNobody})
      if (why === null) return []
      const detail = `mail account ${name}: ${why}, so ${hearer ?? 'nobody'} hears of it`
      // Who has named nobody yet has made no mistake: the page of mail still has it all.
      const isMistake = isNobody && escalate !== null
      return [{status: isMistake ? 'fail' : 'warn', detail, fix: editCommand(CONFIG_FILE)}]
    })
    return {seen: accounts.length === 0 ? 'there is none' : count(accounts.length, 'account'), troubles}
  },
}

/** null: who is named can be told, or nobody is named and somebody hears of it all the same. */
function reasonAgainst({
  agent,
  escalate,
  names,
  isNobody,
}: {
  readonly agent: string
  readonly escalate: string | null
  readonly names: ReadonlySet<string>
  readonly isNobody: boolean
}): string | null {
  if (escalate === null) return isNobody ? 'escalate names nobody' : null
  if (escalate === agent) return `escalate names ${agent} itself`
  return names.has(escalate) ? null : `escalate names ${escalate}, which is neither an agent nor a channel`
}

const pages: Checkup = {
  id: 'mail-pages',
  title: 'Every page of mail tells what its ledger knows',
  means: 'The page of mail that people read lags behind what is known.',
  examine(fleet) {
    const old = oldPages(fleet)
    const troubles = old.map(
      ({path}): Trouble => ({
        status: 'warn',
        detail: `${path} is older than its ledger, as after a merge`,
        fix: 'mcos doctor --fix',
        fixable: true,
      }),
    )
    return {seen: 'those of the last days do', troubles}
  },
  repair(fleet): Repair[] {
    return oldPages(fleet).map(({path, text}) => ({
      what: `Write ${path} anew from its ledger`,
      changes: [{kind: 'write', path, content: text}],
    }))
  },
}

interface OldPage {
  readonly path: string
  /** As it should be. */
  readonly text: string
}

function oldPages(fleet: Fleet): OldPage[] {
  const {home, clock} = fleet
  if (Object.keys(home.config.mail.accounts).length === 0) return []
  const window = {days: 45, now: clock.now(), zone: home.config.timezone}
  return listAgents(home).flatMap((agent) => {
    const ledger = readLedger(home.files, agent, window)
    return ledger.days.slice(-DAYS).flatMap((date) => oldPage(fleet, {agent, ledger, date}))
  })
}

function oldPage(
  {home}: Fleet,
  {agent, ledger, date}: {readonly agent: AgentEntry; readonly ledger: MailLedger; readonly date: string},
): OldPage[] {
  const path = mailPaths(agent).page(date)
  const shown = recordsOfPage(home.files.readText(path) ?? '')
  if (shown === ledger.records(date).length) return []
  const mine = Object.entries(home.config.mail.accounts).filter(([, account]) => account.agent === agent.name)
  const text = pageOf(ledger, {date, zone: home.config.timezone, accounts: mine.map(([name]) => name)})
  return text === null ? [] : [{path, text}]
}

/** Whether what is known of mail reaches somebody. */
export const TELLING_CHECKUPS: readonly Checkup[] = [heard, pages]
