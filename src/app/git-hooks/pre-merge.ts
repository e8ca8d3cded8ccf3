import {isRulePath} from '../../heartbeat/committed-law.js'
import {parseTree, readObjects} from '../../history/objects.js'
import {listStaged, readStaged, type StagedFile} from '../../history/staged.js'
import {isUserError} from '../../kit/errors.js'
import {agentPaths, listAgents} from '../../workspace/agents.js'
import {parseGuardrail} from '../../workspace/guardrail-file.js'
import {sameName} from '../../workspace/names.js'
import {parseSoul} from '../../workspace/parse-soul.js'
import type {Contract} from '../../workspace/soul.js'
import {GO_ON, type HookCall, type HookSite, type HookWord, openSite} from './site.js'

/** Before a merge is committed: nothing half-merged, no guardrail lost, and what opens wider is told. */
export async function hookPreMerge(call: HookCall): Promise<HookWord> {
  const site = await openSite(call)
  if (site === null) return GO_ON
  return judgeMerge(site, readStaged(site.repository, site).files)
}

/** The same of a merge whose staged files are known. */
export function judgeMerge(site: HookSite, files: readonly StagedFile[]): HookWord {
  const refused = [
    ...files.flatMap(({path: file, content}) => conflictIn(file, content)),
    ...lostRules(site, files).map((file) => `${file}: a guardrail would be lost by this merge`),
  ]
  return {isRefused: refused.length > 0, lines: [...refused, ...files.flatMap((file) => widened(site, file))]}
}

/** All three markers, each at a line's beginning: a text about merges that shows one of them is none. */
function conflictIn(file: string, content: Buffer | null): string[] {
  if (content === null || content.includes(0)) return []
  const lines = content.toString('utf8').split('\n')
  const at = (marker: RegExp, from: number): number =>
    lines.findIndex((line, place) => place >= from && marker.test(line))
  const begin = at(/^<{7}(?: |$)/, 0)
  const middle = begin < 0 ? -1 : at(/^={7}\r?$/, begin)
  const end = middle < 0 ? -1 : at(/^>{7}(?: |$)/, middle)
  return end < 0 ? [] : [`${file}:${begin + 1}: a conflict of the merge is still open`]
}

/** Guardrails that either side has and the merge has not, or has without their rule. */
function lostRules(site: HookSite, files: readonly StagedFile[]): string[] {
  const kept = new Set(listStaged(site.repository, 'guardrails', site))
  const emptied = files.flatMap(({path: file, before, content}) =>
    isRulePath(file) && content !== null && before !== null && hasRule(before, file) && !hasRule(content, file)
      ? [file]
      : [],
  )
  const gone = rulesOfSides(site).filter((file) => !kept.has(file))
  return [...new Set([...gone, ...emptied])]
}

function hasRule(content: Buffer, file: string): boolean {
  try {
    return parseGuardrail(content.toString('utf8'), file).rule !== null
  } catch (error) {
    if (!isUserError(error)) throw error
    return false
  }
}

function rulesOfSides({repository, head, mergeHeads}: HookSite): string[] {
  const trees = readObjects(
    repository,
    [head, ...mergeHeads].flatMap((side) => (side === null ? [] : [`${side}:${repository.prefix}guardrails`])),
  )
  return trees
    .flatMap((tree) => (tree?.type === 'tree' ? [...parseTree(tree.data, repository.hash).keys()] : []))
    .map((name) => `guardrails/${name}`)
    .filter(isRulePath)
}

/** What an agent may do after the merge and may not before, so that whoever merges has seen it. */
function widened({fleet}: HookSite, {path: file, before, content}: StagedFile): string[] {
  const agent = listAgents(fleet.home).find((known) => sameName(agentPaths(known).soul, file))
  if (agent === undefined || content === null) return []
  const now = contractIn(content, file)
  const then = before === null ? null : contractIn(before, file)
  if (now === null) return []
  const opens = widenings(then, now)
  return opens.length === 0 ? [] : [`${file}: this merge lets ${agent.name} do more: ${opens.join('; ')}`]
}

function contractIn(content: Buffer, file: string): Contract | null {
  try {
    return parseSoul(content.toString('utf8'), file).contract
  } catch (error) {
    // That it can't be read is told by whoever looks at every file.
    if (!isUserError(error)) throw error
    return null
  }
}

const OPENING = ['reads', 'writes', 'hosts', 'commands', 'repos', 'may'] as const
const CLOSING = ['ask', 'never'] as const

function widenings(then: Contract | null, now: Contract): string[] {
  const added = OPENING.flatMap((key) => {
    const fresh = now[key].filter((line) => !then?.[key].includes(line))
    return fresh.length === 0 ? [] : [`${key} ${fresh.join(', ')}`]
  })
  const lifted = CLOSING.flatMap((key) => {
    const gone = (then?.[key] ?? []).filter((line) => !now[key].includes(line))
    return gone.length === 0 ? [] : [`no longer ${key} ${gone.join(', ')}`]
  })
  return [...added, ...lifted, ...(now.unsandboxed && !then?.unsandboxed ? ['programs without a sandbox'] : [])]
}
