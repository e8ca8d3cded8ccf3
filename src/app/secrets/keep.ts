import {EXIT, UserError} from '../../kit/errors.js'
import {listMentions} from '../../workspace/examine-secrets.js'
import type {Fleet} from '../../workspace/fleet.js'
import {isKeptName} from '../../workspace/secret-ref.js'
import {shapeTrouble} from '../../workspace/secret-shape.js'
import {dropKept, type KeptIn, keepSecret, listKept} from '../../workspace/secret-store.js'

/** A secret that this machine keeps, by its name; never its value. */
export interface KeptSecret {
  readonly name: string
  /** As it is written in mcos.yaml and SOUL.md. */
  readonly reference: string
  readonly where: KeptIn
  /** ISO. */
  readonly at: string
  /** The places that refer to it. */
  readonly used_by: readonly string[]
}

export interface KeptSecrets {
  readonly secrets: readonly KeptSecret[]
}

/** Keeps a value under a name on this machine; the value comes from a pipe or a hidden prompt, never from arguments. */
export async function setSecret(
  fleet: Fleet,
  {name, value, wants}: {readonly name: string; readonly value: string; readonly wants: KeptIn | null},
): Promise<KeptSecret> {
  insistOnName(name)
  const secret = value.replace(/\r?\n$/, '')
  if (secret.trim() === '') throw unfit(name, 'it is empty')
  const users = await usersOf(fleet, name)
  const trouble = users.map(({use}) => shapeTrouble(secret.trim(), use)).find((found) => found !== null)
  if (trouble) throw unfit(name, trouble)
  const at = new Date(fleet.clock.now()).toISOString()
  const kept = await keepSecret(fleet.home.files, {name, secret, at, wants})
  return {...kept, reference: `keyring:${name}`, used_by: users.map(({where}) => where)}
}

/** What this machine keeps, and who refers to it. */
export async function listSecrets(fleet: Fleet): Promise<KeptSecrets> {
  const secrets = await Promise.all(
    listKept(fleet.home.files).map(async (kept) => ({
      ...kept,
      reference: `keyring:${kept.name}`,
      used_by: (await usersOf(fleet, kept.name)).map(({where}) => where),
    })),
  )
  return {secrets}
}

/** What was taken off this machine, and who refers to it still. */
export interface RemovedSecret {
  readonly name: string
  readonly still_used_by: readonly string[]
}

/** Takes a kept secret off this machine. */
export async function removeSecret(fleet: Fleet, name: string): Promise<RemovedSecret> {
  insistOnName(name)
  if (!(await dropKept(fleet.home.files, name))) {
    throw new UserError(`This machine keeps no secret called ${name}.`, {
      code: 'NOT_FOUND',
      fix: 'mcos secrets list',
      exit: EXIT.usage,
    })
  }
  return {name, still_used_by: (await usersOf(fleet, name)).map(({where}) => where)}
}

async function usersOf(fleet: Fleet, name: string): ReturnType<typeof listMentions> {
  return (await listMentions(fleet)).filter(({ref}) => ref.source === 'keyring' && ref.value === name)
}

function insistOnName(name: string): void {
  if (isKeptName(name)) return
  throw new UserError('A secret is kept under a name of letters, digits, "_", "-" and ".", at most 64.', {
    code: 'BAD_NAME',
    fix: 'mcos secrets set DONNA_KEY',
    exit: EXIT.usage,
  })
}

function unfit(name: string, why: string): UserError {
  return new UserError(`Nothing was kept as ${name}: ${why}.`, {
    code: 'SECRET_SHAPE',
    fix: `printf %s "$VALUE" | mcos secrets set ${name}`,
    exit: EXIT.usage,
  })
}
