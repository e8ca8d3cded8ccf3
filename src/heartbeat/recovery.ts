import {isTrusted} from '../guard/trust.js'
import {PROBE_TIMEOUT_MS} from '../probes/probe.js'
import type {Course, OutageCase} from './outage-case.js'
import {lookAgain} from './survey.js'
import {watched} from './watched.js'

/** Tries a check's trusted `recover:` once an outage, and asks the probe again. That it began is on disk before it does. */
export async function recoverOnce(course: Course, at: OutageCase): Promise<Course> {
  const {check, before} = at.surveyed
  const {view, trust, remember} = at.facts
  const {sighting, outage} = course
  const earlier = Object.values(before.outages).find((open) => open.recovery !== null)
  if (!check.recover || outage.recovery !== null) return course
  // Another probe of this check has been down for longer: what was tried for it was tried for this one.
  if (earlier) return {...course, outage: {...outage, recovery: earlier.recovery}}
  const {text} = check.recover
  if (!isTrusted(trust, {agent: view.agent.name, kind: 'recover', text})) {
    return {...course, recovery: `\`${text}\` is not trusted on this machine: mcos trust ${view.agent.name}`}
  }
  remember(check.id, sighting.call.key, {...outage, recovery: 'it was begun, and its end was not seen'})
  at.attempt.running ??= recover(text, at)
  const recovery = await at.attempt.running
  return {
    ...course,
    recovery,
    outage: {...outage, recovery},
    hasActed: true,
    sighting: await lookAgain(sighting, at),
  }
}

async function recover(text: string, {surveyed, facts}: OutageCase): Promise<string> {
  const {view, trust, around} = facts
  const {runRecover} = await import('../probes/recover.js')
  const run = () =>
    runRecover(text, {
      home: around.fleet.home.files,
      agent: view.agent,
      env: around.fleet.env,
      signal: around.signal,
      timeoutMs: surveyed.check.timeoutMs ?? PROBE_TIMEOUT_MS,
      isTrusted: (kind, line) => isTrusted(trust, {agent: view.agent.name, kind, text: line}),
    })
  const {outcome, detail} = await watched(around, {agent: view.agent.name, what: `recover: ${text}`}, run)
  return `\`${text}\` ${outcome}: ${detail}`
}
