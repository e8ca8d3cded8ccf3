import type {ScriptedCall} from '../testing/model-server/behaviour.js'
import type {Dice} from './dice.js'
import type {Fact} from './forgetting-facts.js'

/** A fact as the arguments of a tool. */
export function callWith(
  {kind, text}: Fact,
  {chance, file, other}: {readonly chance: Dice; readonly file: number; readonly other: string},
): ScriptedCall {
  if (kind === 'file') return {tool: 'write', input: {path: text, content: `${other}\n`}}
  return chance.pick<ScriptedCall>([
    {tool: 'log', input: {text}},
    {tool: 'write', input: {path: `workspaces/donna/notes/${file}.md`, content: `${text}\n`}},
    {tool: 'message_send', input: {to: 'jarvis', subject: 'To know', text}},
  ])
}

/** A call whose result tells a fact that stands in a file. */
export function callFor({marks}: Fact, {chance, path}: {readonly chance: Dice; readonly path: string}): ScriptedCall {
  return chance.pick<ScriptedCall>([
    {tool: 'read', input: {path}},
    {tool: 'search', input: {text: marks[0] ?? '', in: path}},
  ])
}
