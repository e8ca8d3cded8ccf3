import {Args, Flags} from '@oclif/core'
import {openChatHistory} from '../app/chat/history.js'
import type {OpenChat} from '../app/chat/surface.js'
import {Chat as Conversation} from '../app/chat.js'
import type {RunReport} from '../app/run/report.js'
import {requirePerson} from '../cli/actor.js'
import {BaseCommand} from '../cli/base-command.js'
import {openChatLines} from '../cli/chat-lines.js'
import {converse} from '../cli/chat-loop.js'
import {CHAT_WORDS} from '../present/chat.js'

/** A conversation as it went. */
export interface ChatReport {
  readonly agent: string
  readonly with: string
  readonly turns: readonly RunReport[]
}

export default class Chat extends BaseCommand {
  static override summary = 'Talk with an agent: each line is one turn and one commit.'
  static override description =
    'The conversation has a file of its own in the workspace, so another day goes on from it. Heartbeats go on between your lines. On a terminal it is a screen with a box to type in; --plain and pipes are line by line. Ctrl-C ends an answer; twice at the prompt, or /quit, ends the talk. /help lists the other words.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> donna',
    '<%= config.bin %> <%= command.id %> donna --with ben',
    'echo "What is open?" | <%= config.bin %> <%= command.id %> donna',
  ]
  static override args = {agent: Args.string({required: true, description: 'With whom.'})}
  static override flags = {
    with: Flags.string({description: 'Who you are; otherwise as mcos.yaml knows your login.', helpValue: 'NAME'}),
    plain: Flags.boolean({description: 'Line by line, as in a pipe, also on a terminal; for screen readers.'}),
  }

  async run(): Promise<ChatReport> {
    const {args, flags} = await this.parse(Chat)
    requirePerson(process.env)
    const chat = await Conversation.open(() => this.fleet(), {agent: args.agent, with: flags.with})
    const surface =
      flags.plain || this.jsonEnabled() || !isScreen() ? this.openLines(chat) : await this.openScreen(chat)
    try {
      surface.greet(`${chat.agent} listens. /help for words, /quit to leave.`)
      await converse(chat, surface)
    } finally {
      surface.close()
    }
    this.endWith(surface.exitCode())
    return {agent: chat.agent, with: chat.person, turns: chat.reports()}
  }

  private openLines(chat: Conversation): OpenChat {
    return openChatLines(
      {in: process.stdin, out: process.stdout, err: process.stderr},
      {prompt: `${chat.person} > `, isDocument: this.jsonEnabled()},
    )
  }

  /** The screen and all that draws it is loaded only here. */
  private async openScreen(chat: Conversation): Promise<OpenChat> {
    const {openChatScreen} = await import('../tui/chat/open-chat-screen.js')
    const fleet = await this.fleet()
    const history = openChatHistory(fleet, chat.agent)
    return openChatScreen({
      input: process.stdin,
      output: process.stdout,
      error: process.stderr,
      person: chat.person,
      words: CHAT_WORDS,
      history: history.lines,
      keep: history.keep,
      cost: () => chat.cost().cost_usd,
      standing: {
        agent: chat.agent,
        engine: null,
        used: null,
        flushAt: fleet.home.config.context.flushAt,
        costUsd: 0,
      },
    })
  }
}

/** Whether a terminal is on both sides, of a kind that can go back in what it has shown; where CI is set nobody watches one. */
function isScreen(): boolean {
  const {stdin, stdout, env} = process
  return stdin.isTTY && stdout.isTTY && env['TERM'] !== 'dumb' && env['TERM'] !== undefined && !env['CI']
}
