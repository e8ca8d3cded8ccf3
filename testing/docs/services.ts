import {asksFor, type Behaviour, says} from '../model-server/behaviour.js'
import {type RecordedRequest, readableText} from '../model-server/recorded.js'
import {startModelServer} from '../model-server/server.js'
import {startTelegramServer} from '../telegram-server/server.js'

/** The far end of something that a page's fleet talks to, on the loopback. */
export interface Service {
  readonly env: Readonly<Record<string, string>>
  /** What mcos.yaml of the scene needs for it. */
  readonly yaml: string
  close(): Promise<void>
}

const KEY = 'sk-ant-api03-example'
const BOT = '123456:AAtest-token_of_nobody-at-all'

/** What `needs=…` of a page may name. */
export const SERVICES: Readonly<Record<string, () => Promise<Service>>> = {
  /** A model behind ANTHROPIC_API_KEY that has nothing to report. */
  key: async () => {
    const {url, close} = await startModelServer({script: answer})
    const engine = `{ kind: anthropic, model: claude-sonnet-5-5, key: env:ANTHROPIC_API_KEY, base_url: "${url}" }`
    const yaml = `engines:\n  claude: ${engine}\nroutes: { default: [claude] }\n`
    return {env: {ANTHROPIC_API_KEY: KEY}, yaml, close}
  },
  telegram: async () => {
    const {url, close} = await startTelegramServer({token: BOT, chats: ['42']})
    const yaml = `channels:\n  founders: { kind: telegram, token: env:TELEGRAM_TOKEN, chat: "42", base_url: "${url}" }\n`
    return {env: {TELEGRAM_TOKEN: BOT}, yaml, close}
  },
}

/** Longer work is done in its first episode. */
function answer(request: RecordedRequest): Behaviour {
  const messages = request.body?.['messages']
  const isFirst = Array.isArray(messages) && messages.length === 1
  if (isFirst && readableText(request).includes('mark it done with the workstate tool')) {
    return asksFor([{tool: 'workstate', input: {goal_done: true}}], {text: 'That was quickly done.'})
  }
  return says('All is as it should be.')
}
