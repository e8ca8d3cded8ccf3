import {Args, Flags} from '@oclif/core'
import {showOneTurn, type TurnPage} from '../app/history.js'
import type {TranscriptPage} from '../app/transcript.js'
import {BaseCommand} from '../cli/base-command.js'
import {presentTurn} from '../present/history.js'

export default class Show extends BaseCommand {
  static override summary = 'One turn whole: what it says of itself, and what it changed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> t_01JD',
    '<%= config.bin %> <%= command.id %> t_01JD --transcript',
    '<%= config.bin %> <%= command.id %> t_01JD --transcript --full',
  ]
  static override args = {
    turn: Args.string({required: true, description: 'The beginning of a turn id, or of its commit.'}),
  }
  static override flags = {
    transcript: Flags.boolean({
      description: 'What was sent to models and what they did, as this machine wrote it down.',
    }),
    full: Flags.boolean({description: 'Every text whole, as it was sent.', dependsOn: ['transcript']}),
  }

  async run(): Promise<TurnPage | TranscriptPage> {
    const {args, flags} = await this.parse(Show)
    const fleet = await this.fleet()
    if (flags.transcript) return this.showTranscript(fleet, args.turn, flags)
    const turn = await showOneTurn(fleet, args.turn)
    this.print(presentTurn(turn))
    return turn
  }

  private async showTranscript(
    fleet: Awaited<ReturnType<Show['fleet']>>,
    turn: string,
    {full}: {full: boolean},
  ): Promise<TranscriptPage> {
    const {openTranscriptOf} = await import('../app/transcript.js')
    const {presentTranscript} = await import('../present/transcript.js')
    const transcribed = openTranscriptOf(fleet, turn)
    this.print(presentTranscript(transcribed, {full}))
    return transcribed.page
  }
}
