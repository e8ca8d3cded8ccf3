import {shorten} from '../kit/text.js'
import type {Channel, FleetConfig} from '../workspace/config.js'
import {type Checkup, count, editCommand, type Trouble} from '../workspace/health.js'
import {CONFIG_FILE} from '../workspace/home.js'
import type {SecretRef} from '../workspace/secret-ref.js'
import {MOST_ATTEMPTS} from './deliver.js'
import {listPages, pagePath} from './outbox.js'
import {hasSpeakers} from './telegram/person.js'
import {troubleOf} from './telegram/poll-state.js'

const page: Checkup = {
  id: 'page',
  title: 'A page reaches somebody',
  means: 'A page is the one thing that wakes a person when every model and agent is dead.',
  examine({home}) {
    const {page: rule} = home.config
    if (!rule) {
      const detail = `${CONFIG_FILE} has no page: an outage at night wakes nobody`
      return {seen: '', troubles: [{status: 'warn', detail, fix: editCommand(CONFIG_FILE)}]}
    }
    const channel = channelsOf(rule.to, home.config)[0]
    const kind = channel === undefined ? null : home.config.channels[channel]?.kind
    if (kind) return {seen: `${rule.to}, by ${kind}`, troubles: []}
    const detail = `page: goes to ${rule.to}, and no channel of ${CONFIG_FILE} leads there`
    return {seen: '', troubles: [{status: 'fail', detail, fix: editCommand(CONFIG_FILE)}]}
  },
}

const written: Checkup = {
  id: 'channels',
  title: 'Every channel is written as its service takes it',
  means: 'What is sent there is refused, or can be read by whoever sits on the way.',
  examine({home: {config}}) {
    const all = Object.entries(config.channels)
    const troubles = all.flatMap(([name, channel]): Trouble[] => {
      const why = whyRefused(channel)
      return why === null
        ? []
        : [{status: 'warn', detail: `${CONFIG_FILE}: channels.${name}.${why}`, fix: editCommand(CONFIG_FILE)}]
    })
    return {seen: all.length === 0 ? 'there is none' : count(all.length, 'channel'), troubles}
  },
}

function whyRefused(channel: Channel): string | null {
  if (channel.kind === 'telegram' && !/^(?:-?\d+|@\w{4,})$/.test(channel.chat)) {
    return `chat is ${JSON.stringify(shorten(channel.chat, 40))}: Telegram takes a number such as "-100123", or "@name" of a public one`
  }
  const isOpen = channel.kind === 'webhook' && typeof channel.url === 'string' && channel.url.startsWith('http:')
  return isOpen && !isNearby(channel.url)
    ? `url begins with http: whoever sits on the way reads each page; say https:`
    : null
}

/** Of this machine or its own network, where a page passes nobody else. */
function isNearby(url: SecretRef | string): boolean {
  return typeof url === 'string' && URL.canParse(url) && NEARBY.test(new URL(url).hostname)
}

const NEARBY = /^(?:localhost|\[::1\]|[^.]+|(?:127|10)(?:\.\d+){3}|192\.168(?:\.\d+){2})$|\.(?:local|internal|lan)$/

const undelivered: Checkup = {
  id: 'pages',
  title: 'No page waits undelivered',
  means: 'Somebody was to be told of this, and has not been.',
  examine({mcos}) {
    const troubles = listPages(mcos, ['failed', 'pending']).map(
      ({page: {key, title, at}, state, attempts, last}): Trouble => {
        const isGivenUp = attempts >= MOST_ATTEMPTS
        const why = last ? `: ${last.detail}` : ''
        const detail = `"${title}" of ${at} was ${state === 'failed' ? `tried ${attempts} times${why}` : 'never sent'}`
        return {
          status: isGivenUp ? 'fail' : 'warn',
          detail: isGivenUp ? `${detail}; it is not tried any more` : detail,
          fix: isGivenUp ? `rm .mcos/${pagePath(state, key)}` : 'mcos heartbeat',
        }
      },
    )
    return {seen: 'the outbox is empty', troubles}
  },
}

const heard: Checkup = {
  id: 'telegram',
  title: 'What people say over Telegram is heard',
  means: 'Answers and approvals that are typed there never arrive.',
  examine({home, mcos}) {
    const {channels, people} = home.config
    const names = Object.keys(channels).filter((name) => channels[name]?.kind === 'telegram')
    if (names.length === 0) return {seen: 'no channel of that kind', troubles: []}
    if (!hasSpeakers(people)) {
      const detail = `no person of ${CONFIG_FILE} has telegram:ID in via, so ${names.join(', ')} only speaks and never hears`
      return {seen: '', troubles: [{status: 'warn', detail, fix: editCommand(CONFIG_FILE)}]}
    }
    const troubles = names.flatMap((name): Trouble[] => {
      const trouble = troubleOf(mcos, name)
      const detail = `${name} is not heard since ${trouble?.since}: ${trouble?.detail}`
      return trouble === null ? [] : [{status: 'fail', detail, fix: `mcos channel listen ${name} --once`}]
    })
    return {seen: names.join(', '), troubles}
  },
}

/** A page goes to a channel, or to a person by the first of their ways that is one. */
function channelsOf(to: string, {channels, people}: FleetConfig): string[] {
  const ways = Object.hasOwn(people, to) ? (people[to]?.via ?? []) : []
  return [to, ...ways].filter((way) => Object.hasOwn(channels, way))
}

/** Whether what code has seen reaches a person. */
export const PAGE_CHECKUPS: readonly Checkup[] = [page, written, undelivered, heard]
