import {existsSync, mkdirSync} from 'node:fs'
import {homedir} from 'node:os'
import path from 'node:path'
import {findRepository} from '../../../history/repository.js'
import {clearTemps} from '../../../kit/clear-temps.js'
import {EXIT, UserError} from '../../../kit/errors.js'
import {openFolder} from '../../../kit/folder.js'
import {contentHash} from '../../../kit/hash.js'
import {findAgent} from '../../../workspace/agents.js'
import type {Fleet} from '../../../workspace/fleet.js'
import {CLIENT_PROGRAMS, type ClientProgram, type Scope, type SettingsPlace} from './client-programs.js'
import {gitWouldKeep} from './git-would-keep.js'
import {formatJsonServer, withJsonServer, withoutJsonServer} from './json-servers.js'
import {pairFor} from './token.js'
import {formatTomlServer, withoutTomlServer, withTomlServer} from './toml-servers.js'

export interface RegisterWish {
  readonly agent: string
  readonly clients: readonly ClientProgram[]
  readonly scope: Scope
  readonly dryRun: boolean
}

/** One client's settings, and what is done to them. */
export interface RegisteredClient {
  readonly client: ClientProgram
  /** Absolute. */
  readonly file: string
  /** `tightened`: the server stood there already, and others on the machine could read its token. */
  readonly change: 'made' | 'changed' | 'tightened' | 'same'
  /** What stands there of this server afterwards, its token left out; null: nothing. */
  readonly text: string | null
}

/** What registering or taking out did, or with `dry_run` would do; the keys are a promise to programs. */
export interface Registered {
  readonly dry_run: boolean
  readonly agent: string
  /** Under which name the clients have the server. */
  readonly server: string
  readonly scope: Scope
  readonly clients: readonly RegisteredClient[]
  /** Files in which the agent's token stands from now on. */
  readonly token_in: readonly string[]
}

/** Names this server in the settings of clients, with the pair of one agent; everything else in them stays as it is. */
export function registerServer(fleet: Fleet, wish: RegisterWish): Registered {
  const {agent, ...server} = pairFor(fleet, wish.agent)
  const name = `mcos-${agent}`
  const planned = plan(fleet, wish, (text, place, client) =>
    place.format === 'toml'
      ? withTomlServer(text, place, {name, server})
      : withJsonServer(text, place, {name, entry: CLIENT_PROGRAMS[client].entry(server)}),
  )
  for (const {place} of planned) insistOnPrivate(place.file)
  const shown = {...server, env: {...server.env, MCOS_TOKEN: 'sha256:…'}}
  return carryOut(fleet, planned, {
    ...{wish, agent, name, mode: TOKEN_MODE, token_in: planned.map(({place}) => place.file)},
    textOf: ({client, place}) =>
      place.format === 'toml'
        ? formatTomlServer(place, {name, server: shown})
        : formatJsonServer(place, {name, entry: CLIENT_PROGRAMS[client].entry(shown)}),
  })
}

/** Takes exactly that out again. */
export function unregisterServer(fleet: Fleet, wish: RegisterWish): Registered {
  const {name: agent} = findAgent(fleet.home, wish.agent)
  const name = `mcos-${agent}`
  const planned = plan(fleet, wish, (text, place) => {
    if (text === null) return null
    return place.format === 'toml' ? withoutTomlServer(text, place, name) : withoutJsonServer(text, place, name)
  })
  return carryOut(fleet, planned, {wish, agent, name, mode: null, token_in: [], textOf: () => null})
}

/** Whoever can read the token can act as the agent. */
const TOKEN_MODE = 0o600

interface PlannedSettings {
  readonly client: ClientProgram
  readonly place: SettingsPlace
  readonly before: string | null
  readonly after: string | null
  /** Whether others on this machine may read it as it is. */
  readonly isOpen: boolean
}

type Edit = (text: string | null, place: SettingsPlace, client: ClientProgram) => string | null

/** All of them are read and planned before the first is written. */
function plan({home, env}: Fleet, {agent: typed, clients, scope}: RegisterWish, edit: Edit): PlannedSettings[] {
  const folder = path.join(home.dir, findAgent(home, typed).path)
  const {root} = findRepository(home.dir)
  return clients.map((client) => {
    const where = {folder, root, env, home: env['HOME'] || homedir()}
    const place = CLIENT_PROGRAMS[client].placeFor(scope, where)
    const {before, isOpen} = readSettings(placeIn(home.dir, place.file))
    return {client, place, before, after: edit(before, place, client), isOpen}
  })
}

const MOST_BYTES = 32 * 1024 * 1024

function readSettings({dir, name}: FilePlace): Pick<PlannedSettings, 'before' | 'isOpen'> {
  if (!existsSync(dir)) return {before: null, isOpen: false}
  const folder = openFolder(dir)
  const mode = folder.stat(name)?.mode ?? 0
  return {before: folder.readText(name, {maxBytes: MOST_BYTES}), isOpen: (mode & 0o077) !== 0}
}

interface FilePlace {
  readonly dir: string
  /** From there; no link is followed on the way. */
  readonly name: string
}

/** Within the home an agent may have put a link in the place of the folder; a person's own folders are the person's. */
function placeIn(home: string, file: string): FilePlace {
  if (file.startsWith(`${home}/`)) return {dir: home, name: path.relative(home, file)}
  return {dir: path.dirname(file), name: path.basename(file)}
}

interface Deed {
  readonly wish: RegisterWish
  readonly agent: string
  readonly name: string
  /** What the files may be read by from now on; null: they keep theirs. */
  readonly mode: number | null
  readonly token_in: readonly string[]
  textOf(one: PlannedSettings): string | null
}

function carryOut(
  {home}: Fleet,
  planned: readonly PlannedSettings[],
  {wish, agent, name, mode, token_in, textOf}: Deed,
): Registered {
  const isTightening = mode !== null
  for (const one of planned) {
    if (wish.dryRun) continue
    const {dir, name: file} = placeIn(home.dir, one.place.file)
    if (changeWord(one, isTightening) !== 'same' && one.after !== null) {
      mkdirSync(dir, {recursive: true})
      const expect = one.before === null ? null : contentHash(one.before)
      openFolder(dir).write(file, one.after, {...(mode !== null && {mode}), expect})
    }
    // A token may stand in what a killed install has left half-written, and no sweep looks there.
    if (dir !== home.dir) clearTemps(dir)
  }
  return {
    dry_run: wish.dryRun,
    agent,
    server: name,
    scope: wish.scope,
    clients: planned.map((one) => ({
      client: one.client,
      file: one.place.file,
      change: changeWord(one, isTightening),
      text: textOf(one),
    })),
    token_in,
  }
}

function changeWord(
  {before, after, isOpen}: Pick<PlannedSettings, 'before' | 'after' | 'isOpen'>,
  isTightening: boolean,
): RegisteredClient['change'] {
  if (before === after) return isTightening && isOpen ? 'tightened' : 'same'
  return before === null ? 'made' : 'changed'
}

/** A token in git is a token that everybody has. */
function insistOnPrivate(file: string): void {
  const kept = gitWouldKeep(file)
  if (kept === null) return
  const how = kept === 'tracked' ? 'git tracks it' : 'git does not ignore it'
  throw new UserError(`${file} would hold the token of the agent, and ${how}: nothing was written.`, {
    code: 'TOKEN_IN_GIT',
    fix: [
      'Leave out --scope project, or use --scope user: then it stands in your own settings.',
      `Or let git ignore it: echo '/${path.basename(path.dirname(file))}/' >> ${path.join(path.dirname(path.dirname(file)), '.gitignore')}`,
    ],
    exit: EXIT.refused,
  })
}
