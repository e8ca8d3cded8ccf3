import {formatRecords} from '../src/mail/ledger/format.js'
import type {MailRecord} from '../src/mail/ledger/record.js'
import {openScene, type Scene, type SceneOptions} from './heartbeat-scene.js'

/** Accounts as a person writes them, each on one line of mcos.yaml. */
export interface MailSceneOptions extends SceneOptions {
  /** By name, what stands between the braces: `kind: maildir, path: Mail, agent: donna`. */
  readonly accounts?: Readonly<Record<string, string>>
  /** What donna's ledger knows, by day. */
  readonly ledger?: Readonly<Record<string, readonly MailRecord[]>>
}

const DONNA =
  '---\nreports_to: jarvis\ncontract:\n  reads: [workspaces/donna/**]\n  may: [message, mail.label]\n---\n# Donna\n'

/** A fleet whose donna looks after mail accounts, and has done so before. */
export function openMailScene({accounts = {}, ledger = {}, files = {}, ...options}: MailSceneOptions = {}): Scene {
  const lines = Object.entries(accounts).map(([name, text]) => `    ${name}: { ${text} }\n`)
  const days = Object.entries(ledger).map(([date, records]) => [
    `workspaces/donna/mail/${date}.jsonl`,
    formatRecords(records),
  ])
  return openScene({
    files: {
      'mcos.yaml': `version: 1\nname: northwind\nmail:\n  accounts:${lines.length === 0 ? ' {}' : ''}\n${lines.join('')}`,
      'workspaces/donna/SOUL.md': DONNA,
      ...Object.fromEntries(days),
      ...files,
    },
    ...options,
  })
}
