import {CLAIMANT, claimOf, pingClaimOf} from '../alerts/channel-claim.js'
import {engineClaimOf, keyClaimOf} from '../engines/claim.js'
import {contractClaimsOf} from '../guard/contract-claim.js'
import {isPlain, isTrusted, planTrust, readTrust, type TrustKind, type TrustPlan} from '../guard/trust.js'
import {isUserError} from '../kit/errors.js'
import {waitForLock} from '../kit/lock.js'
import {parseYaml} from '../kit/yaml.js'
import {mailClaimOf} from '../mail/claim.js'
import {readHeartbeat} from '../schedule/read-heartbeat.js'
import {mcpClaimOf} from '../turn/mcp/claim.js'
import {type AgentEntry, agentPaths, findAgent, listAgents} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {CONFIG_FILE} from '../workspace/home.js'
import {parseSoul} from '../workspace/parse-soul.js'
import type {Soul} from '../workspace/soul.js'
import {personHere} from './speaker.js'

/** No agent can be called so. */
const TRUST_LOCK = '_trust'

/** What a HEARTBEAT.md would run, or a channel, server or engine of mcos.yaml do: only once a person has trusted it on this machine. */
export interface TrustLine {
  /** Whose it is; "mcos.yaml" for a channel, a server or an engine. */
  readonly agent: string
  readonly kind: TrustKind
  readonly text: string
  /** Where it stands. */
  readonly file: string
  readonly line: number
  readonly trusted: boolean
  /** Holds characters that nobody can see, so it is never trusted. */
  readonly hidden: boolean
}

export interface TrustList {
  readonly lines: readonly TrustLine[]
  /** How many of them this command made trusted. */
  readonly added: number
}

/** Every `run:` and `recover:` of an agent, or of all with the fleet's channels, servers and engines, and whether this machine trusts its exact text. */
export function listTrust(fleet: Fleet, agent: string | null): TrustLine[] {
  const agents = agent === null ? listAgents(fleet.home) : [findAgent(fleet.home, agent)]
  const trust = readTrust(fleet.mcos)
  const channels = agent === null && !trust.isMadeHere ? claimsOf(fleet) : []
  const souls = trust.isMadeHere ? [] : agents.flatMap((entry) => soulClaimsOf(fleet, entry))
  return [...channels, ...souls, ...agents.flatMap((entry) => commandsOf(fleet, entry))].map((found) => ({
    ...found,
    trusted: isTrusted(trust, found),
    hidden: !isPlain(found.text),
  }))
}

/** Trusts these lines from now on, on this machine only, exactly as they stand. */
export function trustLines(fleet: Fleet, lines: readonly TrustLine[]): void {
  const at = new Date(fleet.clock.now()).toISOString()
  const by = personHere(fleet.home)
  // Two who trust at the same moment are both heard: each adds to what the other has written.
  const lock = waitForLock(fleet.mcos, TRUST_LOCK, {clock: fleet.clock})
  try {
    let trust = readTrust(fleet.mcos)
    let file: TrustPlan | null = null
    for (const agent of new Set(lines.map((line) => line.agent))) {
      const texts = lines.filter((line) => line.agent === agent).map(({kind, text}) => ({kind, text}))
      file = planTrust(trust, {agent, texts, at, by})
      trust = file.after
    }
    // One yes is one write: killed, or refused for one line, nothing of it holds.
    if (file) fleet.mcos.write(file.path, file.content, {mode: 0o600, staging: lock.staging})
  } finally {
    lock.release()
  }
}

type Found = Omit<TrustLine, 'trusted' | 'hidden'>

/** In a fleet that was made here mcos.yaml is the person's own; one that came from elsewhere may say anything. */
function claimsOf({home}: Fleet): Found[] {
  const document = parseYaml(home.configText, {file: CONFIG_FILE})
  const found = (kind: TrustKind, text: string | null, path: string[]): Found[] =>
    text === null ? [] : [{agent: CLAIMANT, kind, text, file: CONFIG_FILE, line: document.lineOf(path)}]
  const {channels, mcp, engines, ping, mail} = home.config
  return [
    ...found('channel', pingClaimOf(ping), ['ping']),
    ...Object.entries(channels).flatMap(([name, channel]) => found('channel', claimOf(channel), ['channels', name])),
    ...Object.entries(mcp).flatMap(([name, server]) => found('mcp', mcpClaimOf(name, server), ['mcp', name])),
    ...Object.entries(engines).flatMap(([name, engine]) =>
      found('engine', engineClaimOf(name, engine), ['engines', name]),
    ),
    ...Object.entries(mail.accounts).flatMap(([name, account]) =>
      found('mail', mailClaimOf(name, account), ['mail', 'accounts', name]),
    ),
  ]
}

/** A SOUL.md that can't be read opens nothing, and doctor names it. */
function soulClaimsOf({home}: Fleet, agent: AgentEntry): Found[] {
  const file = agentPaths(agent).soul
  const soul = readSoul(home.files, file)
  const found = (kind: TrustKind, claim: string): Found => ({agent: agent.name, kind, text: claim, file, line: 1})
  return [
    ...Object.entries(soul?.keys ?? {}).flatMap(([name, key]) => {
      const claim = keyClaimOf(name, key)
      return claim === null ? [] : [found('engine', claim)]
    }),
    ...(soul?.contract ? contractClaimsOf(soul.contract).map((claim) => found('contract', claim)) : []),
  ]
}

function readSoul(files: Fleet['home']['files'], file: string): Soul | null {
  try {
    const text = files.readText(file)
    return text === null ? null : parseSoul(text, file)
  } catch (error) {
    if (isUserError(error)) return null
    throw error
  }
}

function commandsOf({home}: Fleet, agent: AgentEntry): Found[] {
  const file = agentPaths(agent).heartbeat
  const bytes = home.files.read(file)
  if (bytes === null) return []
  return readHeartbeat(bytes, file).checks.flatMap(({probes, recover}) => [
    ...probes
      .filter(({word}) => word === 'run')
      .map(({text, line}) => ({agent: agent.name, kind: 'run' as const, text, file, line})),
    ...(recover ? [{agent: agent.name, kind: 'recover' as const, text: recover.text, file, line: recover.line}] : []),
  ])
}
