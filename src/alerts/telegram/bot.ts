import {UserError} from '../../kit/errors.js'
import {contentHash} from '../../kit/hash.js'

/** A bot as its API is called: where it is, and the token, which is part of every address and is told to nobody. */
export interface Bot {
  readonly token: string
  /** Without a slash at its end. */
  readonly base: string
}

const API = 'https://api.telegram.org'

/** Insists on the shape of a token, so that a wrong reference is found before it is sent to anybody. */
export function openBot({token, baseUrl = API}: {readonly token: string; readonly baseUrl?: string}): Bot {
  if (/^\d{1,20}:[A-Za-z0-9_-]{16,100}$/.test(token)) return {token, base: baseUrl.replace(/\/+$/, '')}
  throw new UserError('What the channel’s token: leads to is no bot token (123456789:AA…).', {
    code: 'BAD_TOKEN',
    fix: 'Ask @BotFather for it again: /mybots, your bot, API Token; and put it where the reference points.',
  })
}

/** The same bot has the same name whatever its token is now; the number before the colon is no secret. */
export function botId({token}: Bot): string {
  return token.split(':')[0] || contentHash(token).slice(7, 19)
}

/** What somebody else said, without the token in any form in which it stands in an address. */
export function redact(text: string, {token}: Bot): string {
  const secret = token.slice(token.indexOf(':') + 1)
  return [token, encodeURIComponent(token), secret].reduce((rest, form) => rest.replaceAll(form, '[token]'), text)
}
