import type {CompletionNode, FlagWord} from './completion-tree.js'
import {flagWordsTaking, quote} from './completion-words.js'

/** For a file of its own in fish's folder of completions. */
export function formatFish(bin: string, tree: readonly CompletionNode[]): string {
  const paths = tree.filter(({path}) => path.length > 0).map(({path}) => quote(path.join(' ')))
  const valued = flagWordsTaking(tree, 'text', 'folder', 'agents')
  return `# ${bin} completion for fish: save as ~/.config/fish/completions/${bin}.fish
function __${bin}_read
  set -l path
  set -l given 0
  set -l skips 0
  set -l leads 1
  set -l all (commandline -opc)
  set -e all[1]
  for word in $all
    if test $skips = 1
      set skips 0
    else if contains -- $word ${valued.join(' ')}
      set skips 1
    else if string match -q -- '-*' $word
    else if test $leads = 1; and contains -- (string join ' ' $path $word) ${paths.join(' ')}
      set -a path $word
    else
      set leads 0
      set given (math $given + 1)
    end
  end
  echo "$path"
  echo $given
end
function __${bin}_at
  set -l read (__${bin}_read)
  test "$read[1]" = "$argv"
end
function __${bin}_first
  set -l read (__${bin}_read)
  test "$read[1]" = "$argv"; and test "$read[2]" = 0
end
function __${bin}_words
  set -l all (commandline -opc)
  ${bin} words $argv[1] $all[2..] 2>/dev/null
end
${tree.flatMap((node) => formatNode(bin, node)).join('\n')}
`
}

function formatNode(bin: string, {path, words, flags, slot, isMany}: CompletionNode): string[] {
  const at = (when: 'at' | 'first'): string => `-n ${quote(`__${bin}_${when} ${path.join(' ')}`.trim())}`
  const line = `complete -c ${bin}`
  return [
    ...words.map(({word, summary}) => `${line} ${at('at')} -f -a ${quote(word)} -d ${quote(summary)}`),
    ...(slot === null ? [] : [`${line} ${at(isMany ? 'at' : 'first')} -f -a ${quote(`(__${bin}_words ${slot})`)}`]),
    ...flags.map(
      (flag) => `${line} ${at('at')} -l ${quote(flag.word.slice(2))}${behind(bin, flag)} -d ${quote(flag.summary)}`,
    ),
  ]
}

function behind(bin: string, {takes, choices}: FlagWord): string {
  if (choices.length > 0) return ` -x -a ${quote(choices.join(' '))}`
  switch (takes) {
    case 'nothing':
      return ''
    case 'text':
    case 'folder':
      return ' -r'
    case 'agents':
      return ` -x -a ${quote(`(__${bin}_words agents)`)}`
  }
}
