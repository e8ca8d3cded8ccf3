import {existsSync} from 'node:fs'
import path from 'node:path'
import {configValue} from '../../history/git-config.js'
import {runGit} from '../../history/plumbing.js'
import {type Repository, readSmall} from '../../history/repository.js'
import {readState} from '../../history/repository-state.js'
import {shellWord} from '../../kit/shell-word.js'
import {cleanLine, shorten} from '../../kit/text.js'
import type {Checkup, Trouble} from '../../workspace/health.js'
import {openedRepository} from './opened-repository.js'

/** Whether git can still read what was committed last. */
export const gitObjects: Checkup = {
  id: 'git-objects',
  title: 'The last commit is there, with all its files',
  means: 'git has lost contents, by a full or failing disk mostly: what was committed can not be read any more.',
  examine(fleet) {
    const repository = openedRepository(fleet)
    if (repository === null) return {seen: 'told by another check', troubles: []}
    const {head, branch} = readState(repository)
    if (head === null) return {seen: 'nothing is committed', troubles: lostBranch(repository, branch)}
    const {code, stdout, stderr} = runGit(repository, ['rev-list', '--objects', '--max-count=1', head])
    const isElsewhere = configValue(repository.config, 'remote.origin.url') !== null
    const fix = isElsewhere ? 'git fetch --refetch' : (wayBack(repository, head) ?? 'git fsck --full')
    if (code !== 0 && listed(repository, head) === null)
      return {seen: '', troubles: [{status: 'fail', detail: shorten(cleanLine(stderr), 200), fix}]}
    const lost = lostObjects(repository, code === 0 ? stdout.toString() : (listed(repository, head) ?? ''))
    const troubles = lost.map(({id, file}): Trouble => {
      const detail = `the object ${id.slice(0, 10)} is lost or damaged: ${file || 'a folder'} as it was committed last`
      return {status: 'fail', detail, fix: isElsewhere ? fix : (remade(repository, {id, file}) ?? fix)}
    })
    return {seen: 'it is', troubles: [...troubles, ...lostAlternates(repository)]}
  },
}

/** The files of a commit as `id path`, by its trees alone; null where one of these is lost. */
function listed(repository: Repository, head: string): string | null {
  const {code, stdout} = runGit(repository, ['ls-tree', '-r', '-z', head])
  if (code !== 0) return null
  const entries = stdout.toString().split('\0')
  return entries.map((entry) => entry.replace(/^\S+ \S+ (\S+)\t/, '$1 ')).join('\n')
}

interface Lost {
  readonly id: string
  readonly file: string
}

/** Of the objects that are listed as `id path`, those that can't be read; their beginnings are enough to know. */
function lostObjects(repository: Repository, text: string): Lost[] {
  const paths = new Map(text.split('\n').map((line) => [line.split(' ')[0] ?? '', line.slice(line.indexOf(' ') + 1)]))
  paths.delete('')
  const input = [...paths.keys()].map((id) => `${id}\n`).join('')
  const {stdout, stderr} = runGit(repository, ['cat-file', '--batch-check', '--buffer'], {input})
  const seen = new Set(
    stdout
      .toString()
      .split('\n')
      .flatMap((line) => (/^\S+ (?:blob|tree|commit|tag) /.test(line) ? [line.split(' ')[0]] : [])),
  )
  const lost = [...paths].filter(([id]) => !seen.has(id)).map(([id, file]) => ({id, file}))
  // A damaged object ends git's answer: it is the first that is missing, and the rest was not looked at.
  return stderr === '' ? lost : lost.slice(0, 1)
}

/** The file on the disk is what was lost: it only has to be written once more. */
function remade(repository: Repository, {id, file}: Lost): string | null {
  if (file === '' || !existsSync(path.join(repository.root, file))) return null
  const {stdout} = runGit(repository, ['hash-object', '--no-filters', '--', file])
  if (stdout.toString().trim() !== id) return null
  const object = shellWord(path.join(repository.commonDir, 'objects', id.slice(0, 2), id.slice(2)))
  return `rm -f ${object} && git hash-object -w --no-filters ${shellWord(file)}`
}

/** To the last commit that can be read, as git remembers where the branch stood; the files on the disk stay as they are. */
function wayBack(repository: Repository, head: string): string | null {
  const {branch} = readState(repository)
  const log = branch === null ? null : readSmall(path.join(repository.commonDir, 'logs', branch))
  const before = [
    ...new Set(
      (log ?? '')
        .trimEnd()
        .split('\n')
        .reverse()
        .flatMap((line) => line.split(' ').slice(0, 2).reverse()),
    ),
  ]
  const whole = (id: string): boolean => runGit(repository, ['rev-list', '--objects', '--max-count=1', id]).code === 0
  const id = before.find(
    (known) => known !== head && /^[0-9a-f]{40,}$/.test(known) && /[1-9a-f]/.test(known) && whole(known),
  )
  return branch === null || id === undefined ? null : `git update-ref --no-deref ${shellWord(branch)} ${id}`
}

function lostAlternates({commonDir}: Repository): Trouble[] {
  const file = path.join(commonDir, 'objects/info/alternates')
  const gone = (readSmall(file) ?? '').split('\n').filter((line) => line.startsWith('/') && !existsSync(line))
  return gone.map((line) => {
    const detail = `.git/objects/info/alternates lends objects of ${line}, and there is no such folder (any more)`
    return {status: 'warn', detail, fix: `rm ${shellWord(file)}`}
  })
}

/** A branch that stands nowhere, though git remembers where it stood. */
function lostBranch({commonDir}: Repository, branch: string | null): Trouble[] {
  const log = branch === null ? null : readSmall(path.join(commonDir, 'logs', branch))
  const last = log?.trimEnd().split('\n').at(-1)?.split(' ')[1]
  if (last === undefined) return []
  const file = path.join(commonDir, branch ?? '')
  const detail = `${branch} names no commit; it stood at ${last.slice(0, 10)}`
  return [{status: 'fail', detail, fix: `echo ${shellWord(last)} > ${shellWord(file)}`}]
}
