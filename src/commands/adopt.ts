import {Args, Flags} from '@oclif/core'
import {type Approved, approveAdoption} from '../app/adopt/approve-adoption.js'
import {type Adopted, adopt} from '../app/adopt.js'
import {requirePerson} from '../cli/actor.js'
import {BaseCommand} from '../cli/base-command.js'
import {presentAdopted, presentApproved} from '../present/adopt.js'

export default class Adopt extends BaseCommand {
  static override summary = 'Take an existing workspace (OpenClaw style or plain markdown) as it is.'
  static override description =
    'Copies it into the fleet byte for byte and drafts in ADOPTED.md what its files ask for: hosts, commands, repositories. ' +
    'Nothing of that is granted until you have ticked it there and said --approve.'
  static override usage = [
    '<%= command.id %> DIR [--name NAME] [--move | --in-place] [--dry-run]',
    '<%= command.id %> AGENT --approve [--yes]',
  ]
  static override examples = [
    '<%= config.bin %> adopt ~/.openclaw/workspace --dry-run',
    '<%= config.bin %> adopt ~/.openclaw/workspace --name clawd',
    '<%= config.bin %> adopt . --in-place   # the folder itself becomes a one-agent home',
    '<%= config.bin %> adopt clawd --approve',
  ]
  static override args = {
    dir: Args.string({required: true, description: 'The folder in which SOUL.md lies; with --approve, the agent.'}),
  }
  static override flags = {
    name: Flags.string({description: "The agent's name; otherwise its folder's, or the one in IDENTITY.md."}),
    move: Flags.boolean({description: 'Remove the originals once they are committed here.', exclusive: ['in-place']}),
    'in-place': Flags.boolean({description: 'Make the folder itself a home; its git history stays.'}),
    'dry-run': Flags.boolean({description: 'Show what would be done and change nothing.'}),
    approve: Flags.boolean({
      description: 'Show what you ticked in ADOPTED.md; with --yes, put it into the contract.',
      exclusive: ['name', 'move', 'in-place', 'dry-run'],
    }),
    yes: Flags.boolean({description: 'Yes to what --approve shows.', dependsOn: ['approve']}),
  }

  async run(): Promise<Adopted | Approved> {
    const {args, flags} = await this.parse(Adopt)
    requirePerson(process.env)
    if (flags.approve) {
      const approved = await approveAdoption(await this.fleet(), {name: args.dir, isSure: flags.yes})
      this.print(presentApproved(approved))
      return approved
    }
    const adopted = await adopt(
      {
        dir: args.dir,
        name: flags.name,
        mode: flags['in-place'] ? 'in-place' : flags.move ? 'move' : 'copy',
        dryRun: flags['dry-run'],
        home: flags.home,
      },
      {cwd: process.cwd(), env: process.env},
    )
    this.print(presentAdopted(adopted))
    return adopted
  }
}
