import {readStop} from '../guard/stop.js'
import type {BeatListener} from '../heartbeat/events.js'
import type {HeartbeatReport} from '../heartbeat/report.js'
import {type HeartbeatResult, runHeartbeat} from '../heartbeat/run-heartbeat.js'
import type {Surroundings} from '../heartbeat/surroundings.js'
import {EXIT, type ExitCode, isUserError, UserError} from '../kit/errors.js'
import {pause} from '../kit/pause.js'
import {timeSourcesOf} from '../probes/time-sources.js'
import {type AgentEntry, agentAt, findAgent, listAgents} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import type {PollBeside} from './channel/poll-beside.js'
import {openRoute} from './engines/open-route.js'
import {openFleet, saveParsedCache} from './fleet.js'
import {sweepAfterKills} from './sweep.js'

/** `mcos heartbeat` as it was asked for. */
export interface HeartbeatRequest {
  readonly agents: readonly string[]
  readonly all: boolean
  readonly force: boolean
  readonly dryRun: boolean
  readonly strict: boolean
  readonly home?: string
  /** ISO; rehearses another time. */
  readonly at?: string
  readonly concurrency?: number
}

export interface HeartbeatSite {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  /** Told what happens while it happens. */
  readonly listen?: BeatListener
}

export interface HeartbeatAnswer extends HeartbeatResult {
  readonly fleet: Fleet
  readonly exit: ExitCode
  /** What a person should hear of and has not heard before, beside what the agents' turns came to. */
  readonly news: readonly string[]
}

const CONCURRENCY = 16

/** One heartbeat, or with `dryRun` only its plan. */
export async function heartbeat(request: HeartbeatRequest, site: HeartbeatSite): Promise<HeartbeatAnswer> {
  const fleet = await openForBeat(request, site)
  const agents = chooseAgents(fleet, request, site.cwd)
  const around = surround(fleet, request, site)
  let listening: PollBeside | null = null
  try {
    if (request.dryRun || request.strict) {
      const {rehearse} = await import('../heartbeat/rehearse.js')
      const plan = await rehearse(agents, fleet, {isForced: request.force})
      if (request.strict) insistOnCertainty(plan.guesses)
      const {report} = plan
      if (request.dryRun) return {fleet, report, tellable: new Set(), exit: exitOf(report, null), news: []}
    }
    listening = await listenBeside(fleet, request, site)
    const result = await runHeartbeat(agents, around, {
      isForced: request.force,
      trigger: 'heartbeat',
      concurrency: request.concurrency ?? CONCURRENCY,
    })
    sweepAfterKills(fleet)
    if (!readStop(fleet.mcos, null)) await foldAfter(fleet)
    await collectAfter(fleet, result.report)
    if (request.agents.length === 0) await ping(fleet, site)
    const news = (await listening?.end()) ?? []
    return {fleet, ...result, exit: exitOf(result.report, result.tellable), news}
  } finally {
    await listening?.end()
    saveParsedCache(fleet)
  }
}

/** A beat of the whole machine hears what people say over Telegram meanwhile; where there is no such channel, nothing is loaded. */
async function listenBeside(
  fleet: Fleet,
  {agents, at}: HeartbeatRequest,
  site: HeartbeatSite,
): Promise<PollBeside | null> {
  const {channels, people} = fleet.home.config
  if (agents.length > 0 || at !== undefined || !Object.values(channels).some(({kind}) => kind === 'telegram'))
    return null
  if (!Object.values(people).some(({via}) => via.some((way) => way.startsWith('telegram:')))) return null
  const {pollBeside} = await import('./channel/poll-beside.js')
  return pollBeside(fleet, site)
}

/** Only for the beat of the whole machine: one agent's beat by hand must not hide that cron has died. */
async function ping(fleet: Fleet, {signal}: HeartbeatSite): Promise<void> {
  const {home, mcos, env} = fleet
  const address = home.config.ping
  if (address === null || readStop(mcos, null)) return
  const [{sendPing}, {readSecret}, {pingClaimOf}, {isClaimTrusted}] = await Promise.all([
    import('../alerts/ping.js'),
    import('../workspace/read-secret.js'),
    import('../alerts/channel-claim.js'),
    import('../turn/trusted-claim.js'),
  ])
  const claim = pingClaimOf(address)
  if (claim !== null && !isClaimTrusted(fleet, {kind: 'channel', text: claim})) return
  try {
    await sendPing(typeof address === 'string' ? address : readSecret(address, env), {signal})
  } catch (error) {
    // A ping that doesn't arrive is told by the switch itself, and doctor names a reference that leads nowhere.
    if (!isUserError(error)) throw error
  }
}

/** The sums of days that are over outlive this machine; where no model was asked, there is no book and nothing is loaded. */
async function foldAfter(fleet: Fleet): Promise<void> {
  if (fleet.mcos.stat('budget') === null) return
  const {foldUsage} = await import('./usage/fold-usage.js')
  await foldUsage(fleet)
}

/** git packs its objects now and then; between beats, so that it never happens within a turn. */
async function collectAfter({home, clock}: Fleet, {agents}: HeartbeatReport): Promise<void> {
  if (!agents.some(({commit}) => commit !== null)) return
  const {maybeCollect} = await import('../history/collect.js')
  maybeCollect(home.dir, {clock})
}

async function openForBeat({home, at, dryRun}: HeartbeatRequest, {cwd, env}: HeartbeatSite): Promise<Fleet> {
  const where = {...(home === undefined ? {} : {home}), cwd, env}
  if (at === undefined) return openFleet(where)
  const {fixedClock} = await import('../kit/clock.js')
  const {parseMoment} = await import('../kit/moment.js')
  const fleet = await openFleet(where)
  if (!dryRun && !fleet.home.config.rehearsal) {
    throw new UserError('--at is for rehearsals, and this fleet is none.', {
      code: 'NO_REHEARSAL',
      fix: [
        'Add --dry-run to see what would be due then.',
        'Set "rehearsal: true" in mcos.yaml of a fleet that is only for trying.',
      ],
      exit: EXIT.usage,
    })
  }
  return {...fleet, clock: fixedClock(parseMoment(at, fleet.home.config.timezone))}
}

function chooseAgents({home}: Fleet, {agents, all}: HeartbeatRequest, cwd: string): AgentEntry[] {
  if (all && agents.length > 0) throw bothAllAndSome(agents)
  if (all) return listAgents(home)
  if (agents.length > 0) return [...new Set(agents)].map((name) => findAgent(home, name))
  const here = agentAt(home, cwd)
  return here ? [here] : listAgents(home)
}

function bothAllAndSome(agents: readonly string[]): UserError {
  return new UserError('--all is every agent, and agents are named as well.', {
    code: 'USAGE',
    fix: ['mcos heartbeat --all', `mcos heartbeat ${agents.join(' ')}`],
    exit: EXIT.usage,
  })
}

function surround(fleet: Fleet, {at}: HeartbeatRequest, {signal, listen}: HeartbeatSite): Surroundings {
  return {
    fleet,
    route: (user) => openRoute(fleet, user),
    listen: listen ?? (() => undefined),
    timeSources: timeSourcesOf(fleet.home.config),
    signal,
    pagesTried: new Set(),
    sleep: (ms, until = signal) => (at === undefined ? pause(ms, until) : Promise.resolve()),
  }
}

/** 1 when something failed that no earlier beat has told; a probe that can't run for the first time counts. */
function exitOf({agents}: HeartbeatReport, tellable: ReadonlySet<string> | null): ExitCode {
  const failed = agents.some(({agent, state}) => state === 'failed' && (tellable?.has(agent) ?? true))
  // Judgement that no engine could do: the beat itself went well, and yet not all that was asked for was done.
  const unjudged = agents.some(
    ({agent, state, error}) => state !== 'failed' && error !== null && (tellable?.has(agent) ?? true),
  )
  const unread = agents.some(({checks}) => checks.some(({status, news}) => status === 'failed' && news))
  return failed || unjudged || unread ? EXIT.failed : EXIT.done
}

function insistOnCertainty(guesses: readonly {readonly place: string; readonly guess: string}[]): void {
  if (guesses.length === 0) return
  throw new UserError(
    ['These cadences were guessed:', ...guesses.map(({place, guess}) => `  ${place}: ${guess}`)].join('\n'),
    {
      code: 'GUESSED',
      fix: 'Say it under the heading: <!-- mcos: every=2h --> or <!-- mcos: at=08:00 -->',
    },
  )
}
