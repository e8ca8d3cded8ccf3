import {Args, Flags} from '@oclif/core'
import {type ClientPair, pairFor} from '../../app/mcp/install/token.js'
import {requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {EXIT, UserError} from '../../kit/errors.js'
import {presentPair} from '../../present/mcp.js'

export default class McpToken extends BaseCommand {
  static override summary = 'Show the two variables by which an MCP client acts for an agent.'
  static override description =
    'For clients that mcos mcp install does not know. Whoever has the token acts as the agent, so it is shown on a terminal only, or with --yes.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> donna --yes',
    '<%= config.bin %> <%= command.id %> donna --yes --json',
  ]
  static override args = {agent: Args.string({required: true, description: 'For whom the client is to act.'})}
  static override flags = {yes: Flags.boolean({description: 'Show it also where the output is no terminal.'})}

  async run(): Promise<ClientPair> {
    const {args, flags} = await this.parse(McpToken)
    requirePerson(process.env)
    const pair = pairFor(await this.fleet(), args.agent)
    if (!flags.yes && !process.stdout.isTTY) throw notSeen(pair.agent)
    this.print(presentPair(pair))
    return pair
  }
}

function notSeen(agent: string): UserError {
  return new UserError('A token is shown on a terminal, and the output is none.', {
    code: 'NO_TERMINAL',
    fix: `mcos mcp token ${agent} --yes`,
    exit: EXIT.usage,
  })
}
