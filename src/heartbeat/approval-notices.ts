import {findPage} from '../alerts/outbox.js'
import type {ApprovalNews} from '../engines/news.js'
import {approversOf} from '../guard/approvals/domains.js'
import type {FoundApproval} from '../guard/approvals/read-approvals.js'
import {cleanLine, shorten} from '../kit/text.js'
import type {AgentEntry} from '../workspace/agents.js'
import type {FleetConfig} from '../workspace/config.js'
import type {Fleet} from '../workspace/fleet.js'
import {sortApprovals} from './approvals.js'
import {pageOver} from './page-person.js'
import type {Surroundings} from './surroundings.js'

/** One channel on which people hear of an approval. */
interface Way {
  readonly to: string
  readonly channel: string
}

/** Tells people of what waits for them, each approval once a channel; who can't be reached finds it with `mcos review`. */
export async function noticeApprovals(ids: readonly string[], around: Surroundings): Promise<void> {
  const {fleet} = around
  const {waiting} = sortApprovals(fleet, ids)
  for (const approval of waiting) {
    const ways = waysFor(approval.request.verb, fleet.home.config)
    for (const [place, way] of ways.entries()) {
      const page = pageOf(approval, fleet, place === 0 ? null : way.channel)
      if (findPage(fleet.mcos, page.key) === null) await pageOver(page, way, around)
    }
  }
}

/** Says that nobody saw how something ended that people had approved. */
export async function noticeUnseen(
  news: readonly ApprovalNews[],
  agent: Pick<AgentEntry, 'name'>,
  around: Surroundings,
): Promise<void> {
  const {clock, home} = around.fleet
  for (const {id, verb, target} of news) {
    const [way] = waysFor(verb, home.config)
    if (way === undefined) continue
    const title = shorten(cleanLine(`${agent.name}: nobody saw how it ended: ${verb} ${target}`), 200)
    const text = `Approval ${id} was begun, and the process died. It is not done again: look whether it took effect.`
    const at = new Date(clock.now()).toISOString()
    await pageOver(
      {key: `approval-unseen:${id}`, fleet: home.config.name, agent: agent.name, title, text, at},
      way,
      around,
    )
  }
}

/** Channels of everybody who may answer, each once. */
function waysFor(verb: string, config: FleetConfig): Way[] {
  const all = approversOf(config.people, verb).flatMap(({name, via}) => {
    return via.flatMap((way) => {
      const channel = channelFor(way, config)
      return channel === null ? [] : [{to: name, channel}]
    })
  })
  return all.filter(({channel}, place) => all.findIndex((other) => other.channel === channel) === place)
}

/** A way that names a channel. Whoever is reached over Telegram is asked there by its own poll, with buttons. */
function channelFor(way: string, {channels}: FleetConfig): string | null {
  return Object.hasOwn(channels, way) && channels[way]?.kind !== 'telegram' ? way : null
}

function pageOf({id, request}: FoundApproval, {home}: Fleet, channel: string | null): Parameters<typeof pageOver>[0] {
  const {agent, verb, target, at, body} = request
  return {
    // A page goes over one channel; where more lead to people who may, each is a page of its own.
    key: `approval:${id}${channel === null ? '' : `@${channel}`}`,
    fleet: home.config.name,
    agent,
    title: shorten(cleanLine(`${agent} asks: ${verb} ${target}`), 200),
    text: `${body}\n\nmcos approve show ${id}\nmcos approve yes ${id}`,
    at,
  }
}
