import type {Engine} from '../../engines/engine.js'
import {rulesEngine} from '../../engines/rules.js'
import type {FleetConfig} from '../../workspace/config.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {Soul} from '../../workspace/soul.js'
import type {EngineUser} from './open-engine.js'

/** What a turn is about, as routes are named after it. */
export type TaskKind = 'triage' | 'draft' | 'reason' | 'research'

/** The engines that an agent's turn asks, in their order; `rules` stands last. What models need is loaded only for them. */
export async function openRoute(
  fleet: Fleet,
  user: EngineUser & {readonly soul: Pick<Soul, 'route' | 'keys'> | null},
  kind?: TaskKind,
): Promise<readonly Engine[]> {
  const names = routeNames(fleet.home.config, user.soul, kind).filter((name) => name !== rulesEngine.name)
  if (names.length === 0) return RULES_ALONE
  const {openEngine} = await import('./open-engine.js')
  const engines = await Promise.all(names.map((name) => openEngine(fleet, name, user)))
  return [...engines.filter((engine) => engine !== null), rulesEngine]
}

/** The names on the route: of the task's kind where such a route exists, else of the agent, else the default one. */
export function routeNames(
  {routes}: Pick<FleetConfig, 'routes'>,
  soul: Pick<Soul, 'route'> | null,
  kind?: TaskKind,
): readonly string[] {
  const own = kind !== undefined && Object.hasOwn(routes, kind) ? kind : (soul?.route ?? 'default')
  return routes[own] ?? routes['default'] ?? [rulesEngine.name]
}

const RULES_ALONE: readonly Engine[] = [rulesEngine]
