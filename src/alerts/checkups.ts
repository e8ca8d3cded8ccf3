import type {FleetConfig} from '../workspace/config.js'
import {type Checkup, editCommand, type Trouble} from '../workspace/health.js'
import {CONFIG_FILE} from '../workspace/home.js'
import {MOST_ATTEMPTS} from './deliver.js'
import {listPages, pagePath} from './outbox.js'

const SPOKEN: readonly string[] = ['webhook', 'command']

const page: Checkup = {
  id: 'page',
  title: 'A page reaches somebody',
  examine({home}) {
    const {page: rule} = home.config
    if (!rule) {
      const detail = `${CONFIG_FILE} has no page: an outage at night wakes nobody`
      return {seen: '', troubles: [{status: 'warn', detail, fix: editCommand(CONFIG_FILE)}]}
    }
    const channel = channelsOf(rule.to, home.config)[0]
    const kind = channel === undefined ? null : home.config.channels[channel]?.kind
    if (kind && SPOKEN.includes(kind)) return {seen: `${rule.to}, by ${kind}`, troubles: []}
    const detail = kind
      ? `page: goes to ${rule.to} by ${kind}, which this version does not speak yet: use a webhook or a command`
      : `page: goes to ${rule.to}, and no channel of ${CONFIG_FILE} leads there`
    return {seen: '', troubles: [{status: 'fail', detail, fix: editCommand(CONFIG_FILE)}]}
  },
}

const undelivered: Checkup = {
  id: 'pages',
  title: 'No page waits undelivered',
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

/** A page goes to a channel, or to a person by the first of their ways that is one. */
function channelsOf(to: string, {channels, people}: FleetConfig): string[] {
  const ways = Object.hasOwn(people, to) ? (people[to]?.via ?? []) : []
  return [to, ...ways].filter((way) => Object.hasOwn(channels, way))
}

/** Whether what code has seen reaches a person. */
export const PAGE_CHECKUPS: readonly Checkup[] = [page, undelivered]
