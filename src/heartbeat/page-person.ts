import {claimOf} from '../alerts/channel-claim.js'
import {channelTo} from '../alerts/channel-to.js'
import {type DeliverOptions, deliverPage, deliverWaiting} from '../alerts/deliver.js'
import type {Page} from '../alerts/delivery.js'
import {recordPage} from '../alerts/outbox.js'
import {readStop} from '../guard/stop.js'
import {watchStop} from '../guard/stop-watch.js'
import {isClaimTrusted} from '../turn/trusted-claim.js'
import type {Channel} from '../workspace/config.js'
import type {Fleet} from '../workspace/fleet.js'
import {readSecret} from '../workspace/read-secret.js'
import type {Surroundings} from './surroundings.js'

/** What became of a page, in words, and whether the person can be taken to have it. */
export interface PageEnd {
  readonly text: string
  readonly isSent: boolean
}

/** Brings a fact to the person whom mcos.yaml names under `page:`, with no model or agent in between. */
export async function pagePerson(page: Page, around: Surroundings): Promise<PageEnd> {
  const {config} = around.fleet.home
  const to = config.page?.to
  if (!to) return {text: 'nobody was paged: mcos.yaml has no page:', isSent: false}
  const channel = channelTo(to, config)
  if (!channel) return {text: `${to} could not be paged: no channel of mcos.yaml leads there`, isSent: false}
  return pageOver(page, {to, channel}, around)
}

/** The same over one channel of mcos.yaml, to whom it leads. */
export async function pageOver(
  page: Page,
  {to, channel}: {readonly to: string; readonly channel: string},
  around: Surroundings,
): Promise<PageEnd> {
  // A page that is sent once everything may go on would tell of what is long over: the next beat sees for itself.
  if (readStop(around.fleet.mcos, page.agent))
    return {text: `${to} was not paged: mcos stop holds everything`, isSent: false}
  if (around.pagesTried.has(page.key)) return {text: `${to} could not be paged yet`, isSent: false}
  around.pagesTried.add(page.key)
  recordPage(around.fleet.mcos, page, channel)
  const {outcome, detail} = await deliverPage(around.fleet.mcos, page.key, deliverOptions(around))
  if (outcome === 'failed') return {text: `${to} could not be paged: ${detail}`, isSent: false}
  return {text: outcome === 'sent' ? `paged ${to}` : `paged ${to}: ${detail}`, isSent: true}
}

/** Sends what an earlier beat recorded and was killed over, or could not send: also when its outage is over by now. */
export async function sendWaitingPages(around: Surroundings): Promise<void> {
  const watch = watchStop(around.fleet.mcos, null, around.signal)
  const ended = await deliverWaiting(around.fleet.mcos, deliverOptions({...around, signal: watch.signal}))
  watch.close()
  for (const {key, delivery} of ended) if (delivery.outcome === 'failed') around.pagesTried.add(key)
}

/** What a page is sent with. */
export function deliverOptions({fleet, signal}: Surroundings): DeliverOptions {
  return {
    mayUse: (channel) => mayUse(channel, fleet),
    channels: fleet.home.config.channels,
    clock: fleet.clock,
    env: fleet.env,
    signal,
    secret: (ref) => readSecret(ref, fleet.env),
  }
}

function mayUse(channel: Channel, fleet: Fleet): boolean {
  const text = claimOf(channel)
  return text === null || isClaimTrusted(fleet, {kind: 'channel', text})
}
