import {diffCommits} from '../../history/diff.js'
import {readObjects} from '../../history/objects.js'
import {findRepository} from '../../history/repository.js'
import {history, type TurnCommit} from '../../history/turns.js'
import {idTime} from '../../kit/ids.js'
import {Draft} from '../../turn/draft.js'
import type {TurnPlan} from '../../turn/turn-plan.js'
import {parseLog} from '../../workspace/daily-log.js'
import type {Fleet} from '../../workspace/fleet.js'
import {compareFiles, type Difference, firstDifference, timelessName} from './compare.js'
import {UNKNOWN_LINE} from './record.js'

/** What a plan would change, beside what the turn's commit did change; what it says in the log, line by line. */
export function comparePlan(original: Fleet, copy: Fleet, plan: TurnPlan): Difference[] {
  const committed = committedBy(original, plan.turn)
  const log = [...committed].find(([, text]) => hasEntry(text, plan.turn))
  if (log) committed.delete(log[0])
  const before = named(committed)
  const now = named(plannedBy(copy, plan))
  const names = [...new Set([...before.keys(), ...now.keys()])]
  return [
    ...names.flatMap((name) => compareFiles(name, before.get(name) ?? null, now.get(name) ?? null)),
    ...compareLines(log?.[1] ?? '', plan),
  ]
}

/** The content after the turn of each path that its commit touched; nothing for a turn that made none. */
function committedBy({home}: Fleet, turn: string): Map<string, string | null> {
  const repository = findRepository(home.dir)
  const found: TurnCommit | undefined = history(home.dir, {since: idTime(turn) - 86_400_000}).find(
    (one) => one.turn === turn,
  )
  if (!found) return new Map()
  const diffs = diffCommits(repository, [found.commit]).get(found.commit) ?? []
  const blobs = readObjects(
    repository,
    diffs.flatMap(({after}) => (after ? [after.oid] : [])),
  )
  const content = new Map(blobs.flatMap((blob) => (blob ? [[blob.oid, blob.data.toString()]] : [])))
  return new Map(diffs.map(({path, after}) => [path, after ? (content.get(after.oid) ?? '') : null]))
}

/** What a plan writes and finds there already is no change. */
function plannedBy({home}: Fleet, {changes}: TurnPlan): Map<string, string | null> {
  const draft = new Draft(home.files)
  draft.add(changes)
  const touched = [...draft.touched()].map((path): [string, string | null] => [path, draft.readText(path)])
  return new Map(touched.filter(([path, text]) => text !== home.files.readText(path)))
}

/** By names that outlive their ids; several that have the same one are told apart by their order. */
function named(files: ReadonlyMap<string, string | null>): Map<string, string> {
  const sorted = [...files].sort(([one], [other]) => (one < other ? -1 : 1))
  const result = new Map<string, string>()
  for (const [path, text] of sorted) {
    const name = timelessName(path)
    let key = name
    for (let number = 2; result.has(key); number++) key = `${name} (${number})`
    result.set(key, text ?? '(gone)')
  }
  return result
}

function hasEntry(text: string | null, turn: string): boolean {
  return text?.includes(turn) === true && parseLog(text).some((entry) => entry.turn === turn)
}

function compareLines(log: string, {turn, lines}: TurnPlan): Difference[] {
  const then = (parseLog(log).find((entry) => entry.turn === turn)?.lines ?? []).map(comparable)
  const now = lines.map((line) => comparable(line.replace(/\n/g, ' ')))
  const known = now.map((line, index) => (line === UNKNOWN_LINE ? (then[index] ?? line) : line))
  const one = then.map((line) => line.replace(/\s+/g, ' ')).join('\n')
  const other = known.map((line) => line.replace(/\s+/g, ' ')).join('\n')
  return one === other ? [] : [{what: 'log', detail: firstDifference(one, other)}]
}

/** Ids are made anew, and why an engine was passed over is this machine's of that day. */
function comparable(line: string): string {
  return timelessName(line).replace(/ gave no answer \(.*$/, ' gave no answer')
}
