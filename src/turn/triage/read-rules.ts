import {readRulebook} from '../../mail/classify/read-rulebook.js'
import type {Rulebook} from '../../mail/classify/rulebook.js'
import {type AgentEntry, inAgent} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {CONFIG_FILE} from '../../workspace/home.js'

/** Where an agent's rules for mail stand, relative to the home. */
function rulesFile(agent: AgentEntry): string {
  return inAgent(agent, 'MAIL.md')
}

/** What the operator has said about mail: in the agent's MAIL.md, then in mcos.yaml for all. */
export async function readRules({home}: Pick<Fleet, 'home'>, agent: AgentEntry): Promise<Rulebook> {
  const file = rulesFile(agent)
  const text = home.files.readText(file)
  const {rules} = home.config.mail
  return readRulebook([
    ...(text === null ? [] : [{file, text}]),
    ...(await linesOf(rules, home.configText)).map(({line, rule}) => ({file: CONFIG_FILE, line, text: rule})),
  ])
}

/** With the line on which each stands; only a config that has rules is read once more for it. */
async function linesOf(
  rules: readonly string[],
  configText: string,
): Promise<{readonly line: number; readonly rule: string}[]> {
  if (rules.length === 0) return []
  const {parseYaml} = await import('../../kit/yaml.js')
  const document = parseYaml(configText, {file: CONFIG_FILE})
  return rules.map((rule, place) => ({line: document.lineOf(['mail', 'rules', place]), rule}))
}
