import {Args} from '@oclif/core'
import {type Registered, registerServer} from '../../app/mcp/install/register.js'
import {requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {clientFlags, clientsOf} from '../../cli/client-flags.js'
import {presentRegistered} from '../../present/mcp.js'

export default class McpInstall extends BaseCommand {
  static override summary = 'Let an MCP client act for an agent: name this server in its settings.'
  static override description =
    "Writes how to start the server and the agent's two variables into the client's own settings, and leaves everything else there as it is. The token stands in that file, so only you may read it from then on, and a file that git keeps is refused. Give each client an agent of its own: two clients with the same pair are the same sender."
  static override examples = [
    '<%= config.bin %> <%= command.id %> donna --claude',
    '<%= config.bin %> <%= command.id %> gene --codex --gemini --dry-run',
    '<%= config.bin %> <%= command.id %> donna --claude --scope project',
  ]
  static override args = {agent: Args.string({required: true, description: 'For whom the client acts.'})}
  static override flags = clientFlags

  async run(): Promise<Registered> {
    const {args, flags} = await this.parse(McpInstall)
    requirePerson(process.env)
    const clients = clientsOf(flags, `mcos mcp install ${args.agent} --claude   # or --codex, --gemini`)
    const wish = {agent: args.agent, clients, scope: flags.scope, dryRun: flags['dry-run']}
    const registered = registerServer(await this.fleet(), wish)
    this.print(presentRegistered(registered, 'install'))
    return registered
  }
}
