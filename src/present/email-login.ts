import type {MailLogin} from '../app/email/login.js'
import {cleanLine} from '../kit/text.js'

/** Who is logged in, or why nobody has to be. */
export function presentLogin({account, detail, next}: MailLogin): string {
  return `${cleanLine(`${account}: ${detail}`)}\nTo see whether it opens: ${next}`
}
