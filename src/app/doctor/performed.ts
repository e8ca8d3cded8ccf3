import {judgeReadiness, type Lack} from '../../fleet/adopt/readiness.js'
import {isTrusted, readTrust, TRUST_FILE} from '../../guard/trust.js'
import {readHeartbeats} from '../../schedule/read-heartbeats.js'
import {DEFAULT_CONTRACT} from '../../workspace/contract.js'
import type {Fleet} from '../../workspace/fleet.js'
import {type Checkup, editCommand, type Trouble} from '../../workspace/health.js'
import {CONFIG_FILE} from '../../workspace/home.js'
import {readSoulsHere} from '../../workspace/read-souls.js'

/** A section that something is missing for. */
interface Found {
  readonly agent: string
  readonly place: string
  readonly title: string
  readonly lacks: readonly Lack[]
}

const trusted: Checkup = {
  id: 'trust',
  title: 'Every command of a HEARTBEAT.md is trusted on this machine',
  async examine(fleet) {
    const {problem} = readTrust(fleet.mcos)
    if (problem) {
      const detail = `.mcos/${TRUST_FILE} can't be read, so nothing is trusted: ${problem}`
      return {seen: '', troubles: [{status: 'fail', detail, fix: `rm .mcos/${TRUST_FILE} && mcos trust`}]}
    }
    const waiting = await lacking(fleet, ['trust'])
    const [first] = waiting
    const isOne = waiting.every(({agent}) => agent === first?.agent)
    const fix = isOne && first ? `mcos trust ${first.agent}` : 'mcos trust'
    const troubles = waiting.flatMap(({place, lacks}) =>
      lacks.map(({value}): Trouble => {
        return {status: 'warn', detail: `${place}: ${value} does not run before you trust it`, fix}
      }),
    )
    return {seen: 'no line waits', troubles}
  },
}

const judgement: Checkup = {
  id: 'judgement',
  title: 'No check waits for an engine',
  async examine(fleet) {
    const troubles = (await lacking(fleet, ['engine'])).map(({place, title}): Trouble => {
      const detail = `${place}: "${title}" needs judgement: it is listed as waiting and not done`
      return {status: 'warn', detail, fix: editCommand(CONFIG_FILE)}
    })
    return {seen: 'none does', troubles}
  },
}

/** What is asked for in a HEARTBEAT.md and yet isn't done. */
export const PERFORMED_CHECKUPS: readonly Checkup[] = [trusted, judgement]

/** That a file was read does not mean that anything runs: every section of this machine's agents that lacks one of these. */
async function lacking(fleet: Fleet, kinds: readonly Lack['kind'][]): Promise<Found[]> {
  const trust = readTrust(fleet.mcos)
  const heartbeats = new Map((await readHeartbeats(fleet)).map((one) => [one.agent.name, one]))
  return (await readSoulsHere(fleet)).flatMap(({agent, soul}) => {
    const {file = '', heartbeat} = heartbeats.get(agent.name) ?? {}
    const sections = judgeReadiness(heartbeat?.checks ?? [], {
      contract: soul?.contract ?? DEFAULT_CONTRACT(agent),
      hasEngine: false,
      isTrusted: (kind, text) => isTrusted(trust, {agent: agent.name, kind, text}),
    })
    return sections.flatMap(({line, title, lacks}): Found[] => {
      const wanted = lacks.filter(({kind}) => kinds.includes(kind))
      return wanted.length === 0 ? [] : [{agent: agent.name, place: `${file}:${line}`, title, lacks: wanted}]
    })
  })
}
