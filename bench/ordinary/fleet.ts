import {planWorkspace} from '../../src/fleet/plan-workspace.js'
import {openShipped} from '../../src/fleet/shipped.js'
import type {Law} from '../../src/guard/action.js'
import {parseGuardrail} from '../../src/workspace/guardrail-file.js'
import {parseSoul} from '../../src/workspace/parse-soul.js'
import {ROLES} from './actions.js'

const shipped = openShipped()
const rules = shipped.list('guardrails').flatMap(({name}) => {
  const file = `guardrails/${name}`
  const {rule} = parseGuardrail(shipped.readText(file) ?? '', file)
  return rule ? [rule] : []
})

/** The law of an agent as `mcos init` makes it, with the hosts and commands that its operator adds, beside its colleagues. */
export function lawOf(role: string, name: string, colleagues: readonly string[]): Law {
  const path = `workspaces/${name}`
  const about = {template: role, name, path, fleet: 'northwind', person: 'ada', reportsTo: 'jarvis'}
  const changes = planWorkspace(shipped, {...about, team: ['jarvis: orchestrator']})
  const file = `${path}/SOUL.md`
  const text = changes.flatMap((change) => (change.kind === 'write' && change.path === file ? [change.content] : []))[0]
  if (text === undefined) throw new Error(`${role} has no SOUL.md`)
  const {contract} = parseSoul(text, file)
  const added = ROLES[role]
  if (!contract || !added) throw new Error(`${role} has no contract`)
  return {
    agent: {name, path},
    others: colleagues.filter((other) => other !== name).map((other) => ({name: other, path: `workspaces/${other}`})),
    contract: {...contract, hosts: added.hosts, commands: added.commands},
    soul: {file, text},
    rules,
    trouble: null,
  }
}
