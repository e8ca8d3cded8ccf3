import {existsSync} from 'node:fs'
import path from 'node:path'
import {cleanLine} from '../kit/text.js'
import {listAgents} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {type Checkup, count, editCommand, type Repair, type Trouble} from '../workspace/health.js'
import {CONFIG_FILE} from '../workspace/home.js'
import {TELLING_CHECKUPS} from './checkups-telling.js'
import {readAccountState} from './desk/account-state.js'

const TOKENS = 'mail/tokens'

const accounts: Checkup = {
  id: 'mail-accounts',
  title: 'Every mail account has an agent and could be read when it was last tried',
  means: 'Mail of this account is not read, so nothing urgent in it is noticed.',
  examine({home, mcos, env}) {
    const names = new Set(listAgents(home).map(({name}) => name))
    const known = Object.entries(home.config.mail.accounts)
    const troubles = known.flatMap(([name, account]): Trouble[] => {
      const {agent} = account
      const {state, damaged} = readAccountState(mcos, name)
      return [
        ...(names.has(agent) ? [] : [orphaned(name, agent)]),
        ...(account.kind === 'maildir' && !existsSync(folderOf(account.path, {home, env}))
          ? [gone(name, account.path)]
          : []),
        ...(state.failure === null ? [] : [failing(name, state.failure)]),
        ...(damaged === null ? [] : [forgotten(name, damaged)]),
      ]
    })
    return {seen: known.length === 0 ? 'there is none' : count(known.length, 'account'), troubles}
  },
}

function folderOf(named: string, {home, env}: Pick<Fleet, 'home' | 'env'>): string {
  return path.resolve(home.dir, named.replace(/^~(?=\/|$)/, env['HOME'] ?? '~'))
}

function gone(name: string, path: string): Trouble {
  const detail = `mail account ${name}: there is no folder ${path} on this machine`
  return {status: 'fail', detail, fix: editCommand(CONFIG_FILE)}
}

function orphaned(name: string, agent: string): Trouble {
  const detail = `mail account ${name} is for ${agent} to look after, and there is no such agent`
  return {status: 'fail', detail, fix: editCommand(CONFIG_FILE)}
}

function failing(name: string, {message, since, fix}: {message: string; since: string; fix: string}): Trouble {
  const detail = cleanLine(
    `mail account ${name} can't be read since ${since.slice(0, 16).replace('T', ' ')}: ${message}`,
  )
  return {status: 'warn', detail, fix}
}

/** Nothing is lost by it: the ledger knows what was read. */
function forgotten(name: string, damaged: string): Trouble {
  return {status: 'warn', detail: `${damaged}; the next triage writes it anew`, fix: `mcos email triage ${name}`}
}

const logins: Checkup = {
  id: 'mail-logins',
  title: 'Nobody else on this machine can read the logins of mail accounts',
  means: 'Whoever reads such a file can read the mailbox.',
  examine(fleet) {
    const open = openLogins(fleet)
    const troubles = open.map(
      (path): Trouble => ({
        status: 'fail',
        detail: `${path} can be read by others on this machine: log in again once it is closed`,
        fix: `chmod 600 ${path}`,
        fixable: true,
      }),
    )
    return {seen: 'all that are kept are closed to others', troubles}
  },
  repair(fleet): Repair[] {
    return openLogins(fleet).map((path) => ({
      what: `Close ${path} to others (mode 600)`,
      local: [{kind: 'chmod', path, mode: 0o600}],
    }))
  },
}

/** From the home. */
function openLogins({mcos}: Fleet): string[] {
  if (process.platform === 'win32' || mcos.stat(TOKENS)?.kind !== 'folder') return []
  return mcos.list(TOKENS).flatMap(({name, kind}) => {
    const mode = mcos.stat(`${TOKENS}/${name}`)?.mode ?? 0
    return kind === 'file' && (mode & 0o077) !== 0 ? [`.mcos/${TOKENS}/${name}`] : []
  })
}

/** What mail accounts tell without a network. */
export const ACCOUNT_CHECKUPS: readonly Checkup[] = [accounts, logins, ...TELLING_CHECKUPS]
