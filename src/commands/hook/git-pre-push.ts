import {hookPrePush} from '../../app/git-hooks/pre-push.js'
import type {HookCall, HookWord} from '../../app/git-hooks/site.js'
import {GitHookCommand} from '../../cli/git-hook-command.js'

export default class HookGitPrePush extends GitHookCommand {
  static override summary = 'For git: judge what an agent is about to push.'
  static override description =
    'Set by mcos guard install --git. Agents push to the refs that their contract and the guardrails open, and rewrite none.'
  static override examples = [
    '<%= config.bin %> hook git-pre-push --home ~/my-fleet origin git@example.com:fleet.git < refs',
  ]
  protected override readsInput = true

  protected answer(call: HookCall): Promise<HookWord> {
    return hookPrePush(call)
  }
}
