import {listPeople, type PeopleList} from '../../app/people.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentPeople} from '../../present/people.js'

export default class PeopleListCommand extends BaseCommand {
  static override summary = 'List who may approve what, how they are reached, and who has a passphrase here.'
  static override examples = ['<%= config.bin %> people list', '<%= config.bin %> people list --json']

  async run(): Promise<PeopleList> {
    await this.parse(PeopleListCommand)
    const list = listPeople(await this.fleet())
    this.print(presentPeople(list))
    return list
  }
}
