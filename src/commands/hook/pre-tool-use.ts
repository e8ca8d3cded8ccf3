import {HookCommand} from '../../cli/hook-command.js'

export default class HookPreToolUse extends HookCommand {
  static override summary = 'For coding agents: whether a call may be made, before it is.'
  static override description =
    "Set as a hook (Claude Code, Codex: PreToolUse; Gemini CLI: BeforeTool) by mcos guard install. Reads the call from the standard input, and answers in the words of the host that asks, by the contract of the agent in whose folder it stands: nothing where it may, a refusal with its reason where it may not. Exits 0 or 2; what can't be judged is refused."
  static override examples = ['<%= config.bin %> hook pre-tool-use --home /srv/northwind < event.json']

  protected readonly event = 'pre-tool-use'
}
