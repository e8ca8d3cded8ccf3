import {findSecrets} from '../../guard/secrets/find.js'
import type {Fleet} from '../../workspace/fleet.js'
import {BadCall} from '../bad-call.js'
import {ownSecretsOf} from '../own-secrets.js'

type Known = Pick<Fleet, 'env' | 'home'>

/** What secret a text holds: one of this machine's, however it is spelled, or another's by its shape; null: none. */
export function findSecret(text: string, fleet: Known): string | null {
  return findSecrets(text, {own: ownSecretsOf(fleet)})[0]?.kind ?? null
}

/** Refuses a text that is about to be kept or sent with a secret of this machine in it; the value is never repeated. */
export function refuseSecrets(text: string, fleet: Known): void {
  const kind = findSecret(text, fleet)
  if (kind !== null) throw new BadCall(toldOfSecret(kind))
}

/** What a model is answered that wants something done with a secret in it. */
export function toldOfSecret(kind: string): string {
  return `that holds a secret (${kind}); nothing was done. Write a reference such as env:NAME in its place`
}
