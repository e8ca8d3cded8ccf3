import type {FleetConfig} from '../workspace/config.js'
import type {Soul} from '../workspace/soul.js'

/** The engine that an agent's route asks first, and how many tokens it takes; null where nobody has said. */
export function firstEngine(
  {routes, engines}: Pick<FleetConfig, 'routes' | 'engines'>,
  soul: Pick<Soul, 'route'> | null,
): {readonly name: string; readonly window: number | null} {
  const route = routes[soul?.route ?? 'default'] ?? routes['default'] ?? ['rules']
  const name = route[0] ?? 'rules'
  return {name, window: engines[name]?.context ?? null}
}
