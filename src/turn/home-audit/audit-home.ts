import {type Law, NO_FACTS} from '../../guard/action.js'
import {decide} from '../../guard/decide.js'
import {whyClosed} from '../../guard/paths.js'
import {type CommittedFile, readSnapshot} from '../../history/snapshot.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {Baseline, Before} from './baseline.js'
import {type HomeView, type Seen, withHome} from './look.js'
import {canRestore, type Offence, type TakenBack, takeBack, unstage} from './take-back.js'

/** What has become of the home since a baseline. */
export interface Audit {
  /** Paths that were looked at: all that is not as the last commit has it. */
  readonly looked: number
  readonly takenBack: readonly TakenBack[]
}

export interface AuditOptions {
  readonly baseline: Baseline
  /** What decides; asked for once what nobody may write is back in its place. */
  law(): Promise<Law>
  /** Where what is taken is kept, below `.mcos/`. */
  readonly folder: string
}

/**
 * Compares the home with how it lay, and takes back what the law does not open. What a person had edited before stays as
 * the person left it; what others have committed meanwhile stays theirs.
 */
export async function auditHome(fleet: Fleet, {baseline, law, folder}: AuditOptions): Promise<Audit> {
  // Contracts and guardrails first: what was written into them must not decide about the rest.
  const closed = pass(fleet, {baseline, folder, judge: whyNobodys})
  const known = await law()
  const left = new Set(closed.takenBack.map(({path}) => path))
  const rest = pass(fleet, {baseline, folder, judge: (path, seen, before) => whyNot(known, {path, seen, before})})
  const more = rest.takenBack.filter(({path}) => !left.has(path))
  return {looked: closed.looked, takenBack: [...closed.takenBack, ...more]}
}

/** What no contract opens; and no folder is replaced by a link, behind which everything would be another. */
function whyNobodys(path: string, {kind}: Seen, committed: CommittedFile | null): string | null {
  if (kind === 'link' && committed?.mode === TREE) return 'a link stands where a folder was'
  return whyClosed(path, 'write')
}

const TREE = '40000'

type Judge = (path: string, seen: Seen, committed: CommittedFile | null) => string | null

function pass(
  fleet: Fleet,
  {baseline, folder, judge}: Pick<AuditOptions, 'baseline' | 'folder'> & {readonly judge: Judge},
): Audit {
  return withHome(fleet, (view) => {
    const then = committedThen(view, baseline)
    const offences: Offence[] = []
    const staged: string[] = []
    for (const path of new Set([...view.dirty.keys(), ...gone(fleet, view, baseline)])) {
      const now = view.dirty.get(path) ?? asCommitted(view, path)
      if (now === null || isAsBefore(path, now, {view, baseline})) continue
      const why = judge(path, now, view.committed.get(path) ?? null)
      if (why === null) continue
      offences.push({path, why, now, to: targetOf(path, {view, baseline, then})})
    }
    for (const path of view.staged) {
      if (baseline.dirty.has(path)) continue
      const now = view.dirty.get(path) ?? {kind: 'file', hash: 'as committed', content: null}
      if (judge(path, now, null) !== null) staged.push(path)
    }
    unstage(fleet, view, staged)
    const able = offences.filter(({to}) => canRestore(to)).sort(linksFirst)
    const unable = offences.filter(({to}) => !canRestore(to)).map(lost)
    return {looked: view.dirty.size, takenBack: [...takeBack(fleet, able, folder), ...unable]}
  })
}

function whyNot(
  law: Law,
  {path, seen, before}: {path: string; seen: Seen; before: CommittedFile | null},
): string | null {
  // A message proves by its signature whose it is, and may just have been delivered.
  if (before === null && seen.kind === 'file' && /(?:^|\/)inbox\/(?:new|tmp|cur)\/[^/]+$/.test(path)) return null
  const content = seen.content === null ? {} : {content: seen.content.toString('utf8')}
  const verb = seen.kind === 'nothing' ? 'delete' : 'write'
  const {effect, reason} = decide(law, {verb, target: path, ...content}, NO_FACTS)
  // What a person is asked for first, a person has said yes to.
  return effect === 'deny' ? reason : null
}

interface Place {
  readonly view: HomeView
  readonly baseline: Baseline
}

/** A path that lay there before, uncommitted, and is as committed or gone by now. */
function gone({home}: Fleet, view: HomeView, {dirty}: Baseline): string[] {
  return [...dirty].flatMap(([path, {hash}]) => {
    if (view.dirty.has(path) || hash === 'nothing') return []
    return home.files.stat(path) === null ? [path] : []
  })
}

/** Only an untracked file that is gone again differs from before without differing from the commit. */
function asCommitted(view: HomeView, path: string): Seen | null {
  return (view.committed.get(path) ?? null) === null ? {kind: 'nothing', hash: 'nothing', content: null} : null
}

function isAsBefore(path: string, now: Seen, {baseline}: Place): boolean {
  return baseline.dirty.get(path)?.hash === now.hash
}

/** What was committed at the baseline of those paths that were edited even then; the same commit needs no look. */
function committedThen(view: HomeView, {head, dirty}: Baseline): ReadonlyMap<string, CommittedFile | null> {
  if (head === view.head) return view.committed
  const paths = [...dirty.keys()]
  return readSnapshot(view.repository, {commit: head, paths, withContent: new Set()}).committed
}

function targetOf(
  path: string,
  {view, baseline, then}: Place & {then: ReadonlyMap<string, CommittedFile | null>},
): Before | CommittedFile | null {
  const found = view.committed.get(path) ?? null
  // A folder comes back with what is in it.
  const now = found?.mode === TREE ? null : found
  const before = baseline.dirty.get(path)
  // Somebody has committed the edit, or another one: that is what counts by now.
  if (before === undefined || (then.get(path)?.oid ?? null) !== (now?.oid ?? null)) return now
  return before
}

/** What lies behind a link in a folder's place can be put back only once that is a folder again. */
function linksFirst(a: Offence, b: Offence): number {
  return Number(b.now.kind === 'link') - Number(a.now.kind === 'link')
}

function lost({path, why}: Offence): TakenBack {
  return {path, why, kept: null, trouble: 'what lay there before is not known any more'}
}
