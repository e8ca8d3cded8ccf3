import {Args, Flags} from '@oclif/core'
import {Chat as Conversation} from '../app/chat.js'
import type {RunReport} from '../app/run-report.js'
import {requirePerson} from '../cli/actor.js'
import {BaseCommand} from '../cli/base-command.js'
import {openChatLines} from '../cli/chat-lines.js'
import {converse} from '../cli/chat-loop.js'

/** A conversation as it went. */
export interface ChatReport {
  readonly agent: string
  readonly with: string
  readonly turns: readonly RunReport[]
}

export default class Chat extends BaseCommand {
  static override summary = 'Talk with an agent: each line is one turn and one commit.'
  static override description =
    'The conversation has a file of its own in the workspace, so another day goes on from it. Heartbeats go on between your lines. Ctrl-C ends an answer; twice at the prompt, or /quit, ends the talk. /help lists the other words.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> donna',
    '<%= config.bin %> <%= command.id %> donna --with ben',
    'echo "What is open?" | <%= config.bin %> <%= command.id %> donna',
  ]
  static override args = {agent: Args.string({required: true, description: 'With whom.'})}
  static override flags = {
    with: Flags.string({description: 'Who you are; otherwise as mcos.yaml knows your login.', helpValue: 'NAME'}),
  }

  async run(): Promise<ChatReport> {
    const {args, flags} = await this.parse(Chat)
    requirePerson(process.env)
    const chat = await Conversation.open(() => this.fleet(), {agent: args.agent, with: flags.with})
    const lines = openChatLines(
      {in: process.stdin, out: process.stdout, err: process.stderr},
      {prompt: `${chat.person} > `, isDocument: this.jsonEnabled()},
    )
    lines.note(`${chat.agent} listens. /help for words, /quit to leave.`)
    await converse(chat, lines)
    lines.close()
    this.endWith(lines.exitCode())
    return {agent: chat.agent, with: chat.person, turns: chat.reports()}
  }
}
