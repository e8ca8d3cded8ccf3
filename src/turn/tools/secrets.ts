import type {Fleet} from '../../workspace/fleet.js'
import {BadCall} from '../tool.js'

const SECRET_NAME = /KEY|TOKEN|SECRET|PASS|CREDENTIAL/i
/** Shorter values are words that stand in ordinary texts, too. */
const SHORTEST = 12

/** The name of the variable whose secret value a text holds, in plain or encoded; null when it holds none. */
export function findSecret(text: string, {env, home}: Pick<Fleet, 'env' | 'home'>): string | null {
  for (const [name, value = ''] of Object.entries(env)) {
    const isSecret = SECRET_NAME.test(name) || home.configText.includes(`env:${name}`)
    if (!isSecret || value.trim().length < SHORTEST) continue
    if (spellings(value.trim()).some((spelling) => text.includes(spelling))) return name
  }
  return null
}

/** Refuses a text that is about to be kept or sent with a secret of this machine in it; the value is never repeated. */
export function refuseSecrets(text: string, fleet: Pick<Fleet, 'env' | 'home'>): void {
  const name = findSecret(text, fleet)
  if (name === null) return
  throw new BadCall(`that holds the secret ${name}; nothing was done. Write env:${name} in its place`)
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
