import {Args} from '@oclif/core'
import {showOneTurn, type TurnPage} from '../app/history.js'
import {BaseCommand} from '../cli/base-command.js'
import {presentTurn} from '../present/history.js'

export default class Show extends BaseCommand {
  static override summary = 'One turn whole: what it says of itself, and what it changed.'
  static override examples = ['<%= config.bin %> <%= command.id %> t_01JD']
  static override args = {turn: Args.string({required: true, description: 'The beginning of a turn id.'})}

  async run(): Promise<TurnPage> {
    const {args} = await this.parse(Show)
    const turn = await showOneTurn(await this.fleet(), args.turn)
    this.print(presentTurn(turn))
    return turn
  }
}
