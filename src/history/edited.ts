import path from 'node:path'
import {EXIT, UserError} from '../kit/errors.js'
import {withoutFilters} from './allowed-config.js'
import {readPersonConfig} from './person.js'
import {git} from './plumbing.js'
import type {Repository} from './repository.js'

/**
 * Paths of the home that may differ from the last commit: changed against the index, staged, or unknown to git and not
 * ignored. No filter or conversion runs; whether a file really differs is for the caller to see.
 */
export function changedPaths(
  repository: Repository,
  {home, paths, head}: {home: string; paths: readonly string[]; head: string | null},
): string[] {
  const wanted = paths.map((given) => inHome(home, given))
  const scope = (wanted.length > 0 ? wanted : ['']).map((rel) =>
    `:(top,literal)${repository.prefix}${rel}`.replace(/\/$/, ''),
  )
  const config = [...withoutFilters(repository.config, []), ...excludes(home)]
  const list = (args: readonly string[]) =>
    git(repository, [...args, '--', ...scope], {config})
      .toString()
      .split('\0')
  const found = [
    ...list(['diff-files', '-z', '--name-only', '--no-ext-diff', '--no-textconv', '--ignore-submodules']),
    ...(head === null
      ? list(['ls-files', '-z', '--full-name'])
      : list(['diff-index', '-z', '--cached', '--name-only', '--no-ext-diff', head])),
    ...list(['ls-files', '-z', '--others', '--exclude-standard', '--full-name']),
  ]
  const inside = found.filter((full) => full !== '' && !full.endsWith('/') && full.startsWith(repository.prefix))
  const rels = [...new Set(inside.map((full) => full.slice(repository.prefix.length)))].filter(
    (rel) => !rel.startsWith('.mcos/'),
  )
  for (const [index, rel] of wanted.entries()) {
    if (rel !== '' && !isKnown(repository, rel)) throw noSuchPath(paths[index] ?? rel)
  }
  return rels.sort()

  function isKnown({prefix}: Repository, rel: string): boolean {
    if (rels.some((other) => other === rel || other.startsWith(`${rel}/`))) return true
    return git(repository, ['ls-files', '-z', '--', `:(top,literal)${prefix}${rel}`]).length > 0
  }
}

/** A path as a person gives it (relative to the home, or absolute) as one relative to the home. */
function inHome(home: string, given: string): string {
  const rel = path.relative(home, path.resolve(home, given)).split(path.sep).join('/')
  if (rel === '..' || rel.startsWith('../') || path.isAbsolute(rel)) {
    throw new UserError(`${given} is not in the fleet ${home}.`, {
      code: 'PATH_ESCAPE',
      fix: 'git commit, for files outside the fleet.',
      exit: EXIT.usage,
    })
  }
  return rel
}

/** What a person ignores everywhere (editor leftovers, say) is ignored here, too. */
function excludes(home: string): string[] {
  const config = process.env['XDG_CONFIG_HOME'] || path.join(process.env['HOME'] ?? '', '.config')
  const file = readPersonConfig(home, ['core.excludesfile']).get('core.excludesfile') ?? path.join(config, 'git/ignore')
  return [`core.excludesFile=${file.replace(/^~(?=\/)/, process.env['HOME'] ?? '~')}`]
}

function noSuchPath(given: string): UserError {
  return new UserError(`${given} is neither in the fleet's folder nor in its last commit, or git ignores it.`, {
    code: 'NOT_FOUND',
    fix: 'mcos commit, without a path, takes everything that was changed.',
    exit: EXIT.usage,
  })
}
