import {existsSync, readdirSync, readFileSync, readlinkSync, statSync} from 'node:fs'
import path from 'node:path'
import {configValue} from '../../history/git-config.js'
import {type IndexListing, indexListing} from '../../history/index-listing.js'
import {listNames, type Repository, readSmall} from '../../history/repository.js'
import {shellWord} from '../../kit/shell-word.js'
import {cleanLine, shorten} from '../../kit/text.js'
import type {Fleet} from '../../workspace/fleet.js'
import {type Checkup, editCommand, type Repair, type Trouble} from '../../workspace/health.js'
import {CONFIG_FILE} from '../../workspace/home.js'
import {keptFiles} from './committed.js'
import {gitObjects} from './git-objects.js'
import {openedRepository} from './opened-repository.js'

const FIX = 'mcos doctor --fix'
/** Where the processes can't be looked at, no git of an ordinary repository holds a lock for so long. */
const CERTAIN_MS = 10 * 60_000

const locks: Checkup = {
  id: 'git-locks',
  title: 'No git that was killed has left its lock',
  means: 'While such a lock lies there, no turn and no person can commit.',
  examine(fleet) {
    const troubles = locksLeft(fleet).map(({rel, isDead}): Trouble => {
      const detail = `.git/${rel}: ${isDead ? 'the git that made it is gone' : 'held by a git that seems to be at work'}`
      return isDead ? {status: 'fail', detail, fix: FIX, fixable: true} : {status: 'warn', detail, fix: 'git status'}
    })
    return {seen: 'there is none', troubles}
  },
  repair: (fleet) =>
    locksLeft(fleet)
      .filter(({isDead}) => isDead)
      .map(({rel}): Repair => ({what: `Remove the lock .git/${rel}`, local: [{kind: 'remove-in-git', path: rel}]})),
}

const whole: Checkup = {
  id: 'git-history',
  title: 'The repository holds its whole history',
  means: 'What was left out when it was cloned can neither be looked through nor taken back with mcos undo.',
  examine(fleet) {
    const repository = openedRepository(fleet)
    if (repository === null) return {seen: 'told by another check', troubles: []}
    const troubles: Trouble[] = []
    if (existsSync(path.join(repository.commonDir, 'shallow'))) {
      const detail = 'a shallow clone: older commits are missing'
      troubles.push({status: 'warn', detail, fix: 'git fetch --unshallow'})
    }
    const partial = repository.config.some(({key}) => /^remote\..*\.(?:promisor|partialclonefilter)$/.test(key))
    if (partial || configValue(repository.config, 'extensions.partialclone') !== null) {
      const detail = 'a partial clone: contents are fetched only when asked for, and mcos never fetches'
      troubles.push({status: 'warn', detail, fix: 'git fetch --refetch --no-filter'})
    }
    return {seen: 'all of it', troubles}
  },
}

const owner: Checkup = {
  id: 'git-owner',
  title: 'The repository belongs to whoever runs mcos',
  means: 'git refuses to work in the repository of another user, and so does every beat.',
  examine(fleet) {
    const {closed} = indexListing(fleet)
    if (closed?.code !== 'GIT_OWNER') return {seen: 'it does', troubles: []}
    const fix = `git config --global --add safe.directory ${shellWord(fleet.home.dir)}`
    return {seen: '', troubles: [{status: 'fail', detail: closed.message, fix}]}
  },
}

const index: Checkup = {
  id: 'git-index',
  title: "git's index can be read, and no file is passed over in it",
  means: 'No person can commit, and git can not tell what has changed.',
  examine(fleet) {
    const repository = openedRepository(fleet)
    if (repository === null) return {seen: 'told by another check', troubles: []}
    if (configValue(repository.config, 'core.bare') === 'true') {
      const detail = 'core.bare is set: git takes this for a repository without files'
      return {seen: '', troubles: [{status: 'fail', detail, fix: 'git config core.bare false'}]}
    }
    const listing = indexListing(fleet)
    const fix = `rm '${path.join(repository.gitDir, 'index')}' && git reset -q`
    if (listing.trouble) return {seen: '', troubles: [{status: 'fail', detail: oneLine(listing.trouble), fix}]}
    const troubles = [...passedOver(listing.files, repository), ...takenOut(fleet, {listing, repository})]
    return {seen: 'it can', troubles}
  },
}

/** Files that git was told not to look at: `git status` and every diff pass over what changes in them. */
function passedOver(files: IndexListing['files'], {root}: Repository): Trouble[] {
  return files
    .filter(({flag}) => /^[a-zS]$/.test(flag))
    .flatMap(({flag, path: file}): Trouble[] => {
      // Of a sparse checkout, what is not there is passed over for good reason.
      if (flag === 'S' && !existsSync(path.join(root, file))) return []
      const option = flag === 'S' ? '--no-skip-worktree' : '--no-assume-unchanged'
      const detail = `${file}: git was told to look away from it, so no change to it is seen or committed`
      return [{status: 'warn', detail, fix: `git update-index ${option} ${shellWord(file)}`}]
    })
}

/** What lies there and was committed, and is no longer in the index: the next commit of a person leaves it out. */
function takenOut(
  fleet: Fleet,
  {listing, repository}: {readonly listing: IndexListing; readonly repository: Repository},
): Trouble[] {
  if (listing.closed !== null) return []
  const known = new Set(listing.files.map(({path: file}) => file))
  return keptFiles(fleet).flatMap(({path: file, isThere, head}): Trouble[] => {
    if (!isThere || head === null || known.has(`${repository.prefix}${file}`)) return []
    const detail = `${file} was taken out of git's index: your next commit removes it, though it lies here`
    return [{status: 'warn', detail, fix: `git reset -q -- ${shellWord(file)}`}]
  })
}

function oneLine(text: string): string {
  return shorten(cleanLine(text), 200)
}

const worktrees: Checkup = {
  id: 'worktrees',
  title: 'No worktree is listed whose folder is gone',
  means: 'Its branch counts as checked out, so nobody else can work on it.',
  examine(fleet) {
    const troubles = goneWorktrees(fleet).map(({name, folder, isOurs}): Trouble => {
      const detail = `worktree ${name}: ${folder} is gone`
      return isOurs
        ? {status: 'warn', detail, fix: FIX, fixable: true}
        : {status: 'warn', detail, fix: 'git worktree prune'}
    })
    return {seen: 'none is', troubles}
  },
  repair: (fleet) =>
    goneWorktrees(fleet)
      .filter(({isOurs}) => isOurs)
      .map(({name}): Repair => {
        const local = [{kind: 'remove-in-git' as const, path: `worktrees/${name}`}]
        return {what: `Forget the worktree ${name}, whose folder is gone`, local}
      }),
}

const remote: Checkup = {
  id: 'git-remote',
  title: 'The remote that mcos.yaml names exists',
  means: 'What is to be pushed there stays on this machine alone.',
  examine(fleet) {
    const wanted = fleet.home.config.git.remote
    const repository = openedRepository(fleet)
    if (wanted === null || repository === null) return {seen: 'none is named', troubles: []}
    const address = configValue(repository.config, `remote.${wanted}.url`)
    if (address === null) {
      const detail = `${CONFIG_FILE} says git.remote: ${wanted}, and the repository has no such remote`
      return {seen: '', troubles: [{status: 'warn', detail, fix: editCommand(CONFIG_FILE)}]}
    }
    if (!address.startsWith('/') || existsSync(address)) return {seen: wanted, troubles: []}
    const detail = `the remote ${wanted} is ${address}, and there is no such folder (any more)`
    return {seen: '', troubles: [{status: 'warn', detail, fix: editCommand('.git/config')}]}
  },
}

/** What can be wrong with the repository besides its settings and its branch. */
export const GIT_CHECKUPS: readonly Checkup[] = [locks, whole, owner, index, gitObjects, worktrees, remote]

const LOCKS = ['index.lock', 'HEAD.lock', 'config.lock', 'packed-refs.lock', 'shallow.lock', 'FETCH_HEAD.lock']

function locksLeft(fleet: Fleet): {readonly rel: string; readonly isDead: boolean}[] {
  const repository = openedRepository(fleet)
  if (repository === null) return []
  const {commonDir, root} = repository
  const branches = below(path.join(commonDir, 'refs/heads')).filter((name) => name.endsWith('.lock'))
  const there = [...LOCKS, ...branches.map((name) => `refs/heads/${name}`)].flatMap((rel) => {
    const found = statSync(path.join(commonDir, rel), {throwIfNoEntry: false})
    return found ? [{rel, ageMs: Date.now() - found.mtimeMs}] : []
  })
  if (there.length === 0) return []
  const isAtWork = isGitAtWork(root)
  return there.map(({rel, ageMs}) => ({rel, isDead: isAtWork === null ? ageMs > CERTAIN_MS : !isAtWork}))
}

/** Whether any git works in that folder now; null where the system doesn't show it. */
function isGitAtWork(root: string): boolean | null {
  if (process.platform !== 'linux') return null
  return readdirSync('/proc').some((pid) => /^\d+$/.test(pid) && isGitIn(pid, root))
}

function isGitIn(pid: string, root: string): boolean {
  try {
    if (!/^git/.test(readFileSync(`/proc/${pid}/comm`, 'utf8'))) return false
    const at = readlinkSync(`/proc/${pid}/cwd`)
    return at === root || at.startsWith(`${root}/`)
  } catch {
    // It has ended meanwhile, or is another user's, who does not commit here.
    return false
  }
}

interface GoneWorktree {
  readonly name: string
  readonly folder: string
  /** Whether mcos made it, below .mcos/worktrees. */
  readonly isOurs: boolean
}

/** By git's own files, as `git worktree list` would: a locked one is on a disk that is away. */
function goneWorktrees(fleet: Fleet): GoneWorktree[] {
  const {mcos} = fleet
  const repository = openedRepository(fleet)
  if (repository === null) return []
  const dir = path.join(repository.commonDir, 'worktrees')
  return listNames(dir).flatMap((name): GoneWorktree[] => {
    const pointer = readSmall(path.join(dir, name, 'gitdir'))?.trim()
    if (existsSync(path.join(dir, name, 'locked'))) return []
    if (pointer !== undefined && existsSync(pointer)) return []
    const folder = pointer === undefined ? 'its folder' : path.dirname(pointer)
    return [{name, folder, isOurs: folder.startsWith(`${mcos.dir}/`)}]
  })
}

function below(dir: string): string[] {
  return existsSync(dir) ? readdirSync(dir, {recursive: true, encoding: 'utf8'}) : []
}
