import {asksFor, type Behaviour, says} from '../testing/model-server/behaviour.js'
import {type RecordedRequest, readableText} from '../testing/model-server/recorded.js'
import {startModelServer} from '../testing/model-server/server.js'

/** Who judges in the demo: the real model where there is a key for it, else one of this machine that plays by a script. */
export interface DemoJudge {
  readonly isReal: boolean
  /** Said on the screen. */
  readonly introduction: string
  /** For mcos.yaml. */
  readonly yaml: string
  /** What its key is read from. */
  readonly env: Readonly<Record<string, string>>
  close(): Promise<void>
}

const MODEL = 'claude-sonnet-5-5'

export async function openDemoJudge(env: NodeJS.ProcessEnv): Promise<DemoJudge> {
  const key = env['ANTHROPIC_API_KEY']
  if (key) {
    return {
      isReal: true,
      introduction: `Judgement by ${MODEL} at Anthropic, with your ANTHROPIC_API_KEY: this costs a few cents.`,
      yaml: engine('key: env:ANTHROPIC_API_KEY'),
      env: {ANTHROPIC_API_KEY: key},
      close: async () => undefined,
    }
  }
  const server = await startModelServer({script: answer})
  return {
    isReal: false,
    introduction: `Judgement by a scripted stand-in for ${MODEL} at ${server.url}: the real wire format, no key, no network. With ANTHROPIC_API_KEY set it is the real one.`,
    yaml: engine(`base_url: "${server.url}", key: env:DEMO_KEY`),
    env: {DEMO_KEY: 'sk-ant-demo'},
    close: () => server.close(),
  }
}

function engine(where: string): string {
  return `\nengines:\n  claude: { kind: anthropic, model: ${MODEL}, ${where} }\nroutes: { default: [claude] }\n`
}

/** By the title of the check that is due. */
const ANSWERS: readonly (readonly [title: string, line: string])[] = [
  ['Waiting for us', 'Ms Bell was promised an answer for today; there is no draft yet.'],
  ['Digest', '1 answer needed, 2 to know, 0 filed.'],
  ['Loose ends', 'No thread is older than three days.'],
  ['Stalled work', 'Nobody has gone quiet: all that was promised for today is under way.'],
  ['Morning page', 'Decided: nothing. Changed: the sensors come on Thursday. Waits for you: nothing.'],
  ['Evening hand-over', 'Gene is on call tonight, and knows.'],
  ['Work in progress', 'The login of the field app is half done; its tests can be finished today.'],
  ['Memory', 'Nothing of the week has to be kept.'],
]

function answer(request: RecordedRequest): Behaviour {
  const text = readableText(request)
  const messages = request.body?.['messages']
  const isFirst = Array.isArray(messages) && messages.length === 1
  if (isFirst) {
    const urgent = /^message (\S+) \(signed by \w+, urgent\)/m.exec(text)?.[1]
    if (urgent)
      return asksFor([{tool: 'message_relay', input: {id: urgent, to: 'jarvis'}}], {
        text: 'This is urgent: on to jarvis.',
      })
    if (text.includes(NEW_REQUEST))
      return asksFor([{tool: 'write', input: DRAFT}], {text: 'Two children and no heat: that comes first.'})
  }
  const lines = ANSWERS.filter(([title]) => text.includes(`## ${title}\n`)).map(([title, line]) => `${title}: ${line}`)
  if (text.includes('answered 503'))
    lines.push('Dispatch is down, and the founders know; I watch whether it comes back.')
  if (!isFirst && text.includes(NEW_REQUEST))
    lines.push(`Long Street 8: a draft lies in ${DRAFT.path}; nothing was sent.`)
  return says(lines.length > 0 ? lines.join('\n') : 'HEARTBEAT_OK')
}

const NEW_REQUEST = '1 new: requests/2026-11-21-long-street-8.md'

const DRAFT = {
  path: 'donna/drafts/long-street-8.md',
  content: `# Long Street 8

Dear customer, a technician can be with you this afternoon between two and four. Until then an electric heater helps;
the office has one to lend. Northwind Field Service
`,
}
