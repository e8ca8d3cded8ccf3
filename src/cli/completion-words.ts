import type {CompletionNode, FlagWord, Word} from './completion-tree.js'

/** Every path of the tree as a pattern of the shell's `case`. */
export function knownPaths(tree: readonly CompletionNode[]): string {
  return patterns(tree.filter(({path}) => path.length > 0).map(({path}) => path.join(' ')))
}

/** The flags of all commands behind which such a thing stands, as such a pattern. */
export function flagsTaking(tree: readonly CompletionNode[], ...takes: readonly FlagWord['takes'][]): string {
  return patterns(flagWordsTaking(tree, ...takes))
}

export function flagWordsTaking(tree: readonly CompletionNode[], ...takes: readonly FlagWord['takes'][]): string[] {
  const words = tree.flatMap(({flags}) => flags.filter((flag) => takes.includes(flag.takes)).map(({word}) => word))
  return [...new Set(words)].sort()
}

/** The flags of one command of which it is known what may stand behind them. */
export function flagsChosen({flags}: CompletionNode): FlagWord[] {
  return flags.filter(({choices}) => choices.length > 0)
}

export function listWords(words: readonly Word[]): string {
  return words.map(({word}) => word).join(' ')
}

/** One word of the shell, whatever is in it. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

function patterns(words: readonly string[]): string {
  return words.length > 0 ? words.map(quote).join(' | ') : "''"
}
