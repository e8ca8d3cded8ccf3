import {houseOf} from './escalate/thread-state.js'
import type {MailHead} from './mail.js'

/** Addresses behind which nobody reads; as local parts are written in many ways, signs between letters don't count. */
const DEAF = /^(?:no-?reply|do-?not-?reply|donotreply|noreply|bounces?|mailer-daemon|postmaster|notifications?)[-+._@]/

/** Why nobody is to be answered on this mail, in words; null: a reply may lie ready. */
export function whyNoReply({from, headers, replyTo}: MailHead, own: readonly string[]): string | null {
  const to = replyTo[0]?.address || from.address
  if (to === '') return 'it names nobody to answer'
  if (own.includes(to)) return 'it is from the account itself'
  const elsewhere = replyTo.find(({address}) => address !== '' && !isOneHouse(address, from.address))
  if (elsewhere) return `its answers would go to ${elsewhere.address}, another house than its sender's`
  if (DEAF.test(to)) return `${to} is read by nobody`
  if (['list-id', 'list-post', 'list-unsubscribe'].some((name) => headers[name] !== undefined))
    return 'it went to a list'
  if (headers['auto-submitted']?.some((value) => !/^\s*no\b/i.test(value))) return 'a machine wrote it'
  if (headers['precedence']?.some((value) => /bulk|list|junk|auto/i.test(value))) return 'it went to many'
  if (headers['return-path']?.some((value) => value.trim() === '<>')) return 'it is a delivery notice'
  if (headers['content-type']?.some((value) => /multipart\/report/i.test(value))) return 'it is a delivery notice'
  return null
}

/** Anybody can write a customer's address above a Reply-To of their own: only who writes hears of it, or somebody next door. */
function isOneHouse(address: string, other: string): boolean {
  const [one, two] = [houseOf(address), houseOf(other)]
  return one === two || `.${one}`.endsWith(`.${two}`) || `.${two}`.endsWith(`.${one}`)
}
