import {CLAIMANT} from '../../alerts/channel-claim.js'
import {readTrust, TRUST_FILE} from '../../guard/trust.js'
import {readHeartbeats} from '../../schedule/read-heartbeats.js'
import {type Checkup, editCommand, type Trouble} from '../../workspace/health.js'
import {CONFIG_FILE} from '../../workspace/home.js'
import {readSoulsHere} from '../../workspace/read-souls.js'
import {routeNames} from '../engines/open-route.js'
import {listTrust} from '../trust.js'

const trusted: Checkup = {
  id: 'trust',
  title: 'Everything that would run a program is trusted on this machine',
  means: 'Programs of a workspace run only once you have seen and trusted their exact text on this machine.',
  async examine(fleet) {
    const {problem} = readTrust(fleet.mcos)
    if (problem) {
      const detail = `.mcos/${TRUST_FILE} can't be read, so nothing is trusted: ${problem}`
      return {seen: '', troubles: [{status: 'fail', detail, fix: `rm .mcos/${TRUST_FILE} && mcos trust`}]}
    }
    const elsewhere = new Set((await readSoulsHere(fleet, {isHere: false})).map(({agent}) => agent.name))
    const waiting = listTrust(fleet, null).filter((line) => !line.trusted && !elsewhere.has(line.agent))
    const [first] = waiting
    const isOneAgent = first?.agent !== CLAIMANT && waiting.every(({agent}) => agent === first?.agent)
    const fix = first && isOneAgent ? `mcos trust ${first.agent}` : 'mcos trust'
    const troubles = waiting.map(({file, line, text, hidden}): Trouble => {
      const why = hidden ? 'holds characters that nobody can see, and never runs' : 'does not run before you trust it'
      return {status: 'warn', detail: `${file}:${line}: ${text} ${why}`, fix: hidden ? editCommand(file) : fix}
    })
    return {seen: 'no line waits', troubles}
  },
}

const judgement: Checkup = {
  id: 'judgement',
  title: 'No check waits for an engine',
  means: 'Only a model can do these; without one they are listed as waiting and never done.',
  async examine(fleet) {
    const souls = await readSoulsHere(fleet)
    const unjudged = souls.filter(({soul}) => routeNames(fleet.home.config, soul).every((name) => name === 'rules'))
    const waiting = new Set(unjudged.map(({agent}) => agent.name))
    const troubles = (await readHeartbeats(fleet)).flatMap(({agent, file, heartbeat}) =>
      (heartbeat?.checks ?? [])
        .filter(({kind, off, probes}) => waiting.has(agent.name) && kind === 'check' && !off && probes.length === 0)
        .map(({line, title}): Trouble => {
          const detail = `${file}:${line}: "${title}" needs judgement: it is listed as waiting and not done`
          return {status: 'warn', detail, fix: editCommand(CONFIG_FILE)}
        }),
    )
    return {seen: 'none does', troubles}
  },
}

/** What is asked for in a HEARTBEAT.md and yet isn't done. */
export const PERFORMED_CHECKUPS: readonly Checkup[] = [trusted, judgement]
