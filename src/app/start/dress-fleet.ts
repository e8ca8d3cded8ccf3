import type {TemplateAgent} from '../../fleet/read-template.js'
import type {Change} from '../../workspace/change.js'
import {CONFIG_FILE} from '../../workspace/home.js'
import {type MailChoice, withEngine, withMail} from './dress-config.js'
import {withRepositories, withWatches} from './dress-workspace.js'
import {tilde} from './first-look.js'
import type {StartWish} from './wish.js'

/** A new fleet's files with the engine, the mail and the watches that a person has chosen; one commit holds it all. */
export function dressFleet(
  changes: readonly Change[],
  {
    agents,
    wish,
    home,
  }: {agents: readonly TemplateAgent[]; wish: Pick<StartWish, 'engine' | 'watch'>; home: string | undefined},
): readonly Change[] {
  const reader = seatOf(agents, 'comms')
  const keeper = seatOf(agents, 'engineer')
  const mail = reader === null ? [] : nameMail(wish.watch.maildirs, {agent: reader, home})
  const repositories = wish.watch.repositories.map((dir) => tilde(dir, home))
  return changes.map((change) => {
    if (change.kind !== 'write') return change
    const edit = (content: string): Change => ({...change, content})
    if (change.path === CONFIG_FILE) {
      return edit(withMail(wish.engine === null ? change.content : withEngine(change.content, wish.engine), mail))
    }
    if (keeper !== null && change.path === `workspaces/${keeper}/SOUL.md`) {
      return edit(withRepositories(change.content, repositories))
    }
    if (!change.path.endsWith('/HEARTBEAT.md')) return change
    const who = change.path.split('/')[1]
    return edit(
      withWatches(change.content, {
        repositories: who === keeper ? repositories : [],
        accounts: who === reader ? mail.map(({name}) => name) : [],
      }),
    )
  })
}

/** Whose work it is; in a fleet without that role, the first agent's. */
function seatOf(agents: readonly TemplateAgent[], role: string): string | null {
  return (agents.find((agent) => agent.role === role) ?? agents[0])?.name ?? null
}

/** A mailbox is called as its folder is, where that says anything. */
function nameMail(
  maildirs: readonly string[],
  {agent, home}: {readonly agent: string; readonly home: string | undefined},
): MailChoice[] {
  const taken = new Set<string>()
  return maildirs.map((dir) => {
    const parts = dir.split('/').filter((part) => !/^(?:inbox|maildir|mail|\.mail)$/i.test(part))
    const word =
      tilde(dir, home)
        .split('/')
        .filter((part) => parts.includes(part))
        .at(-1) ?? 'local'
    const plain = word.replace(/[^A-Za-z0-9-]/g, '').slice(0, 40) || 'local'
    let name = plain
    for (let number = 2; taken.has(name); number++) name = `${plain}-${number}`
    taken.add(name)
    return {name, path: tilde(dir, home), agent}
  })
}
