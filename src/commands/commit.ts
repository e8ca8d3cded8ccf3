import {Args, Flags} from '@oclif/core'
import {type CommittedEdits, commitEdits} from '../app/commit.js'
import {requirePerson} from '../cli/actor.js'
import {BaseCommand} from '../cli/base-command.js'
import {presentCommitted} from '../present/commit.js'

export default class Commit extends BaseCommand {
  static override summary = "Commit a person's edits of fleet files: parsed first, and searched for secrets."
  static override description =
    'What widens a contract counts only once it is committed. Other work that is staged in the repository stays as it is.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> workspaces/donna/SOUL.md -m "Let donna fetch the status page"',
  ]
  static override strict = false
  static override args = {path: Args.string({description: 'Files or folders; default: every edit of the home.'})}
  static override flags = {
    message: Flags.string({char: 'm', description: 'What the commit says.'}),
    'allow-secrets': Flags.boolean({description: 'Commit lines that look like secrets and are none.'}),
  }

  async run(): Promise<CommittedEdits> {
    const {argv, flags} = await this.parse(Commit)
    requirePerson(process.env)
    const committed = await commitEdits(await this.fleet(), {
      paths: argv.map(String),
      message: flags.message ?? null,
      cwd: process.cwd(),
      allowsSecrets: flags['allow-secrets'],
    })
    this.print(presentCommitted(committed))
    return committed
  }
}
