import {Args} from '@oclif/core'
import {type Registered, unregisterServer} from '../../app/mcp/install/register.js'
import {requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {clientFlags, clientsOf} from '../../cli/client-flags.js'
import {presentRegistered} from '../../present/mcp.js'

export default class McpUninstall extends BaseCommand {
  static override summary = 'Take the server of an agent out of the settings of MCP clients again.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> donna --claude',
    '<%= config.bin %> <%= command.id %> donna --claude --codex --gemini --dry-run',
  ]
  static override args = {agent: Args.string({required: true, description: 'For whom the client acted.'})}
  static override flags = clientFlags

  async run(): Promise<Registered> {
    const {args, flags} = await this.parse(McpUninstall)
    requirePerson(process.env)
    const clients = clientsOf(flags, `mcos mcp uninstall ${args.agent} --claude   # or --codex, --gemini`)
    const wish = {agent: args.agent, clients, scope: flags.scope, dryRun: flags['dry-run']}
    const taken = unregisterServer(await this.fleet(), wish)
    this.print(presentRegistered(taken, 'uninstall'))
    return taken
  }
}
