import {type SimpleGit, simpleGit} from 'simple-git'
import {HARMLESS, withoutFilters} from './allowed-config.js'
import {gitEnv} from './plumbing.js'
import type {Repository} from './repository.js'

/**
 * git for what a person waits for and reads: the same settings and the same environment as our own calls, so that a
 * repository's hooks, drivers and helpers run here as little as there.
 */
export function openGit(repository: Repository): SimpleGit {
  const config = [...HARMLESS, ...withoutFilters(repository.config, [])]
  const env = {...gitEnv(), GIT_DIR: repository.gitDir, GIT_WORK_TREE: repository.root}
  const allowEnvironment = Object.keys(env)
  return simpleGit({baseDir: repository.root, config, unsafe: OUR_OWN_SETTINGS, allowEnvironment}).env(env)
}

/** simple-git refuses keys that can name a program; ours are given to switch them off. */
const OUR_OWN_SETTINGS = {
  allowUnsafeHooksPath: true,
  allowUnsafeFsMonitor: true,
  allowUnsafeSshCommand: true,
  allowUnsafeGitProxy: true,
  allowUnsafeAskPass: true,
  allowUnsafePager: true,
  allowUnsafeEditor: true,
  allowUnsafeFilter: true,
  allowUnsafeCredentialHelper: true,
  allowUnsafeDiffExternal: true,
  allowUnsafeGpgProgram: true,
  allowUnsafeProtocolOverride: true,
  allowUnsafeAlias: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeExec: true,
}
