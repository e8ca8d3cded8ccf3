import type {FleetConfig} from '../workspace/config.js'

/** Servers that are called anyway, and whose answers carry the time. */
export function timeSourcesOf({engines, ping}: Pick<FleetConfig, 'engines' | 'ping'>): string[] {
  const bases = Object.values(engines).flatMap(({baseUrl}) => baseUrl ?? [])
  return typeof ping === 'string' ? [...bases, new URL(ping).origin] : bases
}

/** Where a model's own provider answers, for engines whose address mcos.yaml leaves out. */
const PROVIDERS: Readonly<Record<string, string>> = {
  anthropic: 'https://api.anthropic.com/',
  openai: 'https://api.openai.com/',
}

/** The same with the providers of engines: asked only when something depends on the time being right. */
export function allTimeSourcesOf(config: Pick<FleetConfig, 'engines' | 'ping'>): string[] {
  const providers = Object.values(config.engines).flatMap(({kind, baseUrl}) =>
    baseUrl === null ? (PROVIDERS[kind] ?? []) : [],
  )
  return [...timeSourcesOf(config), ...new Set(providers)]
}
