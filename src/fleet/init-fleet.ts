import type {Folder} from '../kit/folder.js'
import {contentHash} from '../kit/hash.js'
import {formatYamlValue, parseYaml} from '../kit/yaml.js'
import type {Change} from '../workspace/change.js'
import {copyFolder} from './copy-shipped.js'
import {type IdentityPlan, planIdentities} from './identities.js'
import type {Owner} from './owner.js'
import {planWorkspace, templateRole} from './plan-workspace.js'
import {type FleetTemplate, fillIn, type TemplateAgent} from './read-template.js'
import {formatTeam} from './team.js'

export interface FleetOrder {
  readonly template: FleetTemplate
  /** A name as agents have them. */
  readonly name: string
  readonly owner: Owner
  readonly timezone: string
}

export interface FleetPlan extends IdentityPlan {
  readonly agents: readonly string[]
  readonly people: readonly string[]
}

/** Everything a new fleet home holds; `existing` is the folder it goes into, null when there is none yet. */
export function planFleet(shipped: Folder, existing: Folder | null, order: FleetOrder): FleetPlan {
  const {template} = order
  const content = template.copy === null ? planNewHome(shipped, order) : planSample(shipped, template.copy, order.owner)
  const agents = template.copy === null ? template.agents.map(({name}) => name) : agentFolders(shipped, template.copy)
  const people = template.copy === null ? [order.owner.name] : [SAMPLE_OWNER]
  const keys = planIdentities(existing, [...agents, ...people])
  return {
    agents,
    people,
    privateKeys: keys.privateKeys,
    changes: [
      ...content,
      ...copyFolder(shipped, {from: 'guardrails', to: 'guardrails'}),
      planGitignore(shipped, existing, template),
      ...keys.changes,
    ],
  }
}

/** Who the person that runs the sample fleet is in it, as its mcos.yaml says. */
const SAMPLE_OWNER = 'ada'

function planNewHome(shipped: Folder, order: FleetOrder): Change[] {
  const config = (shipped.readText('templates/home/mcos.yaml') ?? '')
    .replace('{{timezone}}', `timezone: ${formatYamlValue(order.timezone)}`)
    .replace('{{terminal}}', formatYamlValue(terminalOf(order.owner)))
  const blanks = {name: order.name, fleet: order.name, person: order.owner.name, reportsTo: null, role: '', team: []}
  return [
    {kind: 'write', path: 'mcos.yaml', content: fillIn(config, blanks), expect: null},
    ...order.template.agents.flatMap((agent) => planSeat(shipped, order, agent)),
  ]
}

function planSeat(shipped: Folder, order: FleetOrder, {name, role, reportsTo}: TemplateAgent): Change[] {
  const team = order.template.agents.map((agent) => ({...agent, role: templateRole(shipped, agent.role)}))
  return planWorkspace(shipped, {
    name,
    template: role,
    path: `workspaces/${name}`,
    fleet: order.name,
    person: order.owner.name,
    reportsTo,
    team: formatTeam(team, {except: name}),
  })
}

/** The sample as it stands, with its owner's terminal being the one it was made at. */
function planSample(shipped: Folder, folder: string, owner: Owner): Change[] {
  return copyFolder(shipped, {from: folder, to: ''}).map((change) => {
    if (change.kind !== 'write' || change.path !== 'mcos.yaml') return change
    const config = parseYaml(change.content, {file: 'mcos.yaml'})
    config.set(['people', SAMPLE_OWNER, 'via'], [terminalOf(owner)])
    return {...change, content: config.toString()}
  })
}

function terminalOf({login}: Owner): string {
  return `terminal:${login}`
}

function agentFolders(shipped: Folder, folder: string): string[] {
  return shipped
    .list(folder)
    .filter(({kind, name}) => kind === 'folder' && shipped.stat(`${folder}/${name}/SOUL.md`) !== null)
    .map(({name}) => name)
}

/** A .gitignore that was there keeps its lines and gains ours. */
function planGitignore(shipped: Folder, existing: Folder | null, template: FleetTemplate): Change {
  const wanted = [shipped.readText('templates/home/gitignore')?.trimEnd(), ...template.ignore].join('\n')
  const known = existing?.readText('.gitignore') ?? null
  if (known === null) return {kind: 'write', path: '.gitignore', content: `${wanted}\n`, expect: null}
  return {kind: 'write', path: '.gitignore', content: joinLines(known, wanted), expect: contentHash(known)}
}

function joinLines(known: string, wanted: string): string {
  const lines = known.split(/\r?\n/)
  const missing = wanted.split('\n').filter((line) => !lines.includes(line))
  if (missing.length === 0) return known
  return `${known}${known === '' || known.endsWith('\n') ? '' : '\n'}${missing.join('\n')}\n`
}
