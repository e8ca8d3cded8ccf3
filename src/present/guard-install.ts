import type {Guarded, GuardedFile} from '../app/guard-install/install.js'
import {diffBody, presentLineDiff} from './line-diff.js'

/** What came into which settings, as a difference where nothing was written yet, and what still keeps it from working. */
export function presentGuarded(guarded: Guarded, verb: 'install' | 'uninstall'): string {
  const {dry_run, files, commit, uncommitted} = guarded
  const touched = files.filter(({change}) => change !== 'same')
  const same = verb === 'install' ? 'The hooks are there already.' : 'There is no hook of mcos.'
  return [
    ...(touched.length === 0 ? [same] : dry_run ? presentPlan(touched) : touched.map(presentDone)),
    ...uncommitted.map((file) => `${file} is not among what git keeps, so it is not committed.`),
    ...(commit === null ? [] : [`Commit ${commit.slice(0, 7)}.`]),
    ...guarded.void.map(({file, setting}) => `No hook runs as long as ${file} says ${setting}.`),
    ...(dry_run && touched.length > 0 ? ['Nothing was changed.'] : []),
    ...(verb === 'install' && !dry_run ? nextSteps(files) : []),
  ].join('\n')
}

const WORDS = {made: 'Made', changed: 'Changed', removed: 'Removed', same: 'Left'} as const

function presentDone({file, change}: GuardedFile): string {
  return `${WORDS[change]} ${file}`
}

/** Each difference once: a fleet's agents mostly get the same one. */
function presentPlan(files: readonly GuardedFile[]): string[] {
  const alike = new Map<string, [GuardedFile, ...GuardedFile[]]>()
  for (const one of files) {
    const key = [one.host, one.change, diffBody(one.before, one.after)].join('\0')
    const known = alike.get(key)
    if (known) known.push(one)
    else alike.set(key, [one])
  }
  return [...alike.values()].flatMap(([{file, before, after}, ...rest]) => [
    presentLineDiff(file, before, after),
    ...(rest.length === 0 ? [] : [`The same in ${rest.map((other) => other.file).join(', ')}`]),
  ])
}

/** What only a person can do in the host itself. */
function nextSteps(files: readonly GuardedFile[]): string[] {
  const folderOf = (host: GuardedFile['host']): string | undefined =>
    files.find((file) => file.host === host)?.file.replace(/(?:^|\/)\.[^/]+\/[^/]+$/, '') || undefined
  const has = (host: GuardedFile['host']): boolean => files.some((file) => file.host === host)
  return [
    ...(has('codex')
      ? [
          `Codex runs no hook before you have trusted the folder and the hooks: start codex in ${folderOf('codex') ?? '.'}, then /hooks.`,
        ]
      : []),
    ...(has('gemini')
      ? [
          `Gemini CLI reads nothing in a folder before you have trusted it: start gemini in ${folderOf('gemini') ?? '.'}.`,
        ]
      : []),
    'To see that they hold: mcos guard canary',
  ]
}
