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

/** Who is meant: the name that was typed, of somebody who is known, or whoever sits at this machine. */
export function personNamed(
  fleet: Fleet,
  typed: string | undefined,
): {readonly name: string; readonly hasPassphrase: boolean} {
  const name = typed === undefined ? personHere(fleet.home) : parseAgentName(typed)
  if (listAgents(fleet.home).some((agent) => sameName(agent.name, name))) throw isAgent(fleet, name)
  const hasPassphrase = readPersonFile(fleet.mcos, name) !== null
  const isKnown = hasPassphrase || Object.hasOwn(fleet.home.config.people, name) || personHere(fleet.home) === name
  if (typed !== undefined && !isKnown) throw noPerson(fleet, name)
  return {name, hasPassphrase}
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

function isAgent(fleet: Fleet, name: string): UserError {
  return new UserError(
    `${name} is an agent: agents answer for themselves, in their own turns, and have no passphrase. This takes a person.`,
    {code: 'NAME_TAKEN', fix: whoIsThere(fleet), exit: EXIT.usage},
  )
}

function noPerson(fleet: Fleet, name: string): UserError {
  return new UserError(`There is no person ${name} in this fleet.`, {
    code: 'NO_PERSON',
    fix: whoIsThere(fleet),
    exit: EXIT.usage,
  })
}

function whoIsThere(fleet: Fleet): string {
  const names = listPeople(fleet).people.map(({name}) => name)
  return names.length === 0
    ? 'mcos.yaml names nobody yet: people: { ada: { approves: [all], via: [terminal] } }'
    : `Its people: ${names.slice(0, 12).join(', ')}${names.length > 12 ? ', …' : ''}`
}
