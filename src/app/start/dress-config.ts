import {formatYamlValue, parseYaml} from '../../kit/yaml.js'
import {CONFIG_FILE} from '../../workspace/home.js'
import type {EngineOffer} from './engine-offer.js'

/** A maildir that a new fleet reads, under its name in mcos.yaml. */
export interface MailChoice {
  readonly name: string
  readonly path: string
  readonly agent: string
}

/** The lines of a new mcos.yaml that show engines before there is one. */
const SHOWN_ENGINES = /^# engines:\n(?:# {2,}.*\n)+# routes:\n(?:# {2,}.*\n)+/m

/** mcos.yaml with one engine and the route that begins with it; the shown lines make room for it, any other text stays. */
export function withEngine(text: string, {name, settings}: EngineOffer): string {
  const lines = ['engines:', `  ${name}: ${formatFlow(settings)}`, 'routes:', `  default: [${name}, rules]`, '']
  if (SHOWN_ENGINES.test(text)) return text.replace(SHOWN_ENGINES, () => lines.join('\n'))
  const config = parseYaml(text, {file: CONFIG_FILE})
  config.set(['engines', name], settings)
  config.set(['routes', 'default'], [name, 'rules'])
  return config.toString()
}

/** mcos.yaml with the mail that lies on this machine. */
export function withMail(text: string, accounts: readonly MailChoice[]): string {
  if (accounts.length === 0) return text
  const lines = accounts.map(({name, path, agent}) => `    ${name}: ${formatFlow({kind: 'maildir', path, agent})}`)
  return [text.trimEnd(), '', '# Mail is read and sorted, never sent.', 'mail:', '  accounts:', ...lines, ''].join('\n')
}

/** As the shipped files write a map on one line: with room inside the braces. */
function formatFlow(settings: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(settings).map(([key, value]) => `${key}: ${formatYamlValue(value)}`)
  return `{ ${entries.join(', ')} }`
}
