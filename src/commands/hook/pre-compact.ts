import {HookCommand} from '../../cli/hook-command.js'

export default class HookPreCompact extends HookCommand {
  static override summary = "For coding agents: write WORKSTATE.md before a session's context is cut."
  static override description =
    "Set as a hook (Claude Code, Codex: PreCompact; Gemini CLI: PreCompress) of a program that is started in an agent's folder. Reads the event from the standard input. When WORKSTATE.md can't be written it says why and exits 2, which holds the cut up; outside an agent's folder it does nothing."
  static override examples = ['<%= config.bin %> hook pre-compact < event.json']

  protected readonly event = 'pre-compact'
}
