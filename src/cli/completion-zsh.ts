import type {CompletionNode, Word} from './completion-tree.js'
import {flagsChosen, flagsTaking, knownPaths, quote} from './completion-words.js'

/** For `eval` in ~/.zshrc, after compinit. */
export function formatZsh(bin: string, tree: readonly CompletionNode[]): string {
  return `#compdef ${bin}
# ${bin} completion for zsh: add to ~/.zshrc after compinit: eval "$(${bin} completion zsh)"
_${bin}() {
  local word_path="" word slot="" many="" given=0 index
  local -a candidates options found
  for ((index = 2; index < CURRENT; index++)); do
    word="\${words[index]}"
    if [[ -z "$word_path" && "$word" == --home ]]; then
      index=$((index + 1))
      continue
    fi
    [[ -z "$word_path" && ( "$word" == --json || "$word" == --home=* ) ]] && continue
    case "\${word_path:+$word_path }$word" in
      ${knownPaths(tree)}) word_path="\${word_path:+$word_path }$word" ;;
      *) break ;;
    esac
  done
  for ((; index < CURRENT; index++)); do
    case "\${words[index]}" in
      ${flagsTaking(tree, 'text', 'folder', 'agents')}) index=$((index + 1)) ;;
      -*) ;;
      *) given=$((given + 1)) ;;
    esac
  done
  case "$word_path" in
${tree.map(formatNode).join('\n')}
  esac
  case "\${words[CURRENT-1]}" in
    ${flagsTaking(tree, 'agents')}) candidates=() slot=agents many=1 ;;
    ${flagsTaking(tree, 'folder')}) _files -/; return ;;
  esac
  if [[ "$PREFIX" != -* && -n "$slot" && ( -n "$many" || "$given" == 0 ) ]]; then
    found=(\${(f)"$(${bin} words "$slot" "\${(@)words[2,CURRENT]}" 2>/dev/null)"})
    candidates+=($found)
  fi
  if [[ "$PREFIX" == -* ]]; then _describe option options
  elif (( \${#candidates} )); then _describe command candidates
  else _files; fi
}
compdef _${bin} ${bin}
`
}

function formatNode(node: CompletionNode): string {
  const {path, words, flags, slot, isMany} = node
  const dynamic = slot === null ? '' : ` slot=${slot}${isMany ? ' many=1' : ''}`
  const chosen = flagsChosen(node).map(
    ({word, choices}) =>
      `\n      [[ "\${words[CURRENT-1]}" == ${word} ]] && candidates=(${choices.map(quote).join(' ')}) slot=""`,
  )
  return `    ${quote(path.join(' '))}) candidates=(${described(words)}) options=(${described(flags)})${dynamic}${chosen.join('')} ;;`
}

function described(words: readonly Word[]): string {
  return words
    .map(({word, summary}) => {
      const name = word.replaceAll(':', '\\:')
      return quote(summary === '' ? name : `${name}:${summary}`)
    })
    .join(' ')
}
