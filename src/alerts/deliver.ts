import {dirname} from 'node:path'
import type {Clock} from '../kit/clock.js'
import type {Folder} from '../kit/folder.js'
import {isAlive} from '../kit/process-identity.js'
import type {Channel} from '../workspace/config.js'
import type {Delivery, SendOptions} from './delivery.js'
import {claimPage, type FoundPage, findPage, listPages, markSender, pagePath, settlePage} from './outbox.js'
import {sendPage} from './page.js'

/** A page that still fails after these is left to the people who read the log. */
export const MOST_ATTEMPTS = 12

export interface DeliverOptions extends Omit<SendOptions, 'marker' | 'cwd' | 'begin'> {
  readonly channels: Readonly<Record<string, Channel>>
  readonly clock: Clock
  /** Whether a person of this machine has agreed to what the channel does. */
  mayUse?(channel: Channel): boolean
}

/** Sends a recorded page unless that was done or is being done. A page that failed is tried again. */
export async function deliverPage(mcos: Folder, key: string, options: DeliverOptions): Promise<Delivery> {
  const found = findPage(mcos, key)
  if (!found) return {outcome: 'failed', detail: 'it was never recorded'}
  const {channel: name, state, last} = found
  if (state === 'sent') return last ?? BEGUN
  const channel = Object.hasOwn(options.channels, name) ? options.channels[name] : undefined
  if (!channel) return settle(mcos, found, {outcome: 'failed', detail: `mcos.yaml has no channel ${name}`}, options)
  if (options.mayUse?.(channel) === false) return NOT_TRUSTED
  if (options.signal.aborted) return {outcome: 'failed', detail: 'the beat ended before it was sent'}
  if (state === 'started') return takeUp(mcos, found, {...options, channel})
  if (state === 'failed' && !claimPage(mcos, key, {from: 'failed', to: 'pending'})) return OTHERS
  if (channel.kind === 'command') return handOver(mcos, found, {...options, channel})
  if (channel.kind === 'telegram') return handOverMessage(mcos, found, {...options, channel})
  if (!claimPage(mcos, key, {from: 'pending', to: 'started'})) return OTHERS
  return send(mcos, found, {...options, channel})
}

/** Brings to an end what an earlier beat recorded and left, and tries again what failed, up to a dozen times. */
export async function deliverWaiting(
  mcos: Folder,
  options: DeliverOptions,
): Promise<{readonly key: string; readonly delivery: Delivery}[]> {
  const waiting = listPages(mcos, ['pending', 'started', 'failed']).filter(({attempts}) => attempts < MOST_ATTEMPTS)
  return Promise.all(waiting.map(async ({page: {key}}) => ({key, delivery: await deliverPage(mcos, key, options)})))
}

/** No attempt was made, so none is counted: the page waits until the channel is trusted. */
const NOT_TRUSTED: Delivery = {
  outcome: 'failed',
  detail: 'what its channel does is not trusted on this machine: mcos trust',
}
const OTHERS: Delivery = {outcome: 'unknown', detail: 'another process is sending it'}
const BEGUN: Delivery = {outcome: 'unknown', detail: 'it was begun before, and its end was not seen'}

type Sending = DeliverOptions & {readonly channel: Channel}

/** A page that a killed beat had begun. A webhook's receiver knows it by its key; others would call their person twice. */
async function takeUp(mcos: Folder, found: FoundPage, options: Sending): Promise<Delivery> {
  if (isAlive(found.by) === 'alive') return OTHERS
  return options.channel.kind === 'webhook' ? send(mcos, found, options) : settle(mcos, found, BEGUN, options)
}

/** The channel's own program claims the page; see there. */
async function handOver(mcos: Folder, found: FoundPage, options: Sending): Promise<Delivery> {
  const {key} = found.page
  mcos.makeFolder('outbox/started')
  const marker = {
    pending: `${mcos.dir}/${pagePath('pending', key)}`,
    started: `${mcos.dir}/${pagePath('started', key)}`,
  }
  const delivery = await sendPage(options.channel, found.page, {...options, cwd: dirname(mcos.dir), marker})
  if (delivery.outcome !== 'unknown') return settle(mcos, found, delivery, options)
  // It could not be claimed: another was faster, or nothing can be renamed here at all.
  if (!mcos.stat(pagePath('pending', key))) return OTHERS
  return settle(mcos, found, {outcome: 'failed', detail: 'it could not be marked as begun'}, options)
}

/** Claimed when the connection stands: a beat that is killed while nobody can be reached leaves a page that was not begun. */
async function handOverMessage(mcos: Folder, found: FoundPage, options: Sending): Promise<Delivery> {
  const {key} = found.page
  let claim = null as boolean | null
  const begin = (): boolean => {
    claim = claimPage(mcos, key, {from: 'pending', to: 'started'})
    if (claim) markSender(mcos, found)
    return claim
  }
  const delivery = await sendPage(options.channel, found.page, {...options, cwd: dirname(mcos.dir), begin})
  // Also who never got as far must not speak for another who does meanwhile.
  claim ??= claimPage(mcos, key, {from: 'pending', to: 'started'})
  return claim ? settle(mcos, found, delivery, options) : OTHERS
}

async function send(mcos: Folder, found: FoundPage, options: Sending): Promise<Delivery> {
  markSender(mcos, found)
  return settle(mcos, found, await sendPage(options.channel, found.page, {...options, cwd: dirname(mcos.dir)}), options)
}

function settle(mcos: Folder, found: FoundPage, delivery: Delivery, {clock}: DeliverOptions): Delivery {
  settlePage(mcos, found, {...delivery, at: new Date(clock.now()).toISOString()})
  return delivery
}
