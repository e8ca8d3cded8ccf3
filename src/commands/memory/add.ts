import {Args, Flags} from '@oclif/core'
import {type AddedFact, addToMemory} from '../../app/memory.js'
import {asFlag, findActor} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {presentAdded} from '../../present/memory.js'
import {CONFIDENCES} from '../../workspace/memory-file.js'

export default class MemoryAdd extends BaseCommand {
  static override summary = "Add one fact to an agent's memory, with where it is from, and commit it."
  static override examples = [
    '<%= config.bin %> memory add donna "Invoices of Acme go to Ben" --topic Invoices',
    '<%= config.bin %> memory add donna "The bank closes at 15:00" --topic Bank --source memory/2026-11-20.md#L12 --confidence medium',
  ]
  static override args = {
    agent: Args.string({required: true, description: 'Whose memory.'}),
    fact: Args.string({required: true, description: 'What is so.'}),
  }
  static override flags = {
    ...asFlag,
    topic: Flags.string({
      required: true,
      description: 'The section it belongs to; made when it is new.',
      helpValue: 'T',
    }),
    source: Flags.string({
      description: 'Where it is from, such as a log and its line; otherwise you, today.',
      helpValue: 'FILE',
    }),
    confidence: Flags.option({options: CONFIDENCES, default: 'high', description: 'How sure that is.'})(),
  }

  async run(): Promise<AddedFact> {
    const {args, flags} = await this.parse(MemoryAdd)
    const fleet = await this.fleet()
    const added = await addToMemory(fleet, {...flags, ...args}, findActor(fleet, flags.as))
    this.print(presentAdded(added))
    return added
  }
}
