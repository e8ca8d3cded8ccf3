import {AGENT_TEMPLATES, type FleetTemplate, readFleetTemplate} from '../../fleet/read-template.js'
import {EXIT, UserError} from '../../kit/errors.js'
import type {Folder} from '../../kit/folder.js'
import {nearestName, parseAgentName} from '../../workspace/names.js'
import type {Around} from './detect-surroundings.js'
import type {EngineOffer} from './engine-offer.js'

/** Everything a beginning is decided by, each answer given or its default taken. */
export interface StartWish {
  /** Absolute. */
  readonly dir: string
  /** What the first agents are made from; it says nothing where a workspace is adopted. */
  readonly template: string
  /** The name of the one agent; undefined: the template's. */
  readonly agent: string | undefined
  /** A workspace that becomes the first agent; the fleet's own folder is adopted in place. */
  readonly adopt: string | null
  /** null: the rules alone. */
  readonly engine: EngineOffer | null
  readonly watch: Around
}

/** What `mcos init --template` offers: whole fleets first, then one agent of each kind. */
export const START_TEMPLATES = ['solo', 'mission-control', ...AGENT_TEMPLATES] as const

/** What a single agent of a template is called when nobody says. */
const USUAL_NAMES: Readonly<Record<string, string>> = {
  solo: 'main',
  blank: 'main',
  orchestrator: 'jarvis',
  comms: 'donna',
  operations: 'gene',
  security: 'sentinel',
  engineer: 'flow',
}

/** The name a template's one agent gets; null for a template of several. */
export function usualName(template: string): string | null {
  return USUAL_NAMES[template] ?? null
}

/** The agents a fleet begins with, of a fleet's template or of a single role. */
export function templateOf(shipped: Folder, {template, agent}: Pick<StartWish, 'template' | 'agent'>): FleetTemplate {
  insistOnTemplate(template)
  const name = agent === undefined ? usualName(template) : parseAgentName(agent)
  if (template === 'mission-control') {
    if (agent !== undefined) throw namedAlready()
    return readFleetTemplate(shipped, template)
  }
  const role = template === 'solo' ? 'main' : template
  return {name: template, agents: [{name: name ?? 'main', role, reportsTo: null}], copy: null, ignore: []}
}

export function insistOnTemplate(typed: string): void {
  if (START_TEMPLATES.some((known) => known === typed)) return
  const near = nearestName(typed, START_TEMPLATES)
  throw new UserError(`There is no template ${JSON.stringify(typed)}.`, {
    code: 'NO_TEMPLATE',
    fix: near ? `mcos init --template ${near}` : `Use one of: ${START_TEMPLATES.join(', ')}.`,
    exit: EXIT.usage,
  })
}

function namedAlready(): UserError {
  return new UserError('mission-control has five agents with names of their own, so --agent has nobody to name.', {
    code: 'USAGE',
    fix: 'mcos init --template mission-control   # and later: mcos fleet rename jarvis NAME',
    exit: EXIT.usage,
  })
}
