/** Words that what was typed may become; none unless it is the beginning of a word and nothing else. */
export function wordsFor(text: string, words: readonly string[]): string[] {
  return /^\/\S*$/.test(text) ? words.filter((word) => word.startsWith(text)) : []
}

/** As far as all of them agree; the text as it was where nothing is known. */
export function completeWord(text: string, words: readonly string[]): string {
  const [first, ...others] = wordsFor(text, words)
  if (first === undefined) return text
  return others.reduce((common, word) => {
    let length = 0
    while (length < common.length && common[length] === word[length]) length++
    return common.slice(0, length)
  }, first)
}
