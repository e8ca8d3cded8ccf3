import type {HookAnswer} from '../../app/hook-event.js'
import {hookSessionStart} from '../../app/hook-session-start.js'
import {HookCommand} from '../../cli/hook-command.js'

export default class HookSessionStart extends HookCommand {
  static override summary = 'For coding agents: hand WORKSTATE.md to a session that begins.'
  static override examples = ['<%= config.bin %> hook session-start < event.json']

  protected answer(input: string): Promise<HookAnswer> {
    return hookSessionStart(input, process.env)
  }
}
