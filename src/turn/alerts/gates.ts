import {readHead} from '../../history/read-head.js'
import {isUserError} from '../../kit/errors.js'
import {listAgents} from '../../workspace/agents.js'
import {alertGates} from '../../workspace/alert-gates.js'
import type {AlertGates} from '../../workspace/alert-standing.js'
import type {Fleet} from '../../workspace/fleet.js'
import {parseSoul} from '../../workspace/parse-soul.js'
import {readSouls} from '../../workspace/read-souls.js'
import type {AlertLevel} from '../../workspace/soul.js'
import {proofOn} from './answer-proof.js'

/**
 * Who may say what of alerts. An agent confirms what its SOUL.md says both on the disk and in the last commit: what widens
 * it counts only once a person has committed it, and what can't be read confirms nothing.
 */
export async function readGates(fleet: Fleet): Promise<AlertGates> {
  const souls = await readSouls(fleet)
  const claimed = souls.filter(({soul}) => (soul?.escalation.confirms.length ?? 0) > 0)
  const committed = committedTexts(
    fleet,
    claimed.map(({file}) => file),
  )
  const confirms = new Map<string, readonly AlertLevel[]>(listAgents(fleet.home).map(({name}) => [name, []]))
  for (const {agent, file, text, soul} of claimed) {
    const before = committed.get(file)
    const known = before === text ? soul?.escalation.confirms : await confirmsIn(fleet, before ?? null, file)
    const both = soul?.escalation.confirms.filter((level) => known?.includes(level) ?? false) ?? []
    confirms.set(agent.name, both)
  }
  return alertGates(fleet.home.config.people, confirms, proofOn(fleet.mcos))
}

function committedTexts({home}: Fleet, files: readonly string[]): Map<string, string | null> {
  if (files.length === 0) return new Map()
  const found = readHead(home.dir, files)
  return new Map([...found].map(([file, bytes]) => [file, bytes?.toString('utf8') ?? null]))
}

async function confirmsIn({cache}: Fleet, text: string | null, file: string): Promise<readonly AlertLevel[]> {
  if (text === null) return []
  try {
    return (await cache.get('soul', text, () => parseSoul(text, file))).escalation.confirms
  } catch (error) {
    if (isUserError(error)) return []
    throw error
  }
}
