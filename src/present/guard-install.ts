import type {Guarded, GuardedFile} from '../app/guard-install/install.js'
import {presentLineDiff} from './line-diff.js'

/** What came into which settings, as a difference where nothing was written yet, and what still keeps it from working. */
export function presentGuarded(guarded: Guarded, verb: 'install' | 'uninstall'): string {
  const {dry_run, files, commit, uncommitted} = guarded
  const touched = files.filter(({change}) => change !== 'same')
  const same = verb === 'install' ? 'The hooks are there already.' : 'There is no hook of mcos.'
  return [
    ...(touched.length === 0 ? [same] : touched.flatMap((file) => presentFile(file, dry_run))),
    ...uncommitted.map((file) => `${file} is not among what git keeps, so it is not committed.`),
    ...(commit === null ? [] : [`Commit ${commit.slice(0, 7)}.`]),
    ...guarded.void.map(({file, setting}) => `No hook runs as long as ${file} says ${setting}.`),
    ...(dry_run && touched.length > 0 ? ['Nothing was changed.'] : []),
    ...(verb === 'install' && !dry_run ? nextSteps(files) : []),
  ].join('\n')
}

const WORDS = {made: 'Made', changed: 'Changed', removed: 'Removed', same: 'Left'} as const

function presentFile({file, change, before, after}: GuardedFile, isPlan: boolean): string[] {
  return isPlan ? [presentLineDiff(file, before, after)] : [`${WORDS[change]} ${file}`]
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
