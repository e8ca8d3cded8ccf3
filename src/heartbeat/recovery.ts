import {isTrusted} from '../guard/trust.js'
import {PROBE_TIMEOUT_MS} from '../probes/probe.js'
import type {OutageCase} from './outage-page.js'
import type {Course} from './outages.js'
import {lookAgain} from './survey.js'

/** Tries a check's trusted `recover:` once an outage, and asks the probe again. That it began is on disk before it does. */
export async function recoverOnce(course: Course, at: OutageCase): Promise<Course> {
  const {check} = at.surveyed
  const {view, trust, around, remember} = at.facts
  const {sighting, outage} = course
  if (!check.recover || outage.recovery !== null) return course
  const {text} = check.recover
  const agent = view.agent.name
  const trusts = (kind: 'run' | 'recover', line: string): boolean => isTrusted(trust, {agent, kind, text: line})
  if (!trusts('recover', text)) {
    return {...course, recovery: `\`${text}\` is not trusted on this machine: mcos trust ${agent}`}
  }
  remember(check.id, sighting.call.key, {...outage, recovery: 'it was begun, and its end was not seen'})
  const {runRecover} = await import('../probes/recover.js')
  const {fleet, signal} = around
  const timeoutMs = check.timeoutMs ?? PROBE_TIMEOUT_MS
  const {outcome, detail} = await runRecover(text, {
    home: fleet.home.files,
    agent: view.agent,
    env: fleet.env,
    signal,
    timeoutMs,
    isTrusted: trusts,
  })
  const recovery = `\`${text}\` ${outcome}: ${detail}`
  return {
    ...course,
    recovery,
    outage: {...outage, recovery},
    hasActed: true,
    sighting: await lookAgain(sighting, at),
  }
}
