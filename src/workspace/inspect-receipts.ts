import {isUserError} from '../kit/errors.js'
import type {Fleet} from './fleet.js'
import {type FileProblem, type Inspection, inspectFile, problemFrom, sumInspections} from './health.js'
import {parseReceipt} from './receipt.js'

/** Every line of every receipt file; a last line without its end was torn off by a kill or a power cut. */
export function inspectReceipts({mcos}: Fleet): Inspection {
  const seen = new Map<string, string>()
  const days = mcos.stat('runs')?.kind === 'folder' ? mcos.list('runs') : []
  return sumInspections(
    days
      .filter(({name, kind}) => kind === 'file' && name.endsWith('.jsonl'))
      .map(({name}) => {
        const [path, shown] = [`runs/${name}`, `.mcos/runs/${name}`]
        return inspectFile({files: mcos, path, shown}, (bytes) => readDay(bytes.toString('utf8'), {file: shown, seen}))
      }),
  )
}

/** `seen` holds where each turn's receipt stands: there is one a turn and agent, whatever was redone. */
function readDay(
  text: string,
  {file, seen}: {readonly file: string; readonly seen: Map<string, string>},
): FileProblem[] {
  const lines = text.split('\n')
  const torn = lines.pop() ?? ''
  const problems = lines.flatMap((line, index) =>
    line.trim() === '' ? [] : readLine(line, {file, line: index + 1, seen}),
  )
  if (torn === '') return problems
  const line = lines.length + 1
  const message = `${file}:${line}: expected a whole line, got one that was cut off.`
  return [...problems, {file, line, code: 'RECEIPT_TORN', message, fix: 'mcos doctor --fix'}]
}

function readLine(
  text: string,
  {file, line, seen}: {readonly file: string; readonly line: number; readonly seen: Map<string, string>},
): FileProblem[] {
  try {
    const {turn, agent} = parseReceipt(text, {file, line})
    const first = seen.get(`${turn} ${agent}`)
    if (first === undefined) seen.set(`${turn} ${agent}`, `${file}:${line}`)
    if (first === undefined) return []
    const message = `${file}:${line}: expected one receipt of ${turn}, got a second one; the first is ${first}.`
    return [{file, line, code: 'TURN_TWICE', message, fix: `mcos show ${turn}`}]
  } catch (error) {
    if (!isUserError(error)) throw error
    return [problemFrom(error, file)]
  }
}
