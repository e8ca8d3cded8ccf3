import {setPassphrase} from '../guard/people/open-person.js'
import {listPersonFiles, readPersonFile} from '../guard/people/person-file.js'
import type {KeyCost} from '../guard/people/person-key.js'
import {EXIT, UserError} from '../kit/errors.js'
import {listAgents} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {parseAgentName, sameName} from '../workspace/names.js'
import {personHere} from './speaker.js'

/** One person, as mcos.yaml and this machine know them; the keys are a promise to programs. */
export interface PersonRow {
  readonly name: string
  /** Domains they may say yes to; empty also where mcos.yaml does not know them. */
  readonly approves: readonly string[]
  readonly via: readonly string[]
  /** Since when this machine knows a passphrase of theirs; null: it knows none. */
  readonly passphrase_since: string | null
  /** Whether mcos.yaml names them. */
  readonly known: boolean
}

export interface PeopleList {
  readonly people: readonly PersonRow[]
}

/** Everybody whom mcos.yaml or this machine knows. */
export function listPeople({home, mcos}: Fleet): PeopleList {
  const known = home.config.people
  const files = new Map(listPersonFiles(mcos).map((file) => [file.name, file.at]))
  const names = [...Object.keys(known), ...[...files.keys()].filter((name) => !Object.hasOwn(known, name))]
  return {
    people: names.map((name) => {
      const person = Object.hasOwn(known, name) ? known[name] : undefined
      return {
        name,
        approves: person?.approves ?? [],
        via: person?.via ?? [],
        passphrase_since: files.get(name) ?? null,
        known: person !== undefined,
      }
    }),
  }
}

/** Who is meant: the name that was typed, or whoever sits at this machine. */
export function personNamed(
  fleet: Fleet,
  typed: string | undefined,
): {readonly name: string; readonly hasPassphrase: boolean} {
  const name = typed === undefined ? personHere(fleet.home) : parseAgentName(typed)
  if (listAgents(fleet.home).some((agent) => sameName(agent.name, name))) throw isAgent(name)
  return {name, hasPassphrase: readPersonFile(fleet.mcos, name) !== null}
}

/** Sets a person's passphrase on this machine, or changes it with the old one. */
export function setUpPerson(
  fleet: Fleet,
  {
    name,
    passphrase,
    old,
    cost,
  }: {readonly name: string; readonly passphrase: string; readonly old: string | null; readonly cost?: KeyCost},
): PersonRow {
  setPassphrase(fleet.mcos, {name, passphrase, old, now: fleet.clock.now(), ...(cost === undefined ? {} : {cost})})
  const row = listPeople(fleet).people.find((person) => person.name === name)
  if (!row) throw new Error(`${name} was set up and is not there`)
  return row
}

function isAgent(name: string): UserError {
  return new UserError(`${name} is an agent, and agents have no passphrase.`, {
    code: 'NAME_TAKEN',
    fix: 'mcos people setup NAME, with the name of a person',
    exit: EXIT.usage,
  })
}
