import type {AgentRenamed, AgentRetired} from '../app/fleet-changes.js'

export function presentRenamed({from, to, path, turn, commit}: AgentRenamed): string {
  return [
    `${from} is ${to} now, in ${path}.`,
    `Messages that were sent keep the old name; keys/${from}.pub stays so that they still verify.`,
    ...(commit === null ? [] : [`Commit ${commit.slice(0, 7)}. Take it back with: mcos undo ${turn}`]),
  ].join('\n')
}

export function presentRetired({agent, path, turn, commit, notes}: AgentRetired): string {
  return [
    `${agent} has retired; everything it left is in ${path}, and keys/${agent}.pub stays.`,
    ...notes.map((note) => `  ${note}`),
    ...(commit === null ? [] : [`Commit ${commit.slice(0, 7)}. Take it back with: mcos undo ${turn}`]),
  ].join('\n')
}
