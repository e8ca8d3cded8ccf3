import {parseYaml} from '../kit/yaml.js'
import {readRulebook} from '../mail/classify/read-rulebook.js'
import type {RuleSource, RuleTrouble} from '../mail/classify/rulebook.js'
import {type AgentSource, agentPaths, listAgents} from '../workspace/agents.js'
import type {FleetConfig} from '../workspace/config.js'
import {CONFIG_FILE} from '../workspace/home.js'
import {nearestName, sameName} from '../workspace/names.js'

/** What is wrong with rules for mail: lines that can't be read, and names of nobody that is to be told. */
export interface MailRuleFaults {
  readonly unreadable: readonly RuleTrouble[]
  readonly strangers: readonly RuleTrouble[]
}

/** Looks at an agent's MAIL.md, or with `rules` at those that a mcos.yaml of this text has for all agents. */
export function faultsOfRules(
  home: AgentSource & {readonly config: Pick<FleetConfig, 'agents' | 'channels'>},
  {file, text, rules}: {readonly file: string; readonly text: string; readonly rules?: readonly string[]},
): MailRuleFaults {
  const names = [...listAgents(home).map(({name}) => name), ...Object.keys(home.config.channels)]
  const {rules: read, troubles} = readRulebook(rules === undefined ? [{file, text}] : sourcesOf(text, rules))
  const strangers = read.flatMap(({line, outcomes}) =>
    outcomes.flatMap((outcome) =>
      outcome.kind === 'tell' && !names.includes(outcome.name)
        ? [{file, line, message: nobody(outcome.name, names)}]
        : [],
    ),
  )
  return {unreadable: troubles, strangers}
}

/** Whether a file is where some agent's rules for mail stand, as any file system might call it. */
export function isMailRules(home: AgentSource, file: string): boolean {
  return listAgents(home).some((agent) => sameName(file, agentPaths(agent).mailRules))
}

function sourcesOf(configText: string, rules: readonly string[]): RuleSource[] {
  if (rules.length === 0) return []
  const document = parseYaml(configText, {file: CONFIG_FILE})
  return rules.map((text, place) => ({file: CONFIG_FILE, line: document.lineOf(['mail', 'rules', place]), text}))
}

function nobody(name: string, names: readonly string[]): string {
  const near = nearestName(name, names)
  return `there is no agent and no channel ${JSON.stringify(name)} to be told${near ? `: did you mean ${near}?` : ''}`
}
