import {HookCommand} from '../../cli/hook-command.js'

export default class HookStop extends HookCommand {
  static override summary = 'For coding agents: take back what a turn has changed past the hooks.'
  static override description =
    'Set as a hook (Claude Code, Codex: Stop) by mcos guard install. What the agent may not change is put back, kept in .mcos/taken-back, logged and told. Forgets sessions that nobody has gone on with for a week, and never holds anything up.'
  static override examples = ['<%= config.bin %> hook stop --home /srv/northwind < event.json']

  protected readonly event = 'stop'
}
