import {realpathSync} from 'node:fs'
import {isAbsolute, relative, resolve} from 'node:path'
import {askGit, type GitAnswer} from './git-command.js'
import {soulPlace} from './place.js'
import {failedReading, type Probe, type ProbeContext, type Reading} from './probe.js'

const MOST_COMMITS = 100
/** Turns of agents are commits in the fleet's own repository; they are no news about a project. */
const NOT_TURNS = ['--invert-grep', '--grep=^Mcos-Turn: ']

interface Repository {
  /** As HEARTBEAT.md names it. */
  readonly name: string
  readonly dir: string
  readonly filters: readonly string[]
}

interface Head {
  readonly branch: string
  readonly commit: string
}

/** What is new on a repository's current branch, from commits alone: the working tree is never looked at. */
export const gitProbe: Probe = {
  word: 'git',
  baseline: true,
  async read({args}, context) {
    const repository = findRepository(args.trim(), context)
    if (typeof repository === 'string') return failedReading(repository)
    const head = await readHead(repository, context)
    if (typeof head === 'string') return failedReading(`git ${repository.name}: ${head}`)
    return describe(repository, head, context)
  },
}

/** The folder that is meant, if the agent may look at it; a text says what to add where. */
function findRepository(name: string, context: ProbeContext): Repository | string {
  const {home, agent} = context
  const dir = name === '' ? null : locate(name, context)
  if (!dir) return name === '' ? 'git needs a folder, as in: git ../field-app' : `git ${name}: there is no such folder`
  if (!isWithin(home.dir, dir) && !listedFolders(context).includes(dir)) {
    return `git ${name} lies outside the home and is not among the contract's repos: add it to ${soulPlace(agent)}, then mcos commit`
  }
  return {name, dir, filters: isWithin(dir, home.dir) ? NOT_TURNS : []}
}

/** The contract's repositories, whose paths may be meant from the agent's folder or from the home. */
function listedFolders(context: ProbeContext): string[] {
  return context.contract.repos.flatMap((path) => {
    return [locate(path, context), locate(resolve(context.home.dir, path), context)].filter((dir) => dir !== null)
  })
}

/** Seen from the agent's folder, with every link resolved; null when there is nothing. */
function locate(path: string, {home, agent, env}: ProbeContext): string | null {
  return realFolder(resolve(home.dir, agent.path, path.replace(/^~(?=\/|$)/, env['HOME'] ?? '~')))
}

/** Branch and commit; both empty in a repository without commits. */
async function readHead(repository: Repository, context: ProbeContext): Promise<Head | string> {
  const args = ['rev-parse', '--path-format=absolute', '--git-common-dir', 'HEAD', '--abbrev-ref', 'HEAD']
  const answer = await askGit(repository.dir, args, context)
  const [common, commit = '', branch = ''] = answer.lines
  if (!common || !isAbsolute(common)) return whyNot(answer)
  if (!ownsItsHistory(repository, common, context)) return 'its history lies in a place the contract does not open'
  if (!answer.isDone || !/^[0-9a-f]{40,64}$/.test(commit)) return {branch: '', commit: ''}
  if (repository.filters.length === 0) return {branch, commit}
  const latest = await askGit(repository.dir, ['rev-list', '--max-count=1', ...repository.filters, 'HEAD'], context)
  return latest.isDone ? {branch, commit: latest.lines[0] ?? ''} : whyNot(latest)
}

/** A `.git` that only points elsewhere must not open what the contract doesn't. */
function ownsItsHistory({dir}: Repository, common: string, context: ProbeContext): boolean {
  const real = realFolder(common)
  return real !== null && [dir, context.home.dir, ...listedFolders(context)].some((open) => isWithin(open, real))
}

async function describe(repository: Repository, head: Head, context: ProbeContext): Promise<Reading> {
  const {previous} = context
  const fingerprint = `${head.branch} ${head.commit}`.trim()
  if (head.commit === '') return {level: 'ok', fingerprint, detail: `${repository.name} has no commits yet`, items: []}
  const place = `${head.branch === 'HEAD' ? 'a detached HEAD' : head.branch} at ${head.commit.slice(0, 7)}`
  if (fingerprint === previous) return {level: 'ok', fingerprint, detail: `nothing new: ${place}`, items: []}
  const before = /[0-9a-f]{40,64}$/.exec(previous ?? '')?.[0]
  const subjects = before ? await subjectsSince(repository, {before, now: head.commit}, context) : null
  if (!subjects || subjects.length === 0) return {level: 'ok', fingerprint, detail: `now ${place}`}
  const count = subjects.length > MOST_COMMITS ? `more than ${MOST_COMMITS}` : String(subjects.length)
  const commits = subjects.length === 1 ? 'commit' : 'commits'
  const detail = `${count} new ${commits} on ${head.branch} since ${before?.slice(0, 7)}: ${subjects[0]}`
  return {level: 'ok', fingerprint, detail, items: subjects.slice(0, MOST_COMMITS)}
}

/** Newest first; null when the old commit is gone, as after a rewritten history. */
async function subjectsSince(
  {dir, filters}: Repository,
  {before, now}: {before: string; now: string},
  context: ProbeContext,
): Promise<string[] | null> {
  const format = ['--no-commit-header', '--format=%s', '--encoding=UTF-8', `--max-count=${MOST_COMMITS + 1}`]
  const answer = await askGit(dir, ['rev-list', ...format, ...filters, `${before}..${now}`], context)
  return answer.isDone ? [...answer.lines] : null
}

function whyNot({error}: GitAnswer): string {
  if (/not a git repository/.test(error)) return 'it is not a git repository'
  if (/dubious ownership/.test(error)) return 'the repository belongs to another user'
  if (error.includes('ENOENT')) return 'git is not installed here'
  return error || 'git gave no answer'
}

function isWithin(outer: string, inner: string): boolean {
  const path = relative(outer, inner)
  return path === '' || (path !== '..' && !path.startsWith('../') && !isAbsolute(path))
}

function realFolder(path: string): string | null {
  try {
    return realpathSync(path)
  } catch {
    // Missing, or not ours to enter: either way it can't be looked at.
    return null
  }
}
