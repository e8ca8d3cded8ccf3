import {HookCommand} from '../../cli/hook-command.js'

export default class HookSessionStart extends HookCommand {
  static override summary = 'For coding agents: hand WORKSTATE.md to a session that begins.'
  static override description =
    "Set as a hook (SessionStart) of a program that is started in an agent's folder. Reads the event from the standard input, and answers with what the session goes on from; outside an agent's folder, or when nothing is open, with nothing. How the home lies is remembered, for mcos guard audit."
  static override examples = ['<%= config.bin %> hook session-start < event.json']

  protected readonly event = 'session-start'
}
