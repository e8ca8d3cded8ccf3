import {readCommitBodies} from '../history/commit-bodies.js'
import type {TurnCommit} from '../history/turns.js'
import type {NotUndone} from '../history/undo.js'

/** What turns did outside the files, as their commits tell it: no undo of files takes that back. */
export function effectsOf(home: string, turns: readonly TurnCommit[]): NotUndone[] {
  const bodies = readCommitBodies(
    home,
    turns.map(({commit}) => commit),
  )
  return turns.flatMap(({turn, commit, subject}) => {
    const body = bodies.get(commit)?.split('\n') ?? []
    // A turn of one short line has it in the subject alone, after the agent's name.
    const lines = body.some((line) => line.startsWith('- ')) ? body : [subject.replace(/^[a-z0-9-]+: /, '')]
    return lines.flatMap((line) => effectsIn(line).map((effect) => ({turn, ...effect})))
  })
}

function effectsIn(line: string): Omit<NotUndone, 'turn'>[] {
  const fact = line.replace(/^- /, '')
  const recovery = /^recovery: (`.*` (?:done|failed).*)$/.exec(fact)?.[1]
  if (recovery !== undefined) return [{what: recovery, why: 'a program has run'}]
  const mailbox = /^mail: (\d+ done in mailboxes .+?); back with: (mcos email undo.*)$/.exec(fact)
  if (mailbox !== null) return [{what: mailbox[1] ?? '', why: `${mailbox[2]} takes it back`}]
  const acted = /^mail (m_\w+: .*); back with: (mcos email undo m_\w+)$/.exec(fact)
  if (acted !== null) return [{what: acted[1] ?? '', why: `${acted[2]} takes it back`}]
  const told = /^mail: (told .*) \(mail-[0-9a-f]{24}\)$/.exec(fact)?.[1]
  if (told !== undefined) return [{what: told, why: 'a person has been told'}]
  const page = /^(?:P3|back): .*; (paged .*)$/.exec(fact)?.[1]
  return page === undefined || page === 'paged before' ? [] : [{what: page, why: 'a person has been told'}]
}
