import {EXIT, UserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import {formatYamlValue, parseYaml} from '../kit/yaml.js'
import {nearestName} from '../workspace/names.js'

/** What `mcos init agent --template` offers. */
export const AGENT_TEMPLATES = ['blank', 'orchestrator', 'comms', 'operations', 'security', 'engineer'] as const

/** The files of one workspace, in the order a person reads them. */
export const WORKSPACE_FILES = [
  'SOUL.md',
  'AGENTS.md',
  'USER.md',
  'GUARDRAILS.md',
  'HEARTBEAT.md',
  'MEMORY.md',
] as const

/** One seat of a fleet template: whose texts, under which name. */
export interface TemplateAgent {
  readonly name: string
  readonly role: string
  readonly reportsTo: string | null
}

/** A fleet to start from: a list of agents, or a folder that is copied as it is. */
export interface FleetTemplate {
  readonly name: string
  readonly agents: readonly TemplateAgent[]
  /** A shipped folder with a mcos.yaml of its own. */
  readonly copy: string | null
  /** Lines for .gitignore beyond the usual. */
  readonly ignore: readonly string[]
}

/** The texts of one role before they are filled in; a text that all roles share is read once, for all of them. */
export type RoleTexts = ReadonlyMap<string, string>

/** The words a text may leave open. An empty one takes its line of frontmatter with it. */
export interface Blanks {
  readonly name: string
  readonly fleet: string
  readonly person: string
  readonly reportsTo: string | null
  readonly role: string
  /** One line a colleague. */
  readonly team: readonly string[]
}

export function listFleetTemplates(shipped: Folder): string[] {
  return shipped
    .list('templates/fleets')
    .filter(({kind, name}) => kind === 'file' && name.endsWith('.yaml'))
    .map(({name}) => name.slice(0, -'.yaml'.length))
}

export function readFleetTemplate(shipped: Folder, typed: string): FleetTemplate {
  const known = listFleetTemplates(shipped)
  if (!known.includes(typed)) throw unknownTemplate(typed, known)
  const file = `templates/fleets/${typed}.yaml`
  const data = recordOf(parseYaml(shipped.readText(file) ?? '', {file}).data)
  return {
    name: typed,
    agents: listOf(data['agents']).map((entry) => parseAgent(recordOf(entry))),
    copy: stringOf(data['copy']),
    ignore: listOf(data['ignore']).flatMap((line) => stringOf(line) ?? []),
  }
}

/** A role's own text comes first and what all agents share follows it. */
export function readRole(shipped: Folder, role: string): RoleTexts {
  const texts = WORKSPACE_FILES.map((file): [string, string] => {
    const parts = [`templates/agents/${role}`, 'templates/common'].flatMap((folder) => {
      const text = shipped.readText(`${folder}/${file}`)
      return text === null ? [] : [text]
    })
    return [file, joinTexts(parts)]
  })
  return new Map(texts)
}

/** Every `{{word}}` that is known gets its value; frontmatter lines whose value is missing go. */
export function fillIn(text: string, blanks: Blanks): string {
  const values: Readonly<Record<string, string>> = {
    name: blanks.name,
    Name: capitalised(blanks.name),
    fleet: blanks.fleet,
    person: blanks.person,
    reports_to: blanks.reportsTo ?? blanks.person,
    role: formatYamlValue(blanks.role),
    team: blanks.team.length > 0 ? blanks.team.map((line) => `- ${line}`).join('\n') : 'Nobody else yet.',
  }
  const kept = blanks.reportsTo === null ? text.replace(/^reports_to: \{\{reports_to\}\}\n/m, '') : text
  return kept.replace(/\{\{(\w+)\}\}/g, (whole, word: string) => values[word] ?? whole)
}

/** How an agent is spoken of in its own texts: field-app is Field App. */
export function capitalised(name: string): string {
  return name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')
}

/** A list goes on where it stopped; anything else stands apart. */
function joinTexts(parts: readonly string[]): string {
  const [own = '', shared] = parts
  if (shared === undefined || own === '') return own
  const lastLine = own.trimEnd().split('\n').at(-1) ?? ''
  const goesOn = lastLine.startsWith('- ') && shared.startsWith('- ')
  return `${own.trimEnd()}\n${goesOn ? '' : '\n'}${shared}`
}

function parseAgent(entry: Readonly<Record<string, unknown>>): TemplateAgent {
  const name = stringOf(entry['name'])
  const role = stringOf(entry['role'])
  if (name === null || role === null) throw new Error('a fleet template names an agent without name or role')
  return {name, role, reportsTo: stringOf(entry['reports_to'])}
}

function unknownTemplate(typed: string, known: readonly string[]): UserError {
  const near = nearestName(typed, known)
  return new UserError(`There is no fleet template ${JSON.stringify(typed)}.`, {
    code: 'NO_TEMPLATE',
    fix: near ? `mcos init fleet --template ${near}` : `Use one of: ${known.join(', ')}.`,
    exit: EXIT.usage,
  })
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? {...value} : {}
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function stringOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
