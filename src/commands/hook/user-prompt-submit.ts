import {HookCommand} from '../../cli/hook-command.js'

export default class HookUserPromptSubmit extends HookCommand {
  static override summary = 'For coding agents: say what holds at the moment, when a person speaks.'
  static override description =
    'Set as a hook (Claude Code, Codex: UserPromptSubmit; Gemini CLI: BeforeAgent) by mcos guard install. Tells the model of a stop, and of text from outside that the session has read.'
  static override examples = ['<%= config.bin %> hook user-prompt-submit --home /srv/northwind < event.json']

  protected readonly event = 'user-prompt-submit'
}
