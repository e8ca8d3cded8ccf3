import {formatBash} from './completion-bash.js'
import {formatFish} from './completion-fish.js'
import type {CompletionNode} from './completion-tree.js'
import {formatZsh} from './completion-zsh.js'

export const SHELLS = ['bash', 'zsh', 'fish'] as const

export type Shell = (typeof SHELLS)[number]

/** The script a person sources; it holds the whole tree, and starts `mcos words` only where a name of the fleet may stand. */
export function formatCompletion(shell: Shell, bin: string, tree: readonly CompletionNode[]): string {
  return {bash: formatBash, zsh: formatZsh, fish: formatFish}[shell](bin, tree)
}
