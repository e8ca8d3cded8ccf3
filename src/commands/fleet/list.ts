import {type FleetList as Answer, listFleet} from '../../app/fleet-list.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentFleetList} from '../../present/fleet-list.js'

export default class FleetList extends BaseCommand {
  static override summary = 'Every agent: its state, how warm it is kept, where it runs, its last beat.'
  static override description =
    'warm: it has just worked, or is kept ready; busy: a process works for it now; idle: it waits for its next beat; parked: laid up by a person; dead: it should stir and does not.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']

  async run(): Promise<Answer> {
    await this.parse(FleetList)
    const answer = await listFleet(await this.fleet())
    this.print(presentFleetList(answer))
    return answer
  }
}
