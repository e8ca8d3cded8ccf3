import {cleanLine} from '../../kit/text.js'
import {agentPaths, listAgents} from '../../workspace/agents.js'
import {type Checkup, count, editCommand, type Trouble} from '../../workspace/health.js'
import {CONFIG_FILE} from '../../workspace/home.js'
import {faultsOfRules, type MailRuleFaults} from '../mail-rules.js'

const rules: Checkup = {
  id: 'mail-rules',
  title: 'Every rule for mail can be read and names somebody to be told',
  means: "A rule that can't be read is not applied, and its mail goes another way.",
  examine({home}) {
    const {config, configText, files} = home
    const fleetWide = {file: CONFIG_FILE, text: configText, rules: config.mail.rules}
    const own = listAgents(home).flatMap((agent) => {
      const file = agentPaths(agent).mailRules
      const text = files.readText(file)
      return text === null ? [] : [{file, text}]
    })
    const sources = [...(config.mail.rules.length > 0 ? [fleetWide] : []), ...own]
    const troubles = sources.flatMap((source) => troublesOf(faultsOfRules(home, source)))
    return {seen: sources.length === 0 ? 'there is none' : `in ${count(sources.length, 'file')}`, troubles}
  },
}

function troublesOf({unreadable, strangers}: MailRuleFaults): Trouble[] {
  const told =
    (status: Trouble['status']) =>
    ({file, line, message}: MailRuleFaults['strangers'][number]): Trouble => ({
      status,
      detail: `${file}:${line}: ${cleanLine(message)}`,
      fix: editCommand(file),
    })
  return [...unreadable.map(told('fail')), ...strangers.map(told('warn'))]
}

/** What the operator's rules for mail tell. */
export const MAIL_RULE_CHECKUPS: readonly Checkup[] = [rules]
