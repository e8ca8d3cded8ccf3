import {decodeText} from '../../kit/decode.js'
import {isUserError} from '../../kit/errors.js'
import type {Folder} from '../../kit/folder.js'
import {readHeartbeat} from '../../schedule/read-heartbeat.js'
import type {AgentEntry} from '../../workspace/agents.js'
import {DEFAULT_CONTRACT} from '../../workspace/contract.js'
import {parseSoul} from '../../workspace/parse-soul.js'
import type {Contract} from '../../workspace/soul.js'
import {type DraftContract, draftContract, type Proposal} from './draft-contract.js'
import {findName} from './find-name.js'
import {nearlyKnown} from './plan.js'
import {judgeReadiness, type Readiness} from './readiness.js'
import {type Scan, scanWorkspace} from './scan.js'
import {type SecretFinding, scanFiles, scanHistory} from './secrets.js'

/** Everything that is to be known of a workspace before anything is done with it; only reading was needed. */
export interface Survey {
  readonly name: string
  readonly scan: Scan
  readonly secrets: readonly SecretFinding[]
  readonly draft: DraftContract
  readonly trust: readonly Proposal[]
  readonly checks: readonly Readiness[]
  readonly warnings: readonly string[]
  /** Whether SOUL.md says itself what the agent may do: a person reads that before it counts. */
  readonly bringsContract: boolean
}

export interface SurveyMeans {
  readonly name?: string | undefined
  readonly hasEngine: boolean
  /** Whether the folder's own history comes along, so that it is looked through as well. */
  readonly keepsHistory: boolean
}

const LARGEST_TEXT = 4 * 1024 * 1024
/** Where people write what the agent is to do. */
const ASKING_FILES = ['HEARTBEAT.md', 'AGENTS.md', 'TOOLS.md']

export function surveyWorkspace(source: Folder, means: SurveyMeans): Survey {
  const name = means.name ?? findName(source)
  const scan = scanWorkspace(source)
  const onDisk = scanFiles(source, scan)
  const {secrets, unread} = means.keepsHistory ? scanHistory(source, onDisk) : {secrets: onDisk, unread: 0}
  const {contract, problem, bringsContract} = readContract(source, {name, path: '.'})
  const bytes = readSmall(source, 'HEARTBEAT.md')
  const heartbeat = bytes ? readHeartbeat(bytes, 'HEARTBEAT.md') : null
  const checks = heartbeat?.checks ?? []
  return {
    name,
    scan,
    secrets,
    draft: draftContract(ASKING_FILES.flatMap((file) => textOf(source, file))),
    trust: checks.flatMap(({probes, recover}) => [
      ...probes.filter(({word}) => word === 'run').map(({text, line}) => ({value: text, file: 'HEARTBEAT.md', line})),
      ...(recover ? [{value: `recover: ${recover.text}`, file: 'HEARTBEAT.md', line: recover.line}] : []),
    ]),
    // Trust is this machine's word on this agent, and there is none before the adoption.
    checks: judgeReadiness(checks, {contract, hasEngine: means.hasEngine, isTrusted: () => false}),
    bringsContract,
    warnings: [
      ...(bringsContract
        ? ['SOUL.md brings a contract of its own, which counts once you have read and committed it']
        : []),
      ...(problem === null ? [] : [`${problem}; until that is mended it may do nothing`]),
      ...(heartbeat === null ? ['there is no HEARTBEAT.md: nothing will be checked'] : []),
      ...(heartbeat?.isEmpty ? ['HEARTBEAT.md asks for nothing'] : []),
      ...(heartbeat?.warnings ?? []).map(({line, message}) => `HEARTBEAT.md:${line}: ${message}`),
      ...(unread > 0 ? [`${unread} large or old contents of the history were not searched for secrets`] : []),
      ...nearlyKnown(scan).map(
        (file) => `${file} comes along and is not read: its name is nearly that of a file that is`,
      ),
      ...scan.collisions.map((pair) => `${pair} would be one file on macOS and Windows`),
    ],
  }
}

function readContract(
  source: Folder,
  agent: AgentEntry,
): {contract: Contract; problem: string | null; bringsContract: boolean} {
  const usual = DEFAULT_CONTRACT(agent)
  try {
    const [soul] = textOf(source, 'SOUL.md')
    const parsed = soul ? parseSoul(soul.text, 'SOUL.md') : null
    const bringsContract = parsed !== null && (parsed.contract !== null || parsed.escalation.confirms.length > 0)
    return {contract: usual, problem: null, bringsContract}
  } catch (error) {
    if (!isUserError(error)) throw error
    return {contract: {...usual, reads: [], writes: [], may: []}, problem: error.message, bringsContract: false}
  }
}

function textOf(source: Folder, file: string): {file: string; text: string}[] {
  const bytes = readSmall(source, file)
  return bytes ? [{file, text: decodeText(bytes).text}] : []
}

/** A file at the top, if it is an ordinary one of sensible size; links are somebody else's text. */
function readSmall(source: Folder, file: string): Buffer | null {
  const facts = source.stat(file)
  return facts?.kind === 'file' && facts.size <= LARGEST_TEXT ? source.read(file) : null
}
