import type {Fleet} from '../../workspace/fleet.js'
import {BadCall} from '../tool.js'

const SECRET_NAME = /KEY|TOKEN|SECRET|PASS|CREDENTIAL/i
/** Shorter values are words that stand in ordinary texts, too. */
const SHORTEST = 12

/** Refuses a text that holds one of the secrets of this machine's environment, in plain or encoded; the value is never repeated. */
export function refuseSecrets(text: string, {env, home}: Pick<Fleet, 'env' | 'home'>): void {
  for (const [name, value = ''] of Object.entries(env)) {
    const isSecret = SECRET_NAME.test(name) || home.configText.includes(`env:${name}`)
    if (!isSecret || value.trim().length < SHORTEST) continue
    if (spellings(value.trim()).some((spelling) => text.includes(spelling))) {
      throw new BadCall(`that holds the secret ${name}; nothing was done. Write env:${name} in its place`)
    }
  }
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
