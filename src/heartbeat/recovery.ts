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
    at.attempt.refused ??= refuse(text, at)
    return {...course, recovery: at.attempt.refused}
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

/** Said once a beat, however many probes of the check are down. */
function refuse(text: string, at: OutageCase): string {
  const {name} = at.facts.view.agent
  return told(`\`${text}\` is not trusted on this machine: mcos trust ${name}`, {isDone: false, at})
}

async function recover(text: string, at: OutageCase): Promise<string> {
  const {surveyed, facts} = at
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
  return told(`\`${text}\` ${outcome}: ${detail}`, {isDone: outcome === 'done', at})
}

/** To whoever watches, too. */
function told(detail: string, {isDone, at}: {isDone: boolean; at: OutageCase}): string {
  const {facts, surveyed} = at
  const {title} = surveyed.check
  facts.around.listen({kind: 'recovery', agent: facts.view.agent.name, title, isDone, detail})
  return detail
}
