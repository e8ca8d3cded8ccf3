const BLOCKS = new Set([
  'address',
  'article',
  'aside',
  'blockquote',
  'body',
  'center',
  'dd',
  'details',
  'div',
  'dl',
  'dt',
  'fieldset',
  'figure',
  'footer',
  'form',
  'header',
  'hr',
  'html',
  'li',
  'main',
  'nav',
  'ol',
  'section',
  'summary',
  'table',
  'tbody',
  'tfoot',
  'thead',
  'tr',
  'ul',
])
const PARAGRAPHS = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre'])

/** Puts the text of a page into lines as a reader would see them; a quote's lines begin with ">". */
export interface TextFlow {
  open(tag: string, isQuote: boolean): void
  close(tag: string, isQuote: boolean): void
  say(text: string): void
  readonly isFull: boolean
  done(): string
}

export function textFlow(most: number): TextFlow {
  const lines: string[] = []
  let line = ''
  let length = 0
  let quotes = 0
  let preformatted = 0
  const end = () => {
    if (line.trim() !== '') push(line)
    line = ''
  }
  const push = (text: string) => {
    const marked = quotes === 0 ? text.trimEnd() : `${'>'.repeat(Math.min(quotes, 9))} ${text.trimEnd()}`
    lines.push(marked)
    length += marked.length + 1
  }
  const blank = () => {
    end()
    if (lines.length > 0 && lines.at(-1) !== '') lines.push('')
  }
  const breakAt = (tag: string) => {
    if (PARAGRAPHS.has(tag)) blank()
    else if (BLOCKS.has(tag)) end()
  }
  return {
    open(tag, isQuote) {
      if (tag === 'br') {
        if (line.trim() === '') blank()
        else end()
        return
      }
      breakAt(tag)
      if (isQuote) quotes++
      if (tag === 'pre') preformatted++
      if (tag === 'li') line = '- '
      if ((tag === 'td' || tag === 'th') && line !== '') line += ' '
    },
    close(tag, isQuote) {
      breakAt(tag)
      if (isQuote) {
        end()
        quotes--
      }
      if (tag === 'pre') preformatted--
    },
    say(text) {
      if (preformatted > 0) {
        const [first = '', ...rest] = text.split('\n')
        line += first
        for (const next of rest) {
          push(line)
          line = next
        }
        return
      }
      const flat = text.replace(/\s+/g, ' ')
      line += line === '' || line.endsWith(' ') ? flat.trimStart() : flat
    },
    get isFull() {
      return length + line.length > most
    },
    done() {
      end()
      return lines.join('\n').trim()
    },
  }
}
