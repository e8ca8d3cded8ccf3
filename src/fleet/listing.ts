import {contentHash} from '../kit/hash.js'
import {parseYaml, type YamlDocument} from '../kit/yaml.js'
import type {AgentEntry} from '../workspace/agents.js'
import type {Change} from '../workspace/change.js'
import {CONFIG_FILE, type Home} from '../workspace/home.js'

/** An agent's line under `agents:` in mcos.yaml; nothing to do where the folder alone makes it one. */
export function planListing(home: Home, {name, path}: AgentEntry): Change[] {
  if (home.config.agents === null) return []
  return planConfigEdit(home, (config) => config.set(['agents', name], {path}))
}

/** mcos.yaml with one edit, every other line as it was. */
export function planConfigEdit(home: Pick<Home, 'configText'>, edit: (config: YamlDocument) => void): Change[] {
  const config = parseYaml(home.configText, {file: CONFIG_FILE})
  edit(config)
  const content = config.toString()
  if (content === home.configText) return []
  return [{kind: 'write', path: CONFIG_FILE, content, expect: contentHash(home.configText)}]
}
