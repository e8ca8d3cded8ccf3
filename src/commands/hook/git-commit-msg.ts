import {hookCommitMessage} from '../../app/git-hooks/commit-msg.js'
import type {HookCall, HookWord} from '../../app/git-hooks/site.js'
import {GitHookCommand} from '../../cli/git-hook-command.js'

export default class HookGitCommitMsg extends GitHookCommand {
  static override summary = 'For git: see that a message says truly whose turn it is.'
  static override description =
    'Set by mcos guard install --git. An agent names itself and its turn in trailers; a person does not claim to be one.'
  static override examples = ['<%= config.bin %> hook git-commit-msg --home ~/my-fleet .git/COMMIT_EDITMSG']

  protected answer(call: HookCall): Promise<HookWord> {
    return hookCommitMessage(call)
  }
}
