/** A word the shell may offer, with what it means. */
export interface Word {
  readonly word: string
  readonly summary: string
}

/** Everything that can follow one command or topic. */
export interface CompletionNode {
  readonly path: readonly string[]
  /** Commands below it, or the values its first argument may have. */
  readonly words: readonly Word[]
  readonly flags: readonly Word[]
}

/** What completion needs to know of a command; the id is written with colons. */
export interface CommandFacts {
  readonly id: string
  readonly summary: string
  readonly flags: readonly Word[]
  readonly values: readonly string[]
}

/** The tree of all words, root first: each topic with its commands, each command with its flags. */
export function completionTree(commands: readonly CommandFacts[], topics: readonly Word[]): CompletionNode[] {
  const nodes = new Map<string, CompletionNode & {words: Word[]}>([['', {path: [], words: [], flags: []}]])
  const summaries = new Map(topics.map(({word, summary}) => [word, summary]))
  for (const {id, summary, flags, values} of [...commands].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const parts = id.split(':')
    parts.forEach((word, depth) => {
      const parent = nodes.get(parts.slice(0, depth).join(':'))
      const here = parts.slice(0, depth + 1).join(':')
      if (parent?.words.every((known) => known.word !== word)) {
        parent.words.push({word, summary: here === id ? summary : (summaries.get(here) ?? '')})
      }
      if (!nodes.has(here)) nodes.set(here, {path: parts.slice(0, depth + 1), words: [], flags: []})
    })
    const words = [...(nodes.get(id)?.words ?? []), ...values.map((word) => ({word, summary: ''}))]
    nodes.set(id, {path: parts, words, flags})
  }
  return [...nodes.values()]
}

export const SHELLS = ['bash', 'zsh', 'fish'] as const

export type Shell = (typeof SHELLS)[number]

/** The script a person sources; it holds the whole tree and starts no process at each Tab. */
export function formatCompletion(shell: Shell, bin: string, tree: readonly CompletionNode[]): string {
  return {bash, zsh, fish}[shell](bin, tree)
}

function bash(bin: string, tree: readonly CompletionNode[]): string {
  return `# ${bin} completion for bash: add to ~/.bashrc: eval "$(${bin} completion bash)"
_${bin}() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" path="" word words flags index
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="\${COMP_WORDS[index]}"
    case "\${path:+$path }$word" in
      ${knownPaths(tree)}) path="\${path:+$path }$word" ;;
      *) break ;;
    esac
  done
  case "$path" in
${tree.map((node) => `    ${quote(node.path.join(' '))}) words=${quote(list(node.words))} flags=${quote(list(node.flags))} ;;`).join('\n')}
  esac
  [[ "$cur" == -* ]] && words="$flags"
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _${bin} ${bin}
`
}

function zsh(bin: string, tree: readonly CompletionNode[]): string {
  return `#compdef ${bin}
# ${bin} completion for zsh: add to ~/.zshrc after compinit: eval "$(${bin} completion zsh)"
_${bin}() {
  local word_path="" word
  local -a candidates options
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "\${word_path:+$word_path }$word" in
      ${knownPaths(tree)}) word_path="\${word_path:+$word_path }$word" ;;
      *) break ;;
    esac
  done
  case "$word_path" in
${tree.map((node) => `    ${quote(node.path.join(' '))}) candidates=(${described(node.words)}) options=(${described(node.flags)}) ;;`).join('\n')}
  esac
  if [[ "$PREFIX" == -* ]]; then _describe option options
  elif (( \${#candidates} )); then _describe command candidates
  else _files; fi
}
compdef _${bin} ${bin}
`
}

function fish(bin: string, tree: readonly CompletionNode[]): string {
  const lines = tree.flatMap(({path, words, flags}) => {
    const at = `-n ${quote(`__${bin}_at ${path.join(' ')}`.trim())}`
    const offered = words.map(({word, summary}) => `complete -c ${bin} ${at} -f -a ${quote(word)} -d ${quote(summary)}`)
    const options = flags.map(
      ({word, summary}) => `complete -c ${bin} ${at} -l ${quote(word.slice(2))} -d ${quote(summary)}`,
    )
    return [...offered, ...options]
  })
  return `# ${bin} completion for fish: save as ~/.config/fish/completions/${bin}.fish
function __${bin}_at
  set -l path
  for word in (commandline -opc)[2..-1]
    contains -- (string join ' ' $path $word) ${tree
      .filter(({path}) => path.length > 0)
      .map(({path}) => quote(path.join(' ')))
      .join(' ')}; or break
    set -a path $word
  end
  test "$path" = "$argv"
end
${lines.join('\n')}
`
}

function knownPaths(tree: readonly CompletionNode[]): string {
  const paths = tree.filter(({path}) => path.length > 0).map(({path}) => quote(path.join(' ')))
  return paths.length > 0 ? paths.join(' | ') : "''"
}

function list(words: readonly Word[]): string {
  return words.map(({word}) => word).join(' ')
}

function described(words: readonly Word[]): string {
  return words.map(({word, summary}) => quote(`${word.replaceAll(':', '\\:')}:${summary}`)).join(' ')
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
