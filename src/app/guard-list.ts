import type {Law} from '../guard/action.js'
import {lineInContract} from '../guard/line-in-contract.js'
import type {ContractLine} from '../guard/permit.js'
import {type CommittedLaw, readCommittedLaw} from '../heartbeat/committed-law.js'
import {readLawAnyhow, readRules} from '../heartbeat/read-law.js'
import {type AgentEntry, agentPaths, findAgent, listAgents} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import type {GuardrailRule} from '../workspace/guardrail-file.js'
import {parseMistakes} from '../workspace/mistakes.js'
import type {Contract} from '../workspace/soul.js'
import {readFleetRules} from './guard-test.js'

/** All that says what agents may do; the keys are a promise to programs. */
export interface GuardListReport {
  /** Whose contract comes along; null: nobody's. */
  readonly agent: string | null
  /** Why everything is denied; null: it isn't. */
  readonly trouble: string | null
  /** Code enforces these for every agent. */
  readonly rules: readonly ListedRule[]
  /** Prose that models read and that nothing enforces. */
  readonly advice: readonly {readonly file: string; readonly entries: number}[]
  /** null: nobody's was asked for, or it can't be read, and then `trouble` says why. */
  readonly contract: readonly ContractWord[] | null
}

export interface ListedRule {
  readonly id: string
  readonly effect: 'ask' | 'deny'
  readonly verbs: readonly string[]
  /** What else has to hold, each in a few words. */
  readonly limits: readonly string[]
  readonly file: string
  readonly line: number
  readonly lesson: string
}

export interface ContractWord {
  readonly key: ContractLine['key']
  readonly word: string
  /** null: SOUL.md doesn't say so; it is what an agent without a contract has. */
  readonly file: string | null
  readonly line: number | null
}

/** Every rule and piece of advice with where it stands, and the contract lines of the agent that was named. */
export async function listGuards(fleet: Fleet, name: string | null): Promise<GuardListReport> {
  const agent = name === null ? null : findAgent(fleet.home, name)
  const about = agent ? [agent] : listAgents(fleet.home)
  const committed = readCommittedLaw(fleet, about)
  const law = agent ? await readLawAnyhow(fleet, agent, committed) : null
  const {rules, trouble} = law ?? (await rulesOfFleet(fleet, committed))
  return {
    agent: agent?.name ?? null,
    trouble,
    rules: rules.map(toListed),
    advice: [...(await proseRules(fleet)), ...about.flatMap((one) => mistakesOf(fleet, one))],
    contract: law?.contract ? wordsOf(law, law.contract) : null,
  }
}

async function rulesOfFleet(fleet: Fleet, committed: CommittedLaw): Promise<Pick<Law, 'rules' | 'trouble'>> {
  const {rules, advice} = await readRules(fleet, committed)
  return {rules, trouble: advice}
}

function toListed(rule: GuardrailRule): ListedRule {
  const {id, effect, verbs, file, line, lesson} = rule
  return {id, effect, verbs, limits: limitsOf(rule), file, line, lesson}
}

function limitsOf({paths, hosts, commands, refs, place, content, state}: GuardrailRule): string[] {
  const lists = {paths, hosts, commands, refs, 'content has': content?.has, 'content lacks': content?.lacks}
  const named = Object.entries(lists).flatMap(([key, list]) => (list?.length ? [`${key} ${list.join(', ')}`] : []))
  const where = place === null ? [] : [place === 'others' ? "in another agent's folder" : 'outside the own folder']
  const is = (content?.is ?? []).map((test) => `content is ${test}`)
  return [...named, ...where, ...is, ...state.map((word) => `turn is ${word}`)]
}

async function proseRules(fleet: Fleet): Promise<{file: string; entries: number}[]> {
  const all = await readFleetRules(fleet)
  const prose = all.filter(({rule, error, lost}) => rule === null && error === null && lost === null)
  return prose.map(({file, text}) => ({file, entries: parseMistakes(text).length}))
}

function mistakesOf({home: {files}}: Fleet, agent: AgentEntry): {file: string; entries: number}[] {
  const file = agentPaths(agent).guardrails
  const text = files.stat(file)?.kind === 'file' ? files.readText(file) : null
  return text === null ? [] : [{file, entries: parseMistakes(text).length}]
}

const KEYS = ['reads', 'writes', 'hosts', 'commands', 'repos', 'may', 'ask', 'never'] as const

function wordsOf({soul}: Law, contract: Contract): ContractWord[] {
  return KEYS.flatMap((key) =>
    contract[key].map((word) => {
      const line = soul ? lineInContract(soul.text, {key, word}) : null
      return {key, word, file: line === null ? null : (soul?.file ?? null), line}
    }),
  )
}
