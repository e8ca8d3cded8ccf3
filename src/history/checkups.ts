import {spawnSync} from 'node:child_process'
import {existsSync, readdirSync} from 'node:fs'
import path from 'node:path'
import {isUserError, type UserError} from '../kit/errors.js'
import {openFolder} from '../kit/folder.js'
import {contentHash} from '../kit/hash.js'
import {shellWord} from '../kit/shell-word.js'
import {type Checkup, count, type Examined, type Repair, type Trouble} from '../workspace/health.js'
import {indexListing} from './index-listing.js'
import {hasJournal, listJournals, listSetAside, readJournal} from './journal.js'
import {personSettings} from './person-settings.js'
import {gitEnv, runGit} from './plumbing.js'
import {findRepository, type Repository, readSmall} from './repository.js'
import {insistOnReady, readState} from './repository-state.js'
import {whyUnsigned} from './why-unsigned.js'

const OLDEST_GIT = [2, 31] as const

const gitItself: Checkup = {
  id: 'git',
  title: 'git is there and new enough',
  means: 'Every turn is a commit; without git nothing is kept.',
  examine() {
    const {error, stdout} = spawnSync('git', ['--version'], {env: gitEnv(), encoding: 'utf8'})
    const [, major, minor] = /(\d+)\.(\d+)/.exec(stdout ?? '') ?? []
    const isNew = Number(major) > OLDEST_GIT[0] || (Number(major) === OLDEST_GIT[0] && Number(minor) >= OLDEST_GIT[1])
    if (!error && isNew) return {seen: stdout.trim(), troubles: []}
    const detail = error ? 'there is no git in PATH' : `${stdout.trim()} is older than ${OLDEST_GIT.join('.')}`
    const fix = process.platform === 'darwin' ? 'brew install git' : 'sudo apt-get install git'
    return {seen: '', troubles: [{status: 'fail', detail, fix}]}
  },
}

const repositoryReady: Checkup = {
  id: 'repository',
  title: 'The home is a git repository that turns can be committed to',
  means: 'Turns are committed to a branch with nothing half-done on it; otherwise every beat fails.',
  examine: ({home}) =>
    tried(() => {
      const astray = whyAstray(home.dir)
      if (astray !== null) return {seen: '', troubles: [astray]}
      const {branch, head} = insistOnReady(findRepository(home.dir))
      if (head !== null) return {seen: branch.replace('refs/heads/', 'on branch '), troubles: []}
      return {seen: '', troubles: [{status: 'warn', detail: 'nothing was ever committed here', fix: 'mcos commit'}]}
    }, 'GIT_CONFIG'),
}

const gitConfig: Checkup = {
  id: 'git-config',
  title: "The repository's own settings run no program that mcos doesn't know of",
  means: "A repository's own settings can run programs, so mcos refuses to work with settings it doesn't know.",
  examine: ({home}) => {
    const error = attempt(() => findRepository(home.dir))
    if (error) return {seen: '', troubles: error.code === 'GIT_CONFIG' ? [troubleOf(error)] : []}
    const {config, commonDir} = findRepository(home.dir)
    return {seen: 'no foreign key', troubles: [...emptied(config, commonDir), ...watched(config)]}
  },
}

const ignored: Checkup = {
  id: 'gitignore',
  title: "This machine's own files (.mcos/) stay out of git",
  means: 'Private keys and transcripts lie in .mcos/: once committed, they travel with every push.',
  examine: (fleet) =>
    tried(
      () => {
        const repository = findRepository(fleet.home.dir)
        const {files, closed} = indexListing(fleet)
        if (closed !== null) throw closed
        const tracked = files.filter(({path: file}) => file.startsWith(`${repository.prefix}.mcos/`))
        if (tracked.length > 0) {
          const detail = `${count(tracked.length, 'file')} of .mcos/ are committed: private keys and receipts leave this machine with them`
          return {
            seen: '',
            troubles: [{status: 'fail', detail, fix: 'git rm -r -q --cached .mcos && git commit -m "Keep .mcos out"'}],
          }
        }
        if (isIgnored(repository)) return {seen: '.mcos/ is ignored', troubles: []}
        const detail = '.gitignore has no line for .mcos/: `git add` would take private keys along'
        return {seen: '', troubles: [{status: 'fail', detail, fix: 'mcos doctor --fix', fixable: true}]}
      },
      'NOT_A_REPOSITORY',
      'NO_GIT',
      'GIT_CONFIG',
      'GIT_OWNER',
    ),
  repair({home}): Repair[] {
    if (attempt(() => findRepository(home.dir)) || isIgnored(findRepository(home.dir))) return []
    const known = home.files.readText('.gitignore')
    const gap = known === null || known === '' || known.endsWith('\n') ? '' : '\n'
    const content = `${known ?? ''}${gap}.mcos/\n`
    const expect = known === null ? null : contentHash(known)
    return [{what: 'Add .mcos/ to .gitignore', changes: [{kind: 'write', path: '.gitignore', content, expect}]}]
  },
}

const journals: Checkup = {
  id: 'journals',
  title: 'No stopped process has left a turn half done',
  means: 'A turn was killed half-way; the next run finishes it or takes it back.',
  examine({home}) {
    const aside = listSetAside(home.dir).map((file): Trouble => {
      return {status: 'warn', detail: `${file} holds a turn that could not be finished`, fix: `cat ${shellWord(file)}`}
    })
    const broken = readJournals(home.dir).filter(({isWhole}) => !isWhole)
    const damaged = broken.map(({file}): Trouble => {
      const detail = `${file} is damaged, so nobody can finish it: --fix sets it aside for you to look at`
      return {status: 'warn', detail, fix: 'mcos doctor --fix', fixable: true}
    })
    const whole = readJournals(home.dir).filter(({isWhole}) => isWhole)
    if (whole.length === 0) return {seen: 'nothing is left', troubles: [...damaged, ...aside]}
    const detail = `${whole.map(({file}) => file).join(', ')}: a stopped process has left work; the next run finishes it`
    return {
      seen: '',
      troubles: [{status: 'warn', detail, fix: 'mcos doctor --fix', fixable: true}, ...damaged, ...aside],
    }
  },
  repair: ({home}) =>
    hasJournal(home.dir) ? [{what: 'Finish what a stopped process has begun', local: [{kind: 'finish-journals'}]}] : [],
}

const identity: Checkup = {
  id: 'identity',
  title: 'Your own commits bear your name, and can be signed where they must be',
  means: 'Your commits are told from those of agents by your name; git refuses one that it is to sign and can not.',
  examine(fleet) {
    const said = personSettings(fleet)
    const [name, email] = [said.get('user.name'), said.get('user.email')]
    const troubles = whyUnsigned(fleet, said).map((detail): Trouble => {
      return {status: 'warn', detail, fix: 'git config commit.gpgsign false'}
    })
    if (name && email) return {seen: `${name} <${email}>`, troubles}
    return {seen: 'git has no user.name and user.email; your login and this machine’s name stand in', troubles}
  },
}

/** Where git can't say where it stands, or stands where nothing is, though there are commits: to begin anew would lose them. */
function whyAstray(dir: string): Trouble | null {
  const pointer = path.join(dir, '.git')
  const away = /^gitdir:\s*(\S.*)/.exec(readSmall(pointer) ?? '')?.[1]?.trim()
  if (away !== undefined && !existsSync(path.resolve(dir, away))) {
    const detail = `.git is a file that leads to ${away}, and there is nothing (any more)`
    return {status: 'fail', detail, fix: `mv ${shellWord(pointer)} ${shellWord(`${pointer}.old`)} && git init -b main`}
  }
  const error = attempt(() => findRepository(dir))
  if (error !== null) return null
  const repository = findRepository(dir)
  const branches = listBranches(repository)
  const other = branches.includes('main') ? 'main' : branches[0]
  const head = readSmall(path.join(repository.gitDir, 'HEAD'))?.trim() ?? ''
  if (repository.refs !== 'files' || other === undefined) return null
  if (!/^ref: |^[0-9a-f]{40}/.test(head)) {
    const file = shellWord(path.join(repository.gitDir, 'HEAD'))
    return {
      status: 'fail',
      detail: '.git/HEAD is empty or damaged: git no longer knows its branch',
      fix: `echo ${shellWord(`ref: refs/heads/${other}`)} > ${shellWord(file)}`,
    }
  }
  const state = readState(repository)
  if (state.branch === null || state.head !== null || state.busyWith !== null) return null
  const detail = `git is on ${state.branch.replace('refs/heads/', '')}, which has no commit, and ${other} has: what is committed now begins another history`
  return {status: 'fail', detail, fix: `git symbolic-ref HEAD ${shellWord(`refs/heads/${other}`)}`}
}

function listBranches({commonDir}: Repository): string[] {
  const loose = existsSync(path.join(commonDir, 'refs/heads'))
    ? readdirSync(path.join(commonDir, 'refs/heads'), {withFileTypes: true})
    : []
  const packed = (readSmall(path.join(commonDir, 'packed-refs')) ?? '').matchAll(/^[0-9a-f]{40,} refs\/heads\/(\S+)$/gm)
  return [
    ...loose.flatMap((entry) => (entry.isFile() && !entry.name.endsWith('.lock') ? [entry.name] : [])),
    ...[...packed].map((match) => match[1] ?? ''),
  ]
}

function readJournals(dir: string): {readonly file: string; readonly isWhole: boolean}[] {
  if (!hasJournal(dir)) return []
  const mcos = openFolder(`${dir}/.mcos`)
  return listJournals(mcos).map((path) => ({file: `.mcos/${path}`, isWhole: !isUserError(readJournal(mcos, path))}))
}

/** git itself goes on with its defaults, so nobody notices. */
function emptied(config: Repository['config'], commonDir: string): Trouble[] {
  if (config.some(({key}) => key === 'core.repositoryformatversion')) return []
  const detail = `${commonDir.endsWith('/.git') ? '.git/config' : `${commonDir}/config`} is empty or cut off: remotes, branches' upstreams and your name went with it`
  return [{status: 'warn', detail, fix: 'git init'}]
}

/** mcos's own calls switch it off; yours don't. */
function watched(config: Repository['config']): Trouble[] {
  return config.flatMap(({key, value, file, line}): Trouble[] => {
    if (key !== 'core.fsmonitor' || /^(?:true|false|yes|no|on|off|0|1|)$/i.test(value)) return []
    const detail = `${file}:${line}: core.fsmonitor runs ${value} whenever you type git status here`
    return [{status: 'warn', detail, fix: 'git config --unset-all core.fsmonitor'}]
  })
}

/** What git and the history tell. */
export const HISTORY_CHECKUPS: readonly Checkup[] = [gitItself, repositoryReady, gitConfig, ignored, journals, identity]

function isIgnored(repository: Repository): boolean {
  const path = `${repository.prefix}.mcos/keys`
  return runGit(repository, ['check-ignore', '-q', '--no-index', path]).code === 0
}

/** A repository that can't be opened is told by one check, not by all. */
function tried(examine: () => Examined, ...toldElsewhere: readonly string[]): Examined {
  try {
    return examine()
  } catch (error) {
    if (!isUserError(error)) throw error
    return {seen: 'told by another check', troubles: toldElsewhere.includes(error.code) ? [] : [troubleOf(error)]}
  }
}

function attempt(act: () => unknown): UserError | null {
  try {
    act()
    return null
  } catch (error) {
    if (isUserError(error)) return error
    throw error
  }
}

function troubleOf({message, suggestions}: UserError): Trouble {
  return {
    status: 'fail',
    detail: message,
    fix: (suggestions[0] ?? 'git status').replace(/ \(or --abort\)$| ?If .*: (?=git)/, ''),
  }
}
