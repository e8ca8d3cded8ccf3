import {parseAlert, parseAlertEvent} from '../src/workspace/alert-file.js'
import {approvalHash, parseAnswer, parseRequest, parseUse} from '../src/workspace/approval-file.js'
import {lostSince} from '../src/workspace/config-loss.js'
import {effectiveContract} from '../src/workspace/contract.js'
import {parseLog} from '../src/workspace/daily-log.js'
import {parseGuardrail} from '../src/workspace/guardrail-file.js'
import {parseMemory} from '../src/workspace/memory-file.js'
import {parseMessage} from '../src/workspace/message-file.js'
import {parseConfig} from '../src/workspace/parse-config.js'
import {parseSoul} from '../src/workspace/parse-soul.js'
import {readReceipts} from '../src/workspace/receipt.js'
import type {Contract} from '../src/workspace/soul.js'
import {parseTask, parseTaskEvent} from '../src/workspace/task-file.js'
import {parseUsage} from '../src/workspace/usage-ledger.js'
import {parseWorkstate} from '../src/workspace/workstate-file.js'
import * as samples from './corruption-samples.js'

/** One kind of file that is damaged and read again. */
export interface Subject {
  readonly file: string
  readonly text: string
  /** Gives what the text says, as plain data, or throws. */
  read(text: string): unknown
  /** What the reader noticed of a loss, although it gave a value; empty: nothing. */
  told(value: unknown, before: unknown): readonly unknown[]
  /** What of a value must not become nothing; by default all of it. */
  essence?(value: unknown): unknown
  /** A list of lines or prose: one that ends early is a shorter one, and only git can tell. */
  readonly mayEndEarly?: boolean
}

const AGENT = {name: 'donna', path: 'workspaces/donna'}
/** Whether a list has a line that no line of the committed one begins like. */
const isMore = (list: readonly string[], before: readonly string[] = []) =>
  list.some((line) => !before.some((wide) => line === wide || line.startsWith(wide.replace(/\*\*$/, ''))))
const ALLOWED = ({reads, writes, hosts, commands, may}: Contract) => [reads, writes, hosts, commands, may]
/** An approval's hash covers what would be done. */
const changedRequest = (value: unknown) => {
  const request = value as ReturnType<typeof parseRequest>
  return [...request.unknown, ...(approvalHash(request) === request.hash ? [] : ['void'])]
}
const unknownKeys = (value: unknown) => (value as {unknown?: readonly unknown[]}).unknown ?? []

export const SUBJECTS: readonly Subject[] = [
  {
    file: 'mcos.yaml',
    text: samples.CONFIG,
    read: (text) => parseConfig(text, 'mcos.yaml'),
    told: (value, before) => [
      ...unknownKeys(value),
      ...lostSince(...([before, value] as Parameters<typeof lostSince>)),
    ],
  },
  {
    file: 'SOUL.md',
    text: samples.SOUL,
    // What holds is what the committed contract and the damaged one both allow: it may be less, and never more.
    read: (text) => {
      const committed = parseSoul(samples.SOUL, 'SOUL.md')
      const effective = effectiveContract({agent: AGENT, disk: parseSoul(text, 'SOUL.md'), committed})
      if (effective.kind === 'deny') return effective
      const {reads, writes, hosts, commands, may, ask, never} = effective.contract
      const before = committed.contract
      if (before && [reads, writes, hosts, commands, may].some((list, index) => isMore(list, ALLOWED(before)[index]))) {
        throw new Error('the contract grew')
      }
      return {ask, never}
    },
    told: (value) => ('kind' in (value as object) ? ['denied'] : []),
  },
  {
    file: 'rule.md',
    text: samples.GUARDRAIL,
    // Its body is advice; only what is enforced must not get lost. No rule where one was committed is a no for everybody.
    read: (text) => parseGuardrail(text, 'rule.md').rule,
    told: (value) => (value === null ? ['no rule'] : []),
  },
  {file: 'message.md', text: samples.MESSAGE, read: (text) => parseMessage(text, 'message.md'), told: () => []},
  {file: 'task.md', text: samples.TASK, read: (text) => parseTask(text, 'task.md'), told: unknownKeys},
  {file: 'event.md', text: samples.TASK_EVENT, read: (text) => parseTaskEvent(text, 'event.md'), told: () => []},
  {file: 'alert.md', text: samples.ALERT, read: (text) => parseAlert(text, 'alert.md'), told: unknownKeys},
  {file: 'confirm.md', text: samples.ALERT_EVENT, read: (text) => parseAlertEvent(text, 'confirm.md'), told: () => []},
  {file: 'request.md', text: samples.REQUEST, read: (text) => parseRequest(text, 'request.md'), told: changedRequest},
  {file: 'answer.md', text: samples.ANSWER, read: (text) => parseAnswer(text, 'answer.md'), told: () => []},
  {file: 'used.md', text: samples.USE, read: (text) => parseUse(text, 'used.md'), told: () => []},
  {
    file: 'WORKSTATE.md',
    text: samples.WORKSTATE,
    read: (text) => parseWorkstate(text, 'WORKSTATE.md'),
    // Two lines that became one still say what they said.
    essence: (value) =>
      JSON.parse(JSON.stringify(value), (_, inner) => (Array.isArray(inner) ? inner.length > 0 : inner)),
    told: (value) => {
      const {missing, other, head} = value as ReturnType<typeof parseWorkstate>
      return [...missing, ...other, ...head.other]
    },
    mayEndEarly: true,
  },
  {
    file: 'runs.jsonl',
    text: samples.RECEIPTS,
    read: (text) => readReceipts(text, 'runs.jsonl'),
    told: (value) => [(value as ReturnType<typeof readReceipts>).torn].filter(Boolean),
    mayEndEarly: true,
  },
  {
    file: 'usage.jsonl',
    text: samples.USAGE,
    read: (text) => parseUsage(text, 'usage.jsonl'),
    told: () => [],
    mayEndEarly: true,
  },
  {
    file: 'MEMORY.md',
    text: samples.MEMORY,
    read: (text) => ({kept: text.length, sections: parseMemory(text).length > 0}),
    told: () => ['prose'],
    mayEndEarly: true,
  },
  {
    file: '2026-11-21.md',
    text: samples.LOG,
    read: (text) => {
      const entries = parseLog(text)
      if (entries.map(({raw}) => raw).join('') !== text) throw new Error('a line of the log was lost')
      return {kept: text.length}
    },
    told: () => ['prose'],
    mayEndEarly: true,
  },
]
