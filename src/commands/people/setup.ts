import {Args, Flags} from '@oclif/core'
import {type PersonRow, personNamed, setUpPerson} from '../../app/people.js'
import {requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {askNewPassphrase, readNewPassphrase} from '../../cli/passphrase.js'
import {presentSetUp} from '../../present/people.js'

export default class PeopleSetup extends BaseCommand {
  static override summary = 'Set or change the passphrase a person approves with on this machine.'
  static override description =
    'It is asked for on the terminal, twice, and the old one before it. Only a slow hash of it is kept, in .mcos/people/, which git ignores: other machines know nothing of it.'
  static override examples = [
    '<%= config.bin %> people setup',
    '<%= config.bin %> people setup ben',
    'pass show mcos | <%= config.bin %> people setup ada --passphrase-fd 0',
  ]
  static override args = {name: Args.string({description: 'Who; otherwise the person of this login.'})}
  static override flags = {
    'passphrase-fd': Flags.integer({
      description: 'Read it from this file descriptor: the old one, where there is one, and the new one, a line each.',
      min: 0,
      helpValue: 'N',
    }),
  }

  async run(): Promise<PersonRow> {
    const {args, flags} = await this.parse(PeopleSetup)
    requirePerson(process.env)
    const fleet = await this.fleet()
    const person = personNamed(fleet, args.name)
    const fd = flags['passphrase-fd']
    const typed = fd === undefined ? await askNewPassphrase(person) : readNewPassphrase(fd, person)
    const row = setUpPerson(fleet, {name: person.name, ...typed})
    this.print(presentSetUp(row))
    return row
  }
}
