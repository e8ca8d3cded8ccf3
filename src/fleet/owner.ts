import {userInfo} from 'node:os'
import {EXIT, UserError} from '../kit/errors.js'
import {parseAgentName} from '../workspace/names.js'

/** Who makes a fleet: the name mcos.yaml gets, and the login by which this machine knows them. */
export interface Owner {
  readonly name: string
  readonly login: string
}

/** The person at this machine. Names are one for agents and people, so a login that an agent has is set apart from it. */
export function findOwner(wished: string | undefined, agents: readonly string[]): Owner {
  const login = loginName()
  if (wished === undefined) {
    const name = nameFrom(login, 'person')
    return {name: agents.includes(name) ? `${name.slice(0, 32)}-person` : name, login}
  }
  const name = parseAgentName(wished)
  if (!agents.includes(name)) return {name, login}
  throw new UserError(`${name} can't be a person here: an agent is called so.`, {
    code: 'NAME_TAKEN',
    fix: `--person ${name.slice(0, 32)}-person`,
    exit: EXIT.usage,
  })
}

/** A name as agents and people have it, out of whatever a folder or a login is called. */
export function nameFrom(text: string, fallback: string): string {
  const letters = text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '')
  return letters || fallback
}

function loginName(): string {
  try {
    return userInfo().username
  } catch {
    // A container's user without an entry in passwd has no login at all.
    return 'person'
  }
}
