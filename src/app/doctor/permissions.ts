import {lstatSync} from 'node:fs'
import path from 'node:path'
import {shellWord} from '../../kit/shell-word.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {Checkup, LocalStep, Repair, Trouble} from '../../workspace/health.js'
import {keptFiles} from './committed.js'

const FIX = 'mcos doctor --fix'

const closed: Checkup = {
  id: 'permissions',
  title: 'Nobody else on this machine can change the fleet, or read its secrets',
  means: 'Whoever can write these files decides what agents may do; whoever can read the keys can speak as them.',
  examine(fleet) {
    if (process.platform === 'win32') return {seen: 'this system has no such marks', troubles: []}
    const troubles = openPlaces(fleet).map(({shown, mode, wanted, what, isInHome}): Trouble => {
      const detail = `${shown} has mode ${octal(mode)}: ${what}`
      const fix = `chmod ${octal(wanted)} '${shown}'`
      return isInHome ? {status: 'fail', detail, fix: FIX, fixable: true} : {status: 'fail', detail, fix}
    })
    return {seen: 'only you', troubles}
  },
  repair: (fleet) =>
    openPlaces(fleet)
      .filter(({isInHome}) => isInHome)
      .map(({shown, wanted}): Repair => {
        const local: LocalStep[] = [{kind: 'chmod', path: shown, mode: wanted}]
        return {what: `Set the mode of ${shown} (to ${octal(wanted)})`, local}
      }),
}

const owned: Checkup = {
  id: 'ownership',
  title: 'Everything that mcos writes belongs to whoever runs it',
  means: 'A beat that was once run with sudo leaves files that the next one can not write.',
  examine(fleet) {
    const me = process.getuid?.()
    if (me === undefined) return {seen: 'this system has no such marks', troubles: []}
    const strangers = placesOf(fleet).flatMap(({shown, at}) => {
      const uid = lstatSync(at, {throwIfNoEntry: false})?.uid
      return uid === undefined || uid === me ? [] : [shown]
    })
    const troubles = strangers.map((shown): Trouble => {
      const detail = `${shown} belongs to another user (you are ${me})`
      return {status: 'warn', detail, fix: `sudo chown -R "$(id -u)" ${shellWord(fleet.home.dir)}`}
    })
    return {seen: 'it does', troubles}
  },
}

/** Who may touch what. */
export const PERMISSION_CHECKUPS: readonly Checkup[] = [closed, owned]

interface Place {
  /** From the home, or absolute for the home itself. */
  readonly shown: string
  readonly at: string
  /** What others must not have. */
  readonly forbidden: number
}

interface OpenPlace {
  readonly shown: string
  readonly mode: number
  readonly wanted: number
  readonly what: string
  readonly isInHome: boolean
}

const WRITE = 0o022
const SECRET = 0o077

function openPlaces(fleet: Fleet): OpenPlace[] {
  return placesOf(fleet).flatMap(({shown, at, forbidden}): OpenPlace[] => {
    const found = lstatSync(at, {throwIfNoEntry: false})
    if (!found || found.isSymbolicLink()) return []
    const own = found.isDirectory() ? 0o700 : 0o600
    if ((found.mode & own) !== own) {
      const mode = found.mode & 0o7777
      return [{shown, mode, wanted: mode | own, what: 'its owner can not use it', isInHome: shown !== at}]
    }
    if ((found.mode & forbidden) === 0) return []
    // A group of its own is how some systems share with nobody (umask 002): only what everybody may change is wrong there.
    const isShared = forbidden === WRITE && (found.mode & 0o002) === 0
    if (isShared) return []
    const mode = found.mode & 0o7777
    const what = forbidden === SECRET ? 'others can read it' : 'anybody can change it'
    return [{shown, mode, wanted: mode & ~forbidden, what, isInHome: shown !== at}]
  })
}

const SECRET_FOLDERS = ['people', 'secrets', 'mail/tokens', 'mcp']

function placesOf(fleet: Fleet): Place[] {
  const {home, mcos} = fleet
  const at = (rel: string, forbidden: number): Place => ({shown: rel, at: path.join(home.dir, rel), forbidden})
  const files = keptFiles(fleet).filter(({isThere}) => isThere)
  const agents = [...new Set(files.flatMap(({agent}) => (agent && agent.path !== '.' ? [agent.path] : [])))]
  const state = ['', 'keys', 'locks', 'runs', 'journal', 'trust.json'].map((name) =>
    at(path.join('.mcos', name), WRITE),
  )
  const secrets = SECRET_FOLDERS.flatMap((folder) => {
    const names = mcos.stat(folder)?.kind === 'folder' ? mcos.list(folder) : []
    return names.flatMap(({name, kind}) => (kind === 'file' ? [at(`.mcos/${folder}/${name}`, SECRET)] : []))
  })
  return [
    {shown: home.dir, at: home.dir, forbidden: WRITE},
    at('.git', WRITE),
    at('keys', WRITE),
    at('guardrails', WRITE),
    ...agents.map((folder) => at(folder, WRITE)),
    ...files.map(({path: file}) => at(file, WRITE)),
    ...state,
    ...secrets,
  ]
}

function octal(mode: number): string {
  return mode.toString(8).padStart(3, '0')
}
