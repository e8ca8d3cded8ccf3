import {makeKeyPair} from '../src/bus/keys.js'
import {planSendTo} from '../src/bus/send.js'
import {fixedClock} from '../src/kit/clock.js'
import {asksFor, type Script, says} from '../testing/model-server/behaviour.js'
import {readableText} from '../testing/model-server/recorded.js'
import {type ModelBench, openModelBench} from './model-bench.js'

export const AGENTS = 20
export const JOBS = 57

/** Something that happens at a moment of its own, and that somebody has to see. */
export interface Planted {
  /** Minutes from the beginning. */
  readonly minute: number
  readonly agent: string
  readonly token: string
  readonly isMessage: boolean
}

/** `probes`: code looks, and a model is asked when something is due or new. `model`: it is asked at every beat. */
export type Watch = 'probes' | 'model'

export interface MoneyFleet extends ModelBench {
  plant(event: Planted): void
}

const names = Array.from({length: AGENTS}, (_, at) => `agent-${String(at + 1).padStart(3, '0')}`)

export async function openMoneyFleet(watch: Watch): Promise<MoneyFleet> {
  const ada = makeKeyPair()
  const files = names.flatMap((name, index): [string, string][] => [
    [`workspaces/${name}/SOUL.md`, soulOf(name)],
    [
      `workspaces/${name}/AGENTS.md`,
      '# AGENTS.md\n\nLook first, then act. What holds tomorrow goes into a file. Ask before anything leaves the house.\n',
    ],
    [`workspaces/${name}/HEARTBEAT.md`, heartbeatOf(index, watch)],
    [`workspaces/${name}/MEMORY.md`, memoryOf(index)],
    [`workspaces/${name}/requests/first.md`, 'The first request.\n'],
  ])
  const bench = await openModelBench({
    files: {...Object.fromEntries(files), 'keys/ada.pub': ada.publicKey},
    at: '2026-11-01T00:00:00Z',
    script: scriptOf(watch),
  })
  return {
    ...bench,
    plant({agent, token, isMessage}) {
      if (!isMessage)
        return bench.write(
          `workspaces/${agent}/requests/${token}.md`,
          `# ${token}\n\nNo heat since this morning. Please call back.\n`,
        )
      const message = {
        from: 'ada',
        to: agent,
        subject: `${token}: a call`,
        body: `${token}: somebody asks for a second key at the gate.`,
      }
      const place = {clock: fixedClock(bench.clock.now()), privateKey: ada.privateKey}
      const {changes} = planSendTo({name: agent, path: `workspaces/${agent}`}, message, place)
      for (const change of changes) if (change.kind === 'write') bench.write(change.path, change.content)
    },
  }
}

/** The events of so many days, the same in every run. */
export function plantedEvents(days: number, perDay: number): Planted[] {
  let state = 20_261_121
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return Math.floor((state / 0x7fffffff) * limit) % limit
  }
  const events = Array.from(
    {length: days * perDay},
    (_, at): Planted => ({
      minute: Math.floor(at / perDay) * 1440 + below(1400),
      agent: names[below(AGENTS)] ?? 'agent-001',
      token: `EV-${String(at + 1).padStart(4, '0')}`,
      isMessage: below(2) === 0,
    }),
  )
  return events.sort((one, other) => one.minute - other.minute)
}

/** A model that sees what it is shown, and looks for itself where it is told to. */
function scriptOf(watch: Watch): Script {
  const told = new Set<string>()
  return (request) => {
    const text = readableText(request)
    const agent = /# (agent-\d{3})/.exec(text)?.[1] ?? ''
    const messages = request.body?.['messages']
    const isAsked = Array.isArray(messages) && messages.length === 1
    if (watch === 'model' && isAsked) return asksFor([{tool: 'list', input: {folder: `workspaces/${agent}/requests`}}])
    const seen = [...new Set(text.match(/EV-\d{4}/g) ?? [])].filter((token) => !told.has(`${agent} ${token}`))
    for (const token of seen) told.add(`${agent} ${token}`)
    if (seen.length > 0)
      return says(`${seen.map((token) => `- ${token}: new, somebody has to call back today.`).join('\n')}\n${REPORT}`)
    return text.includes('Due checks') && watch === 'probes' ? says(REPORT) : says('HEARTBEAT_OK')
  }
}

/** Of the length that such answers have: about 120 tokens. */
const REPORT =
  'Promises: two for today, both drafted; Ms Bell still waits for hers and was asked once. Stock: filters for nine days, valves for four, order by Thursday. Diary: the crew at gate 7 changes at noon, nobody is double booked. Open from yesterday: the quote for Long Street 8, which needs a price from the supplier before it can go out. Nothing else that anybody has to know before tomorrow morning; the rest is in the log as usual.'

function heartbeatOf(index: number, watch: Watch): string {
  // 17 of them have three jobs a day, the last three have two: 57.
  const times = Array.from({length: index < JOBS - 2 * AGENTS ? 3 : 2}, (_, job) => {
    const minute = 6 * 60 + ((index * 41 + job * 290) % (14 * 60))
    return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
  })
  const jobs = times.map(
    (time, job) =>
      `## Job ${job + 1} (daily ${time})\n- [ ] Which answer did we promise for today? Is there a draft, and does the stock last?\n`,
  )
  const look =
    watch === 'model'
      ? '## Look (every heartbeat)\n- [ ] What is new in requests/ and among the messages?\n\n## Mail (every heartbeat)\n- [ ] New messages `inbox`.\n'
      : '## Look (every heartbeat)\n- [ ] New messages `inbox`.\n- [ ] New requests `files requests/*.md`\n'
  return `# HEARTBEAT.md\n\n${[look, ...jobs].join('\n')}\n## Rules\n- Nothing to report: HEARTBEAT_OK\n`
}

function soulOf(name: string): string {
  const contract = `  reads: [workspaces/${name}/**]\n  writes: [workspaces/${name}/**]\n  may: [message]\n`
  return `---\nreports_to: ada\ncontract:\n${contract}---\n# ${name}\n\nKeeps an eye on requests and promises of a heating company. Brief, exact, and never sends anything to customers.\n`
}

function memoryOf(index: number): string {
  const lines = Array.from(
    {length: 30},
    (_, at) =>
      `- Customer ${index * 30 + at} wants to be called after nine and pays within the month (source: ada 2026-0${1 + (at % 9)}-11, confidence: high)`,
  )
  return `# MEMORY.md\n\n## Customers\n${lines.join('\n')}\n`
}
