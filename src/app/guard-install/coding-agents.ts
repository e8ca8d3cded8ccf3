import {type AgentEntry, inAgent} from '../../workspace/agents.js'

/** The coding agents whose own settings can hold hooks. */
export const CODING_AGENTS = ['claude', 'codex', 'gemini'] as const

export type CodingAgent = (typeof CODING_AGENTS)[number]

/** How one of them is told of hooks. */
export interface HookDialect {
  readonly title: string
  /** Inside the agent's folder. */
  readonly file: string
  /** Whether it reads its settings with comments in them. */
  readonly comments: boolean
  /** Its word for each of its events, and ours. */
  readonly events: Readonly<Record<string, string>>
  /** Whether a program is named with its arguments; otherwise a shell reads the line. */
  readonly takesArguments: boolean
  readonly timeout: number
}

const SECONDS = 60

/**
 * What each of them knows, as measured with the real ones (Claude Code 2.1.197, Codex 0.169.0, Gemini CLI 0.61.0). All
 * three let a call through when a hook takes too long, so the time is far more than one needs.
 */
export const HOOK_DIALECTS: Readonly<Record<CodingAgent, HookDialect>> = {
  claude: {
    title: 'Claude Code',
    file: '.claude/settings.json',
    comments: false,
    events: {
      PreToolUse: 'pre-tool-use',
      PostToolUse: 'post-tool-use',
      SessionStart: 'session-start',
      UserPromptSubmit: 'user-prompt-submit',
      PreCompact: 'pre-compact',
      Stop: 'stop',
    },
    takesArguments: true,
    timeout: SECONDS,
  },
  codex: {
    title: 'Codex',
    file: '.codex/hooks.json',
    comments: false,
    events: {
      PreToolUse: 'pre-tool-use',
      PostToolUse: 'post-tool-use',
      SessionStart: 'session-start',
      UserPromptSubmit: 'user-prompt-submit',
      PreCompact: 'pre-compact',
      Stop: 'stop',
    },
    takesArguments: false,
    timeout: SECONDS,
  },
  gemini: {
    title: 'Gemini CLI',
    file: '.gemini/settings.json',
    comments: true,
    events: {
      BeforeTool: 'pre-tool-use',
      AfterTool: 'post-tool-use',
      SessionStart: 'session-start',
      BeforeAgent: 'user-prompt-submit',
      PreCompress: 'pre-compact',
    },
    takesArguments: false,
    timeout: SECONDS * 1000,
  },
}

/** Where the settings of a coding agent lie that is started in an agent's folder; relative to the home. */
export function settingsFile(agent: AgentEntry, host: CodingAgent): string {
  return inAgent(agent, HOOK_DIALECTS[host].file)
}
