import {cleanLine, shorten} from '../../kit/text.js'
import {gateOf} from '../network/contract-gate.js'
import {type Tool, textOf} from '../tool.js'
import {cutEnd} from './cut.js'
import {fetchText, hostOf, parseUrl} from './fetch-text.js'
import {fromOutside} from './outside.js'
import {readableText} from './readable-text.js'
import {refuseSecrets} from './secrets.js'

/** A page or a document of the contract's hosts, as text. */
export const httpGetTool: Tool = {
  name: 'http_get',
  description: 'Fetch a web page as text.',
  takes: {url: {type: 'string'}},
  isOffered: ({contract}) => contract.hosts.length > 0,
  verbOf: () => 'fetch',
  targetOf: (input) => hostOf(parseUrl(textOf(input, 'url'))),
  async perform(input, context) {
    const url = parseUrl(textOf(input, 'url'))
    // Whatever stands in an address is told to its host.
    refuseSecrets(`${url.href}\n${decodeAll(url.href)}`, context.fleet)
    const page = await fetchText(url, {gate: gateOf(context), signal: context.signal})
    const isHtml = /html/.test(page.type)
    const text = isHtml ? readableText(page.text) : page.text
    const about = `${page.url.href}, status ${page.status}${page.isCut ? ', its first 1 MiB' : ''}`
    return {
      text: fromOutside(cutEnd(text || '[no text]'), about),
      changes: [],
      line: shorten(cleanLine(`fetched ${page.url.href} (status ${page.status})`), 300),
      messages: [],
      taint: shorten(cleanLine(page.url.href), 300),
    }
  },
}

/** Without its %-codes, also those that stand for a % of another, and the rest of a text that has half of one. */
function decodeAll(text: string): string {
  const plain = text.replace(/(?:%[0-9a-f]{2})+/gi, (codes) => Buffer.from(codes.replaceAll('%', ''), 'hex').toString())
  return plain === text || plain.length >= text.length ? plain : decodeAll(plain)
}
