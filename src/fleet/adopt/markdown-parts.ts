/** A line of prose, a code span in it, or a line of a fence: where the text of a markdown file stands. */
export interface MarkdownPart {
  readonly kind: 'prose' | 'span' | 'fence'
  readonly text: string
  readonly line: number
}

const FENCE = /^\s{0,3}(`{3,}|~{3,})\s*([^`]*)$/
/** Fences that hold data or other languages: no line of them is a command. */
const OTHER_LANGUAGE =
  /^(?:json5?|jsonc|ya?ml|toml|ini|md|markdown|html|xml|css|sql|python|py|js|ts|javascript|typescript|text|txt|csv|diff|mermaid)\b/i

/** Takes a markdown text apart by what its lines are; comments are taken off, unbalanced fences end with the file. */
export function splitMarkdown(text: string): MarkdownPart[] {
  const parts: MarkdownPart[] = []
  let fence: {mark: string; isCode: boolean} | null = null
  withoutComments(text.replace(/^\ufeff/, ''))
    .split(/\r?\n/)
    .forEach((content, index) => {
      const line = index + 1
      const [, mark = '', info = ''] = FENCE.exec(content) ?? []
      if (fence) {
        if (mark.startsWith(fence.mark) && info.trim() === '') fence = null
        else if (content.trim() !== '') parts.push({kind: fence.isCode ? 'fence' : 'prose', text: content.trim(), line})
      } else if (mark !== '') {
        fence = {mark, isCode: !OTHER_LANGUAGE.test(info.trim())}
      } else {
        parts.push(...splitLine(content, line))
      }
    })
  return parts
}

function splitLine(content: string, line: number): MarkdownPart[] {
  if (content.trim() === '') return []
  const spans = [...content.matchAll(/(`+)(.+?)\1(?!`)/g)].map(([, , inner = '']) => ({
    kind: 'span' as const,
    text: inner.trim(),
    line,
  }))
  return [{kind: 'prose', text: content.trim(), line}, ...spans]
}

/** Blanks comments out and keeps their line ends, so that places stay right. */
function withoutComments(text: string): string {
  return text.replace(/<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, ' '))
}
