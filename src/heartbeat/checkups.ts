import {readStop} from '../guard/stop.js'
import {lastCommitTime} from '../history/committed-files.js'
import {isInRepository} from '../history/repository.js'
import {isUserError} from '../kit/errors.js'
import {readHeartbeats} from '../schedule/read-heartbeats.js'
import {rhythmOf} from '../schedule/rhythm.js'
import type {Fleet} from '../workspace/fleet.js'
import {type Checkup, editCommand, type Trouble} from '../workspace/health.js'
import {readSoulsHere} from '../workspace/read-souls.js'
import {latestBeats} from './latest-beats.js'
import {PROBES} from './probe-list.js'
import {readBeatState} from './state-store.js'

const PATIENCE = 2
const SLACK_MS = 120_000

const beats: Checkup = {
  id: 'beats',
  title: 'Every agent of this machine beats as often as its checks ask',
  means: 'Nobody looks at what this agent was asked to look at.',
  async examine(fleet) {
    const here = new Set((await readSoulsHere(fleet)).map(({agent}) => agent.name))
    const latest = latestBeats(fleet)
    const now = fleet.clock.now()
    const troubles: Trouble[] = []
    const told = (agent: string, detail: string): unknown =>
      troubles.push({status: 'warn', detail: `${agent} ${detail}`, fix: `mcos heartbeat ${agent}`})
    for (const {agent, heartbeat} of await readHeartbeats(fleet)) {
      const checks = heartbeat?.checks.filter(({kind, off}) => kind === 'check' && !off) ?? []
      const rhythms = checks.flatMap(({cadence}) => rhythmOf(cadence) ?? [])
      if (rhythms.length === 0 || !here.has(agent.name) || readStop(fleet.mcos, agent.name)) continue
      const last = latest.get(agent.name) ?? stateTime(fleet, agent.name)
      if (last === null) told(agent.name, 'has never beaten')
      else if (now - last > PATIENCE * Math.min(...rhythms))
        told(agent.name, `beat last at ${new Date(last).toISOString()}`)
    }
    return {seen: `${latest.size} ${latest.size === 1 ? 'agent has' : 'agents have'} beaten lately`, troubles}
  },
}

const future: Checkup = {
  id: 'clock',
  title: 'Nothing on record lies in the future',
  means: 'With a wrong clock things run twice, or not at all, and evidence by time is void.',
  async examine(fleet) {
    const limit = fleet.clock.now() + SLACK_MS
    const states = (await readHeartbeats(fleet)).flatMap(({agent}): [string, number][] => {
      const at = stateTime(fleet, agent.name)
      return at === null ? [] : [[`.mcos/beats/${agent.name}.json`, at]]
    })
    const receipts = [...latestBeats(fleet)].map(([agent, at]): [string, number] => [
      `the last receipt of ${agent}`,
      at,
    ])
    const commit = isInRepository(fleet.home.dir) ? lastCommitTime(fleet.home.dir) : null
    const all = [...states, ...receipts, ...(commit === null ? [] : [['the last commit', commit] as [string, number]])]
    const fix = process.platform === 'linux' ? 'timedatectl status' : 'date -u'
    const troubles = all
      .filter(([, at]) => at > limit)
      .map(([what, at]): Trouble => {
        return {
          status: 'fail',
          detail: `${what} is of ${new Date(at).toISOString()}: this machine's clock is or was wrong`,
          fix,
        }
      })
    return {seen: new Date(fleet.clock.now()).toISOString(), troubles}
  },
}

const probeWords: Checkup = {
  id: 'probes',
  title: 'Every probe that is named exists in this version',
  means: 'A probe that this version lacks is told as failed and looks at nothing.',
  async examine(fleet) {
    const troubles: Trouble[] = []
    for (const {file, heartbeat} of await readHeartbeats(fleet)) {
      for (const {word, line, text} of heartbeat?.checks.flatMap(({probes}) => probes) ?? []) {
        if (Object.hasOwn(PROBES, word) && !LATER.includes(word)) continue
        const detail = `${file}:${line}: \`${text}\` is not available in this version and is reported as failed`
        troubles.push({status: 'warn', detail, fix: editCommand(file)})
      }
    }
    return {seen: 'all are', troubles}
  },
}

/** Words that have their place in the list of probes and no code behind it yet. */
const LATER: readonly string[] = ['tasks', 'metric']

/** What receipts and the memory of beats tell. */
export const BEAT_CHECKUPS: readonly Checkup[] = [beats, future, probeWords]

function stateTime(fleet: Fleet, agent: string): number | null {
  try {
    return readBeatState(fleet, agent)?.lastBeat ?? null
  } catch (error) {
    // `mcos fsck` tells of a state that can't be read.
    if (isUserError(error)) return null
    throw error
  }
}
