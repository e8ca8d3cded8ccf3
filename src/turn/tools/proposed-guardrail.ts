import {agentPaths} from '../../workspace/agents.js'
import type {ToolContext} from '../tool.js'

/** What an agent proposes: a rule with frontmatter, or a line. */
export interface ProposedGuardrail {
  readonly name: string
  readonly text: string
  readonly isRule: boolean
}

/** The file that a proposal is for. */
export function placeOf({name, isRule}: ProposedGuardrail, {agent}: Pick<ToolContext, 'agent'>): string {
  return isRule ? `guardrails/${name}.md` : agentPaths(agent).guardrails
}
