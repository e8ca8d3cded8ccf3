import {CLAIMANT, claimOf} from '../alerts/channel-claim.js'
import {type DeliverOptions, deliverPage, deliverWaiting} from '../alerts/deliver.js'
import {recordPage} from '../alerts/outbox.js'
import type {Page} from '../alerts/page.js'
import {isTrusted, readTrust} from '../guard/trust.js'
import {findRepository} from '../history/repository.js'
import type {Channel, FleetConfig} from '../workspace/config.js'
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
  const channel = channelOf(to, config)
  if (!channel) return {text: `${to} could not be paged: no channel of mcos.yaml leads there`, isSent: false}
  if (around.pagesTried.has(page.key)) return {text: `${to} could not be paged yet`, isSent: false}
  around.pagesTried.add(page.key)
  recordPage(around.fleet.mcos, page, channel)
  const {outcome, detail} = await deliverPage(around.fleet.mcos, page.key, deliverOptions(around))
  if (outcome === 'failed') return {text: `${to} could not be paged: ${detail}`, isSent: false}
  return {text: outcome === 'sent' ? `paged ${to}` : `paged ${to}: ${detail}`, isSent: true}
}

/** Sends what an earlier beat recorded and was killed over, or could not send: also when its outage is over by now. */
export async function sendWaitingPages(around: Surroundings): Promise<void> {
  const ended = await deliverWaiting(around.fleet.mcos, deliverOptions(around))
  for (const {key, delivery} of ended) if (delivery.outcome === 'failed') around.pagesTried.add(key)
}

function deliverOptions({fleet, signal}: Surroundings): DeliverOptions {
  return {
    mayUse: (channel) => mayUse(channel, fleet),
    channels: fleet.home.config.channels,
    clock: fleet.clock,
    env: fleet.env,
    signal,
    secret: (ref) => readSecret(ref, fleet.env),
  }
}

/** A fleet that came from elsewhere pages through no program of its own before a person of this machine has seen it. */
function mayUse(channel: Channel, fleet: Fleet): boolean {
  const text = claimOf(channel)
  if (text === null) return true
  const trust = readTrust(fleet.mcos)
  return trust.isMadeHere || isTrusted(trust, {agent: CLAIMANT, kind: 'channel', text}) || !cameFromElsewhere(fleet)
}

/** A clone knows where it came from; a repository without a remote was begun by whoever works in it. */
function cameFromElsewhere({home}: Fleet): boolean {
  return findRepository(home.dir).config.some(({key}) => key.startsWith('remote.'))
}

/** A page goes to a channel, or to a person by the first of their ways that is one. */
function channelOf(to: string, {channels, people}: FleetConfig): string | null {
  if (Object.hasOwn(channels, to)) return to
  const ways = Object.hasOwn(people, to) ? people[to]?.via : undefined
  return ways?.find((way) => Object.hasOwn(channels, way)) ?? null
}
