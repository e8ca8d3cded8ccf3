import {randomBytes} from 'node:crypto'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {agentToken} from '../../bus/agent-token.js'
import {findPrivateKey} from '../../bus/keys.js'
import {git, runGit} from '../../history/plumbing.js'
import {findRepository, type Repository} from '../../history/repository.js'
import {repositoryState} from '../../history/repository-state.js'
import {childEnv} from '../../kit/child-env.js'
import {type RunResult, runProgram} from '../../kit/run.js'
import type {AgentEntry} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {CONFIG_FILE} from '../../workspace/home.js'
import {installedGitHooks} from '../guard-install/git-hooks.js'
import type {CanaryResult} from './canary-file.js'

export interface GitWish {
  readonly agent: AgentEntry
  readonly deadlineMs: number
  readonly signal: AbortSignal
}

/**
 * Lets an agent commit a public key, which none may, with the person's real git: once without hooks and once with them.
 * Both happen on a head and an index of their own, so that nothing of the fleet's branch or files is touched.
 */
export async function tryGit(fleet: Fleet, {agent, deadlineMs, signal}: GitWish): Promise<CanaryResult> {
  const version = await versionOf(fleet, signal)
  const named = {agent: agent.name, host: 'git', version} as const
  const key = findPrivateKey(fleet.home.files, agent.name)
  const untried = (detail: string, fix: string): CanaryResult => {
    return {...named, status: 'could not be tried', detail, fix}
  }
  if (version === null) return {...named, status: 'not installed', detail: 'git is not in PATH', fix: null}
  if (key === null) return untried(`${agent.name} has no key on this machine`, 'mcos doctor --fix')
  if (repositoryState(fleet.home.dir).head === null) return untried('there is no commit yet', 'mcos commit')
  const repository = findRepository(fleet.home.dir)
  const aside = openAside(repository)
  try {
    const env = {...envOf(fleet, agent, aside), MCOS_AGENT: agent.name, MCOS_TOKEN: agentToken(key)}
    const commit = (...options: string[]): Promise<RunResult> => {
      const words = ['git', 'commit', '--quiet', '--no-gpg-sign', ...options, '-m', 'Canary: to be refused']
      return runProgram(words, {cwd: repository.root, env, timeoutMs: deadlineMs, signal, endsLeftovers: true})
    }
    const free = await commit('--no-verify')
    if (free.code !== 0) return untried(`git could not commit at all: ${lastLine(free)}`, 'mcos doctor')
    aside.rewind()
    const held = await commit()
    const isThere = installedGitHooks(fleet).includes('pre-commit')
    const fix = isThere ? 'mcos doctor' : 'mcos guard install --git'
    if (held.code === 0) {
      const why = isThere ? 'although the hook is installed' : 'no hook of mcos is installed'
      return {...named, status: 'unenforced', detail: `a commit of ${agent.name} into keys/ went through: ${why}`, fix}
    }
    if (held.timedOut) return untried('the hook did not answer in time', fix)
    if (!isThere) return {...named, status: 'unenforced', detail: 'no hook of mcos is installed', fix}
    return {...named, status: 'enforced', detail: `denied there: a commit of ${agent.name} into keys/`, fix: null}
  } finally {
    aside.close()
  }
}

/** A head and an index beside the fleet's own, with one file too many staged in it. */
interface Aside {
  readonly gitDir: string
  readonly index: string
  /** Back to where it began. */
  rewind(): void
  close(): void
}

function openAside(repository: Repository): Aside {
  const scratch = mkdtempSync(path.join(tmpdir(), 'mcos-canary-'))
  const tree = path.join(scratch, 'tree')
  git(repository, ['worktree', 'add', '--quiet', '--no-checkout', '--detach', tree, 'HEAD'])
  const gitDir = runGit(repository, ['-C', tree, 'rev-parse', '--absolute-git-dir'], {
    env: {GIT_DIR: path.join(tree, '.git'), GIT_WORK_TREE: tree},
  })
    .stdout.toString()
    .trim()
  const own = {env: {GIT_DIR: gitDir, GIT_INDEX_FILE: path.join(scratch, 'index')}}
  const head = git(repository, ['rev-parse', 'HEAD'], own).toString().trim()
  const blob = git(repository, ['rev-parse', `HEAD:${repository.prefix}${CONFIG_FILE}`], own)
    .toString()
    .trim()
  const file = `${repository.prefix}keys/canary-${randomBytes(6).toString('hex')}.pub`
  git(repository, ['read-tree', 'HEAD'], own)
  git(repository, ['update-index', '--add', '--cacheinfo', `100644,${blob},${file}`], own)
  return {
    gitDir,
    index: own.env.GIT_INDEX_FILE,
    rewind: () => void git(repository, ['update-ref', '--no-deref', 'HEAD', head], own),
    close: () => {
      rmSync(scratch, {recursive: true, force: true})
      runGit(repository, ['worktree', 'prune'])
    },
  }
}

/** As git is called in an agent's shell; the identity is the agent's. */
function envOf(fleet: Fleet, {name}: AgentEntry, {gitDir, index}: Aside): Record<string, string> {
  const {home, env} = fleet
  const email = `${name}@${home.config.name}.mcos`
  return {
    ...childEnv(env),
    ...Object.fromEntries(PERSONAL.flatMap((key) => (env[key] === undefined ? [] : [[key, env[key]]]))),
    GIT_DIR: gitDir,
    GIT_WORK_TREE: findRepository(home.dir).root,
    GIT_INDEX_FILE: index,
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
    GIT_TERMINAL_PROMPT: '0',
  }
}

/** Where git finds the person's settings, core.hooksPath among them. */
const PERSONAL = ['XDG_CONFIG_HOME', 'GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM', 'GIT_CONFIG_NOSYSTEM']

async function versionOf({home, env}: Fleet, signal: AbortSignal): Promise<string | null> {
  const {stdout} = await runProgram(['git', '--version'], {
    cwd: home.dir,
    env: childEnv(env),
    timeoutMs: 10_000,
    signal,
  })
  return /\d+\.\d+[\w.]*/.exec(stdout)?.[0] ?? null
}

function lastLine({stderr, stdout}: RunResult): string {
  return `${stdout}\n${stderr}`.trim().split('\n').at(-1)?.slice(0, 200) ?? ''
}
