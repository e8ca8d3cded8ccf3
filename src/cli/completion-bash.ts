import type {CompletionNode} from './completion-tree.js'
import {flagsChosen, flagsTaking, knownPaths, listWords, quote} from './completion-words.js'

/** For `eval` in ~/.bashrc. What `mcos words` prints is names and ids, nothing that `compgen -W` would expand. */
export function formatBash(bin: string, tree: readonly CompletionNode[]): string {
  return `# ${bin} completion for bash: add to ~/.bashrc: eval "$(${bin} completion bash)"
_${bin}() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" path="" word words="" flags="" slot="" many="" given=0 index
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="\${COMP_WORDS[index]}"
    if [[ -z "$path" && "$word" == --home ]]; then
      [[ "\${COMP_WORDS[index+1]}" == = ]] && index=$((index + 1))
      index=$((index + 1))
      continue
    fi
    [[ -z "$path" && "$word" == --json ]] && continue
    case "\${path:+$path }$word" in
      ${knownPaths(tree)}) path="\${path:+$path }$word" ;;
      *) break ;;
    esac
  done
  for ((; index < COMP_CWORD; index++)); do
    case "\${COMP_WORDS[index]}" in
      ${flagsTaking(tree, 'text', 'folder', 'agents')}) index=$((index + 1)) ;;
      -*) ;;
      *) given=$((given + 1)) ;;
    esac
  done
  case "$path" in
${tree.map(formatNode).join('\n')}
  esac
  case "$prev" in
    ${flagsTaking(tree, 'agents')}) words="" slot=agents many=1 ;;
    ${flagsTaking(tree, 'folder')}) COMPREPLY=($(compgen -d -- "$cur")); return ;;
    *) [[ "$cur" == -* ]] && words="$flags" slot="" ;;
  esac
  [[ -n "$slot" && ( -n "$many" || "$given" == 0 ) ]] && words="$words $(${bin} words "$slot" "\${COMP_WORDS[@]:1}" 2>/dev/null)"
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _${bin} ${bin}
`
}

function formatNode(node: CompletionNode): string {
  const {path, words, flags, slot, isMany} = node
  const dynamic = slot === null ? '' : ` slot=${slot}${isMany ? ' many=1' : ''}`
  const chosen = flagsChosen(node).map(
    ({word, choices}) => `\n      [[ "$prev" == ${word} ]] && words=${quote(choices.join(' '))} slot=""`,
  )
  return `    ${quote(path.join(' '))}) words=${quote(listWords(words))} flags=${quote(listWords(flags))}${dynamic}${chosen.join('')} ;;`
}
