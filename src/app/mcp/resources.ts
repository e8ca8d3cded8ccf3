import {decide} from '../../guard/decide.js'
import {mayRead} from '../../guard/may.js'
import {isOfMail, readsSecret} from '../../guard/taint.js'
import {decodeText} from '../../kit/decode.js'
import {isUserError} from '../../kit/errors.js'
import {whyNotByFile} from '../../turn/tools/files.js'
import {isBinary} from '../../turn/tools/read-file.js'
import {type AgentEntry, inAgent, listAgents} from '../../workspace/agents.js'
import type {Desk} from './desk.js'
import {formatUri, parseUri, RESOURCE_TEMPLATE} from './resource-uri.js'

type Json = Readonly<Record<string, unknown>>

/** A file's text, or why a client doesn't get it. */
export type ReadFile =
  | {readonly kind: 'found'; readonly contents: readonly Json[]}
  | {readonly kind: 'none' | 'refused'; readonly message: string; readonly data: Json}

const MOST_BYTES = 1024 * 1024
/** Days of the log; older ones are read by their address. */
const MOST_DAYS = 31

/** The markdown files of the agent's own folder and its newest logs, as far as its contract lets it read them. */
export async function listResources({fleet, agent, law}: Desk): Promise<Json[]> {
  const rules = await law()
  const {files} = fleet.home
  const names = (folder: string): string[] =>
    files
      .list(folder === '.' ? agent.path : inAgent(agent, folder))
      .filter(({name, kind}) => kind === 'file' && name.endsWith('.md') && !name.startsWith('.'))
      .map(({name}) => (folder === '.' ? name : `${folder}/${name}`))
  const days =
    files.stat(inAgent(agent, 'memory'))?.kind === 'folder' ? names('memory').reverse().slice(0, MOST_DAYS) : []
  return [...names('.'), ...days]
    .filter((path) => mayRead(rules, inAgent(agent, path)) && !/\p{Cc}/u.test(path))
    .map((path) => ({
      uri: formatUri({agent: agent.name, path}),
      name: path,
      title: `${agent.name}: ${path}`,
      mimeType: mimeOf(path),
      size: files.stat(inAgent(agent, path))?.size ?? 0,
    }))
}

/** Any file of any agent, by its address: what comes of asking for it is the contract's to say. */
export function resourceTemplates(): Json[] {
  return [
    {
      uriTemplate: RESOURCE_TEMPLATE,
      name: 'agent-file',
      title: "A file of an agent's folder",
      description: "A text file inside an agent's folder, where your contract's reads cover it.",
    },
  ]
}

/** One file whole. The guard decides as on the tool `read` of a turn, and nothing is followed out of the folder. */
export async function readResource(desk: Desk, uri: string): Promise<ReadFile> {
  const {fleet, facts} = desk
  const named = parseUri(uri)
  if (named === null) return none(uri, 'this is no address of a file of an agent: mcos://agent/NAME/FILE')
  const agent = listAgents(fleet.home).find(({name}) => name === named.agent)
  if (!agent) return none(uri, `there is no agent ${named.agent}`)
  const path = inAgent(agent, named.path)
  const action = {verb: 'read', target: path}
  const verdict = decide(await desk.law(), action, facts)
  if (verdict.effect !== 'allow') return {kind: 'refused', message: verdict.reason, data: {uri, ...verdict}}
  const closed = readsSecret(action) ? 'it holds secrets' : whyNotByFile(path, 'read', fleet)
  if (closed !== null) return refused(uri, `${path}: ${closed}`)
  return readText(desk, agent, {uri, path})
}

function readText(desk: Desk, agent: AgentEntry, {uri, path}: {readonly uri: string; readonly path: string}): ReadFile {
  const {files} = desk.fleet.home
  try {
    const found = files.stat(path)
    if (found?.kind === 'folder') return none(uri, `${path} is a folder`)
    const bytes = files.read(path, {maxBytes: MOST_BYTES})
    if (bytes === null) return none(uri, `there is no file ${path}`)
    if (isBinary(bytes)) return none(uri, `${path} is no text`)
    if (isOfMail(path)) desk.hear({taint: [`mail of ${agent.name}`]})
    return {kind: 'found', contents: [{uri, mimeType: mimeOf(path), text: decodeText(bytes).text}]}
  } catch (error) {
    // A link, a file that is too long, a folder that may not be entered.
    if (isUserError(error)) return refused(uri, error.message)
    throw error
  }
}

function mimeOf(path: string): string {
  return path.endsWith('.md') ? 'text/markdown' : 'text/plain'
}

function none(uri: string, message: string): ReadFile {
  return {kind: 'none', message, data: {uri}}
}

function refused(uri: string, reason: string): ReadFile {
  return {kind: 'refused', message: reason, data: {uri, effect: 'deny', rule: null, file: null, line: null, reason}}
}
