import {cleanLine, shorten} from '../../kit/text.js'

// Whatever Markdown, or a viewer that adds something of its own, could make more of than a word: marks, HTML, entities,
// references to people and issues, addresses, names of hosts.
const SPECIAL = /[`<>@\\[\]{}|*_~$#^=]|&[#\w]|:\/\/|www\.|\p{L}\.\p{L}{2}/iu

/**
 * Words that may hold some of a mail's, for the middle of a line: each that means something to Markdown stands as code,
 * where nothing is a link, a mark or HTML. Never at the beginning of a line, where "-" and "1." mean something, too.
 */
export function prose(text: string, most: number): string {
  const spans: {isSpecial: boolean; words: string[]}[] = []
  for (const word of shorten(cleanLine(text), most).split(' ')) {
    const isSpecial = SPECIAL.test(word)
    const last = spans.at(-1)
    if (last?.isSpecial === isSpecial) last.words.push(word)
    else spans.push({isSpecial, words: [word]})
  }
  return spans.map(({isSpecial, words}) => (isSpecial ? code(words.join(' ')) : words.join(' '))).join(' ')
}

/** Text of a mail as code, all of it; "<" and the backtick become signs that look like them, for viewers of any kind. */
export function quoted(text: string, most: number): string {
  const line = shorten(cleanLine(text), most)
  return line === '' ? '(empty)' : code(line)
}

function code(line: string): string {
  return `\`${line.replaceAll('`', "'").replaceAll('<', '‹').replaceAll('>', '›')}\``
}
