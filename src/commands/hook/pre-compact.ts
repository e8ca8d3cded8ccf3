import type {HookAnswer} from '../../app/hook-event.js'
import {hookPreCompact} from '../../app/hook-pre-compact.js'
import {HookCommand} from '../../cli/hook-command.js'

export default class HookPreCompact extends HookCommand {
  static override summary = 'For coding agents: write WORKSTATE.md from the session before its context is cut.'
  static override examples = ['<%= config.bin %> hook pre-compact < event.json']

  protected answer(input: string): Promise<HookAnswer> {
    return hookPreCompact(input, process.env)
  }
}
