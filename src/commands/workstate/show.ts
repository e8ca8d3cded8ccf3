import {Args} from '@oclif/core'
import {type ShownWorkstate, showWorkstate} from '../../app/workstate.js'
import {BaseCommand} from '../../cli/base-command.js'
import {withFlag} from '../../cli/with-flag.js'
import {presentWorkstate} from '../../present/workstate.js'

/** The same, its head in the words that the file has for it. */
export interface WorkstateDocument extends Omit<ShownWorkstate, 'head'> {
  readonly head: {
    readonly turn: string | null
    readonly at: string | null
    readonly context_used: number | null
    readonly window: number | null
    readonly engine: string | null
    readonly resumes: number
  }
}

export default class WorkstateShow extends BaseCommand {
  static override summary = 'Show what an agent is in the middle of.'
  static override examples = [
    '<%= config.bin %> workstate show donna',
    '<%= config.bin %> workstate show donna --with ada --json',
  ]
  static override args = {agent: Args.string({required: true, description: 'Whose state.'})}
  static override flags = {...withFlag}

  async run(): Promise<WorkstateDocument> {
    const {args, flags} = await this.parse(WorkstateShow)
    const shown = showWorkstate(await this.fleet(), {...args, ...flags})
    this.print(presentWorkstate(shown))
    const {turn, at, contextUsed, window, engine, resumes} = shown.head
    return {...shown, head: {turn, at, context_used: contextUsed, window, engine, resumes}}
  }
}
