import {parseYaml, type YamlPath} from '../kit/yaml.js'
import {CONFIG_FILE, type Home} from '../workspace/home.js'

/** A place in mcos.yaml that means an agent by its name. */
export interface Mention {
  readonly path: YamlPath
  readonly line: number
}

/** Where mcos.yaml names an agent: accounts it triages, threads it hears of, servers it may use. */
export function findMentions(home: Pick<Home, 'configText'>, agent: string): Mention[] {
  const config = parseYaml(home.configText, {file: CONFIG_FILE})
  const found: YamlPath[] = [
    ...entriesOf(config.data, ['mail', 'accounts']).flatMap(([account, value]) =>
      ['agent', 'escalate']
        .filter((key) => valueAt(value, [key]) === agent)
        .map((key) => ['mail', 'accounts', account, key]),
    ),
    ...entriesOf(config.data, ['mcp']).flatMap(([server, value]) =>
      listAt(value, ['agents']).flatMap((name, index) => (name === agent ? [['mcp', server, 'agents', index]] : [])),
    ),
  ]
  return found.map((path) => ({path, line: config.lineOf(path)}))
}

function entriesOf(data: unknown, path: readonly string[]): [string, unknown][] {
  const value = valueAt(data, path)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []
}

function listAt(data: unknown, path: readonly string[]): readonly unknown[] {
  const value = valueAt(data, path)
  return Array.isArray(value) ? value : []
}

function valueAt(data: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    data,
  )
}
