import {readFileSync, statSync} from 'node:fs'
import path from 'node:path'
import {findInFile} from '../../guard/secrets/files.js'
import {configValue} from '../../history/git-config.js'
import {listNames, type Repository} from '../../history/repository.js'
import {shellWord} from '../../kit/shell-word.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {Checkup, Trouble} from '../../workspace/health.js'
import {editCommand} from '../../workspace/health.js'
import {calledHooks} from './called-hooks.js'
import {openedRepository} from './opened-repository.js'

const INSTALL = 'mcos guard install --git'
const ALL = ['pre-commit', 'commit-msg', 'pre-merge-commit', 'pre-push']

const hooks: Checkup = {
  id: 'git-hooks',
  title: "git calls every hook of the guard's that was installed",
  means: 'What an agent commits by its own git is then looked at by nobody.',
  examine(fleet) {
    const repository = opened(fleet)
    if (repository === null) return {seen: 'told by another check', troubles: []}
    const here = path.join(repository.commonDir, 'hooks')
    const written = ALL.filter((name) => isOurs(path.join(here, name)))
    const named = configValue(repository.config, 'core.hookspath')
    const called = calledHooks(fleet)
    if (written.length > 0 && called.length === 0) {
      const where = named ?? 'set in your own git settings, for all repositories'
      const detail = `core.hooksPath is ${where}: git does not call ${written.join(', ')} of .git/hooks`
      // One of the repository's own wins over that of the person, and leaves their other repositories alone.
      const fix =
        named === null ? `git config core.hooksPath ${shellWord(here)}` : 'git config --unset-all core.hooksPath'
      return {seen: '', troubles: [{status: 'fail', detail, fix}]}
    }
    const folder = named === null ? here : path.resolve(repository.root, named)
    return {
      seen: called.length === 0 ? 'none was installed' : called.join(', '),
      troubles: called.length === 0 ? [] : troublesIn(folder, called),
    }
  },
}

function troublesIn(folder: string, called: readonly string[]): Trouble[] {
  const lacking = ALL.filter((name) => !called.includes(name))
  const closed = called.filter((name) => ((statSync(path.join(folder, name)).mode ?? 0) & 0o111) === 0)
  return [
    ...lacking.map((name): Trouble => ({status: 'warn', detail: `the hook ${name} is gone`, fix: INSTALL})),
    ...closed.map((name): Trouble => {
      const file = path.join(folder, name)
      return {
        status: 'fail',
        detail: `${file} may not be run, so git passes it over`,
        fix: `chmod +x ${shellWord(file)}`,
      }
    }),
  ]
}

function isOurs(file: string): boolean {
  return statSync(file, {throwIfNoEntry: false})?.isFile() === true && readFileSync(file, 'utf8').includes('mcos')
}

const tokens: Checkup = {
  id: 'git-tokens',
  title: "No token stands in git's own settings",
  means: 'Whoever reads .git/config, or the error of a push in a log, has the token.',
  examine(fleet) {
    const repository = opened(fleet)
    if (repository === null) return {seen: 'told by another check', troubles: []}
    const file = path.join(repository.commonDir, 'config')
    const found = findInFile({file, bytes: readFileSync(file)})
    const inAddress = repository.config.flatMap(({key, value, line}) =>
      /^remote\..*url$/.test(key) && /^https?:\/\/[^/@:]+:[^/@]+@/.test(value) ? [{line, kind: `in ${key}`}] : [],
    )
    const lines = new Map([...inAddress, ...found].map(({line, kind}) => [line, kind]))
    const troubles = [...lines].map(([line, kind]): Trouble => {
      const detail = `${file}:${line} holds a token (${kind}): revoke it, and let a credential helper or an SSH key log in`
      return {status: 'fail', detail, fix: editCommand(file)}
    })
    return {seen: 'none does', troubles}
  },
}

/** How git is entered: its hooks, and its own settings. */
export const GIT_DOOR_CHECKUPS: readonly Checkup[] = [hooks, tokens]

function opened(fleet: Fleet): Repository | null {
  const repository = openedRepository(fleet)
  return repository !== null && listNames(repository.commonDir).includes('config') ? repository : null
}
