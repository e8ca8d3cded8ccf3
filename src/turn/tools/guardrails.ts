import {failedExamples} from '../../guard/guardrail-examples.js'
import {contentHash} from '../../kit/hash.js'
import {clean, cleanLine, shorten} from '../../kit/text.js'
import {agentPaths} from '../../workspace/agents.js'
import type {Change} from '../../workspace/change.js'
import {parseGuardrail} from '../../workspace/guardrail-file.js'
import {MOST_MISTAKES, parseMistakes} from '../../workspace/mistakes.js'
import {isAgentName} from '../../workspace/names.js'
import {askPerson} from '../ask-person.js'
import {BadCall, type Tool, type ToolContext, textOf} from '../tool.js'

const LONGEST_LINE = 400
const LONGEST_RULE = 8_000

/** A rule of the fleet, or a line of the agent's own GUARDRAILS.md: proposed here, written only after a person's yes. */
export const proposeGuardrailTool: Tool = {
  name: 'guardrail_propose',
  description: 'Propose a rule to people.',
  takes: {name: {type: 'string'}, text: {type: 'string'}},
  isOffered: ({contract}) => contract.writes.length > 0,
  verbOf: () => null,
  targetOf: (input, context) => planOf(input, context).path,
  perform(input, context) {
    const {path, isRule} = planOf(input, context)
    return askPerson(
      {
        verb: 'guardrail.add',
        target: path,
        args: {tool: addGuardrailTool.name, input: {name: textOf(input, 'name'), text: textOf(input, 'text')}},
        why: `${context.agent.name} proposes a guardrail, and no agent writes one`,
        after: `${path} ${isRule ? 'is written as it stands in the arguments' : 'gets one line more'}, at the next beat or run of ${context.agent.name}, and holds from its next turn`,
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
  targetOf: (input, context) => planOf(input, context).path,
  perform(input, context) {
    const {path, change} = planOf(input, context)
    if (context.law.trouble !== null) throw new BadCall(context.law.trouble)
    return {text: `${path} is written`, changes: [change], line: `guardrail added: ${path}`, messages: []}
  },
}

interface Proposal {
  readonly path: string
  readonly isRule: boolean
  readonly change: Change
}

/** Read and tried the same way when it is proposed and when it is written. */
function planOf(input: Readonly<Record<string, unknown>>, context: ToolContext): Proposal {
  const [name, text] = [textOf(input, 'name'), textOf(input, 'text')]
  if (!isAgentName(name)) throw new BadCall('"name" has to be of a-z, 0-9 and "-"')
  if (clean(text) !== text.replaceAll('\r\n', '\n')) throw new BadCall('"text" holds characters that nobody can see')
  const source = text.replaceAll('\r\n', '\n')
  return /^---\s*\n/.test(source) ? planRule(name, source, context) : planLine(source, context)
}

function planRule(name: string, source: string, {draft}: ToolContext): Proposal {
  const path = `guardrails/${name}.md`
  if (source.length > LONGEST_RULE) throw new BadCall(`a guardrail has at most ${LONGEST_RULE} characters`)
  if (draft.read(path) !== null) throw new BadCall(`${path} is there already, and agents change no guardrail`)
  const content = source.endsWith('\n') ? source : `${source}\n`
  const {rule} = parseGuardrail(content, path)
  if (rule === null) throw new BadCall(`${path} would enforce nothing: its frontmatter needs id, effect and verbs`)
  if (rule.examples.deny.length === 0)
    throw new BadCall('a rule needs an example of what it must stop: examples: {deny: […]}')
  const [failed] = failedExamples(rule)
  if (failed)
    throw new BadCall(
      `its own example comes out otherwise: ${failed.expected} ${failed.example.verb} ${failed.example.target}`,
    )
  return {path, isRule: true, change: {kind: 'write', path, content, expect: null}}
}

function planLine(source: string, {agent, draft}: ToolContext): Proposal {
  const path = agentPaths(agent).guardrails
  const line = cleanLine(source.replace(/^\s*[-*+]\s+/, ''))
  if (line === '' || line.length > LONGEST_LINE)
    throw new BadCall(`a line of GUARDRAILS.md has 1 to ${LONGEST_LINE} characters`)
  const before = draft.readText(path)
  const known = parseMistakes(before ?? '')
  if (known.some((mistake) => mistake.text === line)) throw new BadCall(`${path} says that already`)
  if (known.length >= MOST_MISTAKES)
    throw new BadCall(
      `${path} has ${known.length} entries, and more than ${MOST_MISTAKES} nobody reads: ask a person which one can go`,
    )
  const head = before === null ? '# Guardrails\n\n' : before.endsWith('\n') ? before : `${before}\n`
  const content = `${head}- ${shorten(line, LONGEST_LINE)}\n`
  return {
    path,
    isRule: false,
    change: {kind: 'write', path, content, expect: before === null ? null : contentHash(before)},
  }
}
