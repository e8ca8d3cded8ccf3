import {agentToken} from '../../bus/agent-token.js'
import type {Folder} from '../../kit/folder.js'
import {SECRET_SHAPES} from '../../kit/secret-shapes.js'
import type {Fleet} from '../../workspace/fleet.js'
import {readSecretValues} from '../../workspace/secret-values.js'
import {hasEncodedToken} from '../redact.js'
import {ownPattern} from '../secret-forms.js'
import {BadCall} from '../tool.js'

const SECRET_NAME = /KEY|TOKEN|SECRET|PASS|CREDENTIAL/i
/** Shorter values of the environment are words that stand in ordinary texts, too. */
const SHORTEST = 12
const SHORTEST_NAMED = 8
const KEYS = '.mcos/keys'

type Known = Pick<Fleet, 'env' | 'home'>

/** What secret a text holds: one of this machine's, however it is spelled, or another's by its shape; null: none. */
export function findSecret(text: string, fleet: Known): string | null {
  const own = ownSecrets(fleet).find(({pattern}) => text.search(pattern) >= 0)
  if (own) return own.name
  const shape = SECRET_SHAPES.find(([, known]) => known.test(text))
  return shape?.[0] ?? (hasEncodedToken(text) ? 'an encoded token' : null)
}

/** Refuses a text that is about to be kept or sent with a secret of this machine in it; the value is never repeated. */
export function refuseSecrets(text: string, fleet: Known): void {
  const secret = findSecret(text, fleet)
  if (secret === null) return
  throw new BadCall(
    `that holds a secret (${secret}); nothing was done. Write a reference such as env:NAME in its place`,
  )
}

interface Own {
  readonly name: string
  readonly pattern: RegExp
}

/** They stay the same while a turn runs, and a turn writes many files. */
const known = new WeakMap<Known['home'], readonly Own[]>()

function ownSecrets(fleet: Known): readonly Own[] {
  const found = known.get(fleet.home) ?? [
    ...environment(fleet),
    ...named(
      'a secret of mcos.yaml',
      readSecretValues(fleet, null).filter(({length}) => length >= SHORTEST_NAMED),
    ),
    ...named("an agent's key", keysOf(fleet.home.files)),
  ]
  known.set(fleet.home, found)
  return found
}

function environment({env, home}: Known): Own[] {
  return Object.entries(env).flatMap(([name, value = '']) => {
    const isSecret = SECRET_NAME.test(name) || home.configText.includes(`env:${name}`)
    return isSecret && value.trim().length >= SHORTEST ? named(`env:${name}`, [value.trim()]) : []
  })
}

function named(name: string, secrets: readonly string[]): Own[] {
  const pattern = ownPattern(secrets)
  return pattern === null ? [] : [{name, pattern}]
}

/** Who has an agent's key signs as that agent, and who has its token acts as it. */
function keysOf(files: Folder): string[] {
  if (files.stat(KEYS)?.kind !== 'folder') return []
  return files.list(KEYS).flatMap(({name, kind}) => {
    const pem = kind === 'file' ? files.readText(`${KEYS}/${name}`, {maxBytes: 64 * 1024}) : null
    return pem === null
      ? []
      : [pem, pem.trim(), ...pem.split('\n').filter((line) => /^[\w+/=]{40,}$/.test(line)), agentToken(pem)]
  })
}
