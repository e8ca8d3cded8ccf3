import {findSecrets} from '../guard/secrets/find.js'
import {EXIT, UserError} from '../kit/errors.js'
import {ownSecretsOf} from '../turn/own-secrets.js'
import type {Fleet} from '../workspace/fleet.js'

/** A text about to be sent or committed, and what it is called when something is found in it. */
export interface Outgoing {
  readonly name: string
  readonly text: string
}

/** No secret of the fleet and no vendor's token gets into git or to another agent; the value itself is never repeated. */
export function refuseSecrets(fleet: Pick<Fleet, 'env' | 'home'>, outgoing: readonly Outgoing[]): void {
  const own = ownSecretsOf(fleet)
  const [first] = outgoing.flatMap(({name, text}) =>
    findSecrets(text, {own}).map(({line, kind}) => ({name, line, kind})),
  )
  if (!first) return
  throw new UserError(
    `${first.name}:${first.line} looks like a secret (${first.kind}); nothing was sent or committed.`,
    {
      code: 'SECRET_FOUND',
      fix: 'Put the value where only its reader finds it, and write env:NAME or file:PATH in its place.',
      exit: EXIT.refused,
    },
  )
}
