import {findInFile} from '../../guard/secrets/files.js'
import {ROUGHLY} from '../../guard/secrets/shapes.js'
import {readsSecret} from '../../guard/taint.js'
import {grepCommitted} from '../../history/committed-files.js'
import {listPastFiles, type PastFile, readPastFiles} from '../../history/every-blob.js'
import {gitHolds} from '../../history/git-holds.js'
import {indexListing} from '../../history/index-listing.js'
import {readHead} from '../../history/read-head.js'
import {isInRepository} from '../../history/repository.js'
import {shellWord} from '../../kit/shell-word.js'
import {ownSecretsOf} from '../../turn/own-secrets.js'
import {listMentions} from '../../workspace/examine-secrets.js'
import type {Fleet} from '../../workspace/fleet.js'
import {type Checkup, count, editCommand, type Trouble} from '../../workspace/health.js'
import {expandHome} from '../../workspace/secret-ref.js'

const MOST_TOLD = 20
const LARGEST_TEXT = 4 * 1024 * 1024
/** So much of the history is looked through, the newest first; `mcos secrets scan --history` has no such bound. */
const MOST_BYTES = 64 * 1024 * 1024

const leaks: Checkup = {
  id: 'leaks',
  title: 'No committed file holds what looks like a token',
  means: 'A token in git is known to everybody who ever gets a clone.',
  examine({home}) {
    const paths = isInRepository(home.dir) ? grepCommitted(home.dir, ROUGHLY) : []
    const contents = paths.length === 0 ? new Map<string, Buffer | null>() : readHead(home.dir, paths)
    const found = paths.flatMap((file) => findInFile({file, bytes: contents.get(file) ?? Buffer.alloc(0)}))
    const troubles = found.map(({file, line, kind}): Trouble => {
      const detail = `${file}:${line} looks like a secret (${kind}): revoke it where it was given out, for history keeps it`
      return {status: 'fail', detail, fix: editCommand(file)}
    })
    return {seen: 'none does', troubles: told(troubles)}
  },
}

const pastLeaks: Checkup = {
  id: 'leaks-history',
  title: 'No commit holds a secret of the fleet, and no earlier one what looks like one',
  means: 'Deleting a token from a file leaves it in the history: only revoking it helps.',
  examine(fleet) {
    const {past, left} = pastToRead(fleet)
    const troubles = findPast(fleet, past).map(({file, line, kind, commit}): Trouble => {
      const detail = `${file}:${line} of commit ${commit.slice(0, 10)} looks like a secret (${kind}): revoke it where it was given out`
      return {status: 'warn', detail, fix: 'mcos secrets scan --history'}
    })
    const bound = left > 0 ? `, the ${count(left, 'oldest or largest content')} left out` : ''
    return {seen: `${count(past.length, 'content')} that files had${bound}`, troubles: told(troubles)}
  },
}

const secretFiles: Checkup = {
  id: 'secret-files',
  title: 'No file that holds a secret is in git',
  means: 'A secret in a file of the repository leaves this machine with the next push.',
  async examine(fleet) {
    const files = (await listMentions(fleet)).filter(({ref}) => ref.source === 'file')
    const troubles = files.flatMap(({where, ref}): Trouble[] => {
      const file = expandHome(ref.value, fleet.env['HOME'])
      const held = gitHolds(file)
      if (held === null) return []
      const detail = `${where}: ${file} is in a repository, and ${held === 'tracked' ? 'committed' : 'not ignored'}`
      return [{status: 'fail', detail, fix: held === 'tracked' ? `git rm --cached ${file}` : 'mcos secrets check'}]
    })
    return {seen: count(files.length, 'file'), troubles: [...troubles, ...namedSo(fleet)]}
  },
}

/** Whose names alone say what they hold; a sample shows only what is to be filled in. */
function namedSo(fleet: Fleet): Trouble[] {
  const paths = indexListing(fleet).files.map(({path}) => path)
  const secret = paths.filter(
    (target) => readsSecret({verb: 'read', target}) && !/example|sample|template|^\.mcos\//i.test(target),
  )
  return secret.map((file): Trouble => {
    const detail = `${file} is committed, and by its name it holds secrets: change what it held, for history keeps it`
    return {status: 'fail', detail, fix: `git rm --cached ${shellWord(file)}`}
  })
}

/** What must not be in git. */
export const LEAK_CHECKUPS: readonly Checkup[] = [leaks, pastLeaks, secretFiles]

function told(troubles: readonly Trouble[]): Trouble[] {
  const more = troubles.length - MOST_TOLD
  const rest: Trouble = {
    status: troubles[0]?.status ?? 'fail',
    detail: `and ${more} more`,
    fix: 'mcos secrets scan --history',
  }
  return [...troubles.slice(0, MOST_TOLD), ...(more > 0 ? [rest] : [])]
}

/** What the history holds, the last commit included: of that, the check before tells only what has a known shape. */
function pastToRead({home}: Fleet): {past: readonly PastFile[]; left: number} {
  const all = listPastFiles(home.dir)
  let bytes = 0
  const past = all.toReversed().filter(({size}) => {
    bytes += size
    return size <= LARGEST_TEXT && bytes <= MOST_BYTES
  })
  return {past, left: all.length - past.length}
}

function findPast(
  fleet: Fleet,
  past: readonly PastFile[],
): {file: string; line: number; kind: string; commit: string}[] {
  if (past.length === 0) return []
  const own = ownSecretsOf(fleet)
  const found = new Map<string, {file: string; line: number; kind: string; commit: string}>()
  for (const batch of readPastFiles(fleet.home.dir, past)) {
    for (const {path, commit, bytes, isNow} of batch) {
      for (const {file, line, kind, own: isOwn} of findInFile({file: path, bytes}, {own})) {
        if (isOwn || !isNow) found.set(`${file}\0${kind}`, {file, line, kind, commit})
      }
    }
  }
  return [...found.values()]
}
