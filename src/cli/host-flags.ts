import {Flags} from '@oclif/core'

/** For commands that are about coding agents and git: `static override flags = {...hostFlags}`. */
export const hostFlags = {
  claude: Flags.boolean({description: 'Claude Code.'}),
  codex: Flags.boolean({description: 'The Codex CLI.'}),
  gemini: Flags.boolean({description: 'The Gemini CLI.'}),
  git: Flags.boolean({description: 'git, in the repository of the fleet.'}),
}
