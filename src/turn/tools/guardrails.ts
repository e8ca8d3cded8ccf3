import {isAgentName} from '../../workspace/names.js'
import {BadCall} from '../bad-call.js'
import {type Tool, textOf} from '../tool.js'
import {type ProposedGuardrail, placeOf} from './proposed-guardrail.js'

/** A rule of the fleet, or a line of the agent's own GUARDRAILS.md: proposed here, written only after a person's yes. */
export const proposeGuardrailTool: Tool = {
  name: 'guardrail_propose',
  description: 'Propose a rule to people.',
  takes: {name: {type: 'string'}, text: {type: 'string'}},
  isOffered: ({contract}) => contract.writes.length > 0,
  verbOf: () => null,
  targetOf: (input, context) => placeOf(proposalOf(input), context),
  async perform(input, context) {
    const proposal = proposalOf(input)
    const [{planGuardrail}, {askPerson}] = await Promise.all([
      import('./plan-guardrail.js'),
      import('../ask-person.js'),
    ])
    const {path} = planGuardrail(proposal, context)
    return askPerson(
      {
        verb: 'guardrail.add',
        target: path,
        args: {tool: addGuardrailTool.name, input: {name: textOf(input, 'name'), text: textOf(input, 'text')}},
        why: `${context.agent.name} proposes a guardrail, and no agent writes one`,
        after: `${path} ${proposal.isRule ? 'is written as it stands in the arguments' : 'gets one line more'}, at the next beat or run of ${context.agent.name}, and holds from its next turn`,
      },
      context,
    )
  },
}

/** What the yes leads to; no model is ever offered it. */
export const addGuardrailTool: Tool = {
  name: 'guardrail_add',
  description: 'Write a guardrail that a person has approved.',
  takes: {name: {type: 'string'}, text: {type: 'string'}},
  isOffered: () => false,
  verbOf: () => null,
  targetOf: (input, context) => placeOf(proposalOf(input), context),
  async perform(input, context) {
    const {planGuardrail} = await import('./plan-guardrail.js')
    const change = planGuardrail(proposalOf(input), context)
    if (context.law.trouble !== null) throw new BadCall(context.law.trouble)
    const {path} = change
    return {text: `${path} is written`, changes: [change], line: `guardrail added: ${path}`, messages: []}
  },
}

function proposalOf(input: Readonly<Record<string, unknown>>): ProposedGuardrail {
  const [name, typed] = [textOf(input, 'name'), textOf(input, 'text')]
  if (!isAgentName(name)) throw new BadCall('"name" has to be of a-z, 0-9 and "-"')
  const text = typed.replaceAll('\r\n', '\n')
  return {name, text, isRule: /^---\s*\n/.test(text)}
}
