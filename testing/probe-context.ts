import {lawOfContract, mayFetch, mayRead} from '../src/guard/may.js'
import {systemClock} from '../src/kit/clock.js'
import {openFolder} from '../src/kit/folder.js'
import type {ProbeContext} from '../src/probes/probe.js'
import type {ProbeCall} from '../src/schedule/check.js'
import type {Contract} from '../src/workspace/soul.js'
import {tempFolder} from './temp-folder.js'

/** A probe's surroundings in a home of its own, with nothing trusted and only the given contract. */
export function probeContext(
  contract: Partial<Contract> = {},
  more: Partial<Omit<ProbeContext, 'contract'>> = {},
): ProbeContext {
  const home = more.home ?? openFolder(tempFolder())
  const agent = more.agent ?? {name: 'donna', path: 'workspaces/donna'}
  const whole: Contract = {
    reads: [`${agent.path}/**`],
    writes: [`${agent.path}/**`],
    hosts: [],
    commands: [],
    repos: [],
    may: [],
    ask: [],
    never: [],
    unsandboxed: false,
    ...contract,
  }
  if (agent.path !== '.') home.makeFolder(agent.path)
  const law = lawOfContract(whole, agent)
  return {
    home,
    agent,
    contract: whole,
    clock: systemClock,
    env: {...process.env},
    signal: new AbortController().signal,
    timeoutMs: 60_000,
    previous: null,
    isTrusted: () => false,
    mayFetch: (host) => mayFetch(law, host),
    mayRead: (path) => mayRead(law, path),
    inbox: () => ({messages: [], forged: []}),
    mail: () => null,
    timeSources: [],
    ...more,
  }
}

/** A code span of HEARTBEAT.md, as the schedule hands it over. */
export function probeCall(text: string): ProbeCall {
  const [, word = '', rest = ''] = /^([a-z]+):?\s*(.*)$/s.exec(text) ?? []
  const args = rest.replace(/\s+/g, ' ').trim()
  return {word, args, text, line: 1, key: `${word} ${args}`}
}
