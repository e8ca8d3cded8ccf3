import type {ApprovalNews} from '../engines/news.js'
import type {Folder} from '../kit/folder.js'
import {isRecord} from '../kit/is-record.js'
import {isAlive, type ProcessIdentity, thisProcess} from '../kit/process-identity.js'

const BEGUN = 'approvals/begun'
const UNTOLD = 'approvals/untold'
/** Where no model ever listens, nobody needs more than these. */
const MOST_UNTOLD = 20

/** Says, before an approved effect outside is begun, that this process is at it. */
export function markBegun(mcos: Folder, id: string, process = thisProcess()): void {
  mcos.write(`${BEGUN}/${id}.json`, `${JSON.stringify({process})}\n`, {mode: 0o600})
}

/** Its end was seen, and stands in the log. */
export function clearBegun(mcos: Folder, id: string): void {
  mcos.remove(`${BEGUN}/${id}.json`)
}

/** `gone`: whoever began it is no more, so that nobody knows how it ended. */
export function lookForBegun(mcos: Folder, id: string): 'none' | 'running' | 'gone' {
  const text = mcos.readText(`${BEGUN}/${id}.json`)
  if (text === null) return 'none'
  const process = processIn(text)
  // A mark that can't be read was written by somebody, and nobody can say that it still runs.
  if (process === null || isAlive(process) !== 'alive') return 'gone'
  // This very process looks for marks only when it does nothing of the kind itself.
  return JSON.stringify(process) === JSON.stringify(thisProcess()) ? 'gone' : 'running'
}

/** Keeps what a model has to hear of at its next turn, however many beats without a model come before. */
export function keepUntold(mcos: Folder, agent: string, news: ApprovalNews): void {
  mcos.write(`${UNTOLD}/${agent}/${news.id}.json`, `${JSON.stringify(news)}\n`, {mode: 0o600})
  const names = mcos.list(`${UNTOLD}/${agent}`).map(({name}) => name)
  for (const name of names.slice(0, Math.max(0, names.length - MOST_UNTOLD))) mcos.remove(`${UNTOLD}/${agent}/${name}`)
}

/** What became of an agent's approvals and no model has heard yet, oldest first. */
export function readUntold(mcos: Folder, agent: string): ApprovalNews[] {
  return mcos.list(`${UNTOLD}/${agent}`).flatMap(({name, kind}) => {
    const text = kind === 'file' ? mcos.readText(`${UNTOLD}/${agent}/${name}`) : null
    return text === null ? [] : newsIn(text)
  })
}

/** A model has heard of all of it. */
export function forgetUntold(mcos: Folder, agent: string): void {
  const folder = `${UNTOLD}/${agent}`
  for (const {name} of mcos.list(folder)) mcos.remove(`${folder}/${name}`, {sync: false})
}

function processIn(text: string): ProcessIdentity | null {
  const data = parseJson(text)
  return isRecord(data) && isRecord(data['process']) ? (data['process'] as unknown as ProcessIdentity) : null
}

function newsIn(text: string): ApprovalNews[] {
  const data = parseJson(text)
  return isRecord(data) && data['kind'] === 'approval' ? [data as unknown as ApprovalNews] : []
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Written whole or not at all, so somebody else has damaged it; it is worth no beat.
    return null
  }
}
