import {findSecrets} from '../fleet/adopt/secrets.js'
import {EXIT, UserError} from '../kit/errors.js'

/** A text about to be sent or committed, and what it is called when something is found in it. */
export interface Outgoing {
  readonly name: string
  readonly text: string
}

/** Nothing that looks like a vendor's token gets into git or to another agent; the value itself is never repeated. */
export function refuseSecrets(outgoing: readonly Outgoing[]): void {
  const [first] = outgoing.flatMap(({name, text}) => findSecrets(text, name))
  if (!first) return
  throw new UserError(
    `${first.file}:${first.line} looks like a secret (${first.kind}); nothing was sent or committed.`,
    {
      code: 'SECRET_FOUND',
      fix: 'Put the value where only its reader finds it, and write env:NAME or file:PATH in its place.',
      exit: EXIT.refused,
    },
  )
}
