import type {EngineModel} from '../../engines/engine.js'
import {modelOf} from '../../engines/models.js'
import type {FleetConfig} from '../../workspace/config.js'
import type {Soul} from '../../workspace/soul.js'
import {routeNames} from './open-route.js'

/** The engine that an agent's route asks first, with what is known of its model; it is not opened, and no key is looked up. */
export function firstEngine(
  config: Pick<FleetConfig, 'routes' | 'engines'>,
  soul: Pick<Soul, 'route'> | null,
): {readonly name: string; readonly model: Omit<EngineModel, 'identity'> | null} {
  const name = routeNames(config, soul)[0] ?? 'rules'
  const settings = config.engines[name]
  return {name, model: settings === undefined ? null : modelOf(settings)}
}
