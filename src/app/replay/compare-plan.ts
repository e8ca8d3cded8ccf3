import {diffCommits} from '../../history/diff.js'
import {readObjects} from '../../history/objects.js'
import {findRepository} from '../../history/repository.js'
import {history, type TurnCommit} from '../../history/turns.js'
import {idTime} from '../../kit/ids.js'
import {Draft} from '../../turn/draft.js'
import type {TurnPlan} from '../../turn/turn-input.js'
import {parseLog} from '../../workspace/daily-log.js'
import type {Fleet} from '../../workspace/fleet.js'
import {compareFiles, type Difference, firstDifference, timelessName} from './compare.js'
import {UNKNOWN_LINE} from './record.js'

/** What a plan would change, beside what the turn's commit did change; what it says in the log, line by line. */
export function comparePlan(original: Fleet, copy: Fleet, plan: TurnPlan): Difference[] {
  const committed = committedBy(original, plan.turn)
  const planned = plannedBy(copy, plan)
  const logs = [...committed.keys()].filter((path) => hasEntry(committed.get(path) ?? null, plan.turn))
  const names = new Map([...committed.keys(), ...planned.keys()].map((path) => [timelessName(path), path]))
  const files = [...names.keys()].flatMap((name) => {
    const before = find(committed, name)
    if (logs.some((log) => timelessName(log) === name)) return []
    return compareFiles(name, before, find(planned, name))
  })
  const text = logs.map((log) => committed.get(log) ?? '').join('\n')
  return [...files, ...compareLines(text, plan)]
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

function plannedBy({home}: Fleet, {changes}: TurnPlan): Map<string, string | null> {
  const draft = new Draft(home.files)
  draft.add(changes)
  return new Map([...draft.touched()].map((path) => [path, draft.readText(path)]))
}

/** What a plan writes and finds there already is no change. */
function find(files: ReadonlyMap<string, string | null>, name: string): string | null {
  for (const [path, text] of files) if (timelessName(path) === name) return text ?? '(gone)'
  return null
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
