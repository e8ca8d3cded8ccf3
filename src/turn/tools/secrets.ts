import {SECRET_SHAPES} from '../../kit/secret-shapes.js'
import type {Fleet} from '../../workspace/fleet.js'
import {BadCall} from '../tool.js'

const SECRET_NAME = /KEY|TOKEN|SECRET|PASS|CREDENTIAL/i
/** Shorter values are words that stand in ordinary texts, too. */
const SHORTEST = 12

/** What secret a text holds: this machine's own by its variable, in plain or encoded, or another's by its shape; null: none. */
export function findSecret(text: string, {env, home}: Pick<Fleet, 'env' | 'home'>): string | null {
  for (const [name, value = ''] of Object.entries(env)) {
    const isSecret = SECRET_NAME.test(name) || home.configText.includes(`env:${name}`)
    if (!isSecret || value.trim().length < SHORTEST) continue
    if (spellings(value.trim()).some((spelling) => text.includes(spelling))) return `env:${name}`
  }
  return SECRET_SHAPES.find(([, shape]) => shape.test(text))?.[0] ?? null
}

/** Refuses a text that is about to be kept or sent with a secret of this machine in it; the value is never repeated. */
export function refuseSecrets(text: string, fleet: Pick<Fleet, 'env' | 'home'>): void {
  const secret = findSecret(text, fleet)
  if (secret === null) return
  throw new BadCall(
    `that holds a secret (${secret}); nothing was done. Write a reference such as env:NAME in its place`,
  )
}

function spellings(value: string): string[] {
  const bytes = Buffer.from(value)
  return [
    value,
    encodeURIComponent(value),
    bytes.toString('hex'),
    bytes.toString('base64url'),
    bytes.toString('base64'),
  ]
}
