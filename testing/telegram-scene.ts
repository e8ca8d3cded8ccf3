import {onTestFinished} from 'vitest'
import {type PollState, pollStatePath} from '../src/alerts/telegram/poll-state.js'
import {listenToChannel} from '../src/app/channel/listen.js'
import {type ApprovalScene, withApprovals} from './approval-scene.js'
import {openScene, type SceneOptions} from './heartbeat-scene.js'
import {startTelegramServer, type TelegramServer} from './telegram-server/server.js'

export const TOKEN = '123456:AAtest-token_of_nobody-at-all'
export const ADA = 42
export const BEN = 777
export const GROUP = -100123

/** A fleet with a bot: ada may approve all, ben mail, and both are people of Telegram. */
export interface TelegramScene extends ApprovalScene {
  readonly telegram: TelegramServer
  readonly env: Readonly<Record<string, string>>
  /** One look at what has come; what the channel's log got by it. */
  listen(): Promise<readonly string[]>
  state(): PollState
  /** What stands in a chat now; default: the group. */
  chat(id?: number): string[]
}

export async function openTelegramScene({files = {}, ...options}: SceneOptions = {}): Promise<TelegramScene> {
  const chats = [ADA, BEN, GROUP].map(String)
  const telegram = await startTelegramServer({token: TOKEN, chats})
  onTestFinished(() => telegram.close())
  const env = {TELEGRAM_TOKEN: TOKEN, ...options.env}
  const scene = withApprovals(openScene({...options, env, files: {'mcos.yaml': configFor(telegram.url), ...files}}))
  return {
    ...scene,
    telegram,
    env,
    async listen() {
      const signal = new AbortController().signal
      const site = {signal, reopen: () => scene.open(), hear: () => undefined}
      return (await listenToChannel(await scene.open(), {name: null, once: true}, site)).lines
    },
    state: () => JSON.parse(scene.read(`.mcos/${pollStatePath('founders')}`)) as PollState,
    chat: (id = GROUP) => telegram.shown.filter(({chat}) => chat === String(id)).map(({text}) => text),
  }
}

/** mcos.yaml of such a fleet. */
function configFor(url: string): string {
  return [
    'version: 1',
    'name: northwind',
    'people:',
    `  ada: { approves: [all], via: [terminal, "telegram:${ADA}"] }`,
    `  ben: { approves: [mail], via: ["telegram:${BEN}"] }`,
    'channels:',
    `  founders: { kind: telegram, token: env:TELEGRAM_TOKEN, chat: "${GROUP}", base_url: "${url}" }`,
    'page: { to: founders, when: [outage] }',
    '',
  ].join('\n')
}
