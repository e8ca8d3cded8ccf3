import {lstatSync, readlinkSync} from 'node:fs'
import path from 'node:path'
import {UserError} from '../kit/errors.js'
import {withoutFilters} from './allowed-config.js'
import {readPersonConfig} from './person.js'
import {git} from './plumbing.js'
import type {Repository} from './repository.js'

/** The one filter that is known, run as its own `install` sets it up and not as a repository's config says. */
const LFS = [
  'filter.lfs.clean=git-lfs clean -- %f',
  'filter.lfs.process=git-lfs filter-process',
  'filter.lfs.required=true',
]

const AT_ONCE = 500

/** Gives git the files as a person's own `git add` would: with their line ends, and no filter but those allowed. */
export function storeEdited(
  repository: Repository,
  {home, paths, filters}: {home: string; paths: readonly string[]; filters: readonly string[]},
): Map<string, string> {
  const isLfs = filters.includes('lfs')
  insistOnFilters(repository, paths, isLfs ? ['lfs'] : [])
  const person = readPersonConfig(home, ['core.autocrlf', 'core.eol', 'core.safecrlf'])
  const config = [
    ...withoutFilters(repository.config, []),
    ...(isLfs ? LFS : []),
    ...[...person].map(([key, value]) => `${key}=${value}`),
  ]
  const isLink = (rel: string) => lstatSync(path.join(home, rel)).isSymbolicLink()
  const oids = new Map<string, string>()
  const plain = paths.filter((rel) => !isLink(rel))
  for (let at = 0; at < plain.length; at += AT_ONCE) {
    const part = plain.slice(at, at + AT_ONCE)
    const args = ['hash-object', '-w', '--', ...part.map((rel) => repository.prefix + rel)]
    const lines = git(repository, args, {config, env: isLfs ? {HOME: process.env['HOME'] ?? ''} : {}})
      .toString()
      .trim()
      .split('\n')
    part.forEach((rel, index) => {
      oids.set(rel, lines[index] ?? '')
    })
  }
  for (const rel of paths.filter(isLink)) {
    const input = readlinkSync(path.join(home, rel))
    oids.set(rel, git(repository, ['hash-object', '-w', '--no-filters', '--stdin'], {input}).toString().trim())
  }
  return oids
}

/** A file that should go through a filter we may not run would be committed as something else than its repository expects. */
function insistOnFilters(repository: Repository, paths: readonly string[], allowed: readonly string[]): void {
  if (paths.length === 0) return
  const input = paths.map((rel) => `${repository.prefix}${rel}\0`).join('')
  const fields = git(repository, ['check-attr', '-z', '--stdin', 'filter'], {input}).toString().split('\0')
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const value = fields[at + 2] ?? 'unspecified'
    if (['unspecified', 'unset', 'set'].includes(value) || allowed.includes(value)) continue
    throw new UserError(`${fields[at]} goes through the git filter ${value}, which mcos does not run.`, {
      code: 'GIT_FILTER',
      fix: value === 'lfs' ? 'Set `git: { filters: [lfs] }` in mcos.yaml.' : `git commit -- ${fields[at]}`,
    })
  }
}
