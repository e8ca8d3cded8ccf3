import {rules} from '@secretlint/secretlint-rule-preset-recommend'
import type {SecretLintRuleContext, SecretLintSourceCode} from '@secretlint/types'
import type {Spot} from './own.js'

/**
 * Left out of the preset: comments that switch the search off, as who writes a secret could write these, too; and what
 * looks at files by itself, since a text is all that it gets here.
 */
const LEFT_OUT = ['@secretlint/secretlint-rule-filter-comments', '@secretlint/secretlint-rule-gcp']

const RULES = rules.filter(({meta}) => !LEFT_OUT.includes(meta.id))

/**
 * Where secretlint's recommended rules find something in a text. They are asked without secretlint's own engine, which
 * measures itself at every call and takes ever longer for it, and which would put what was found into words.
 */
export async function lintText(content: string): Promise<Spot[]> {
  const spots: Spot[] = []
  const source = sourceOf(content)
  for (const rule of RULES) {
    const name = rule.meta.id.replace(/^.*secretlint-rule-/, '')
    await rule.create(contextOf(name, spots), {}).file?.(source)
  }
  return spots
}

function contextOf(rule: string, spots: Spot[]): SecretLintRuleContext {
  return {
    sharedOptions: {},
    // Of its messages only the name is kept: their words hold what was found.
    createTranslator: () => (messageId) => ({message: '', messageId: String(messageId), data: undefined}),
    report: ({message: {messageId}, range: [start, end]}) => {
      spots.push({start, end, kind: `${rule}: ${wordsOf(messageId)}`, own: false})
    },
    ignore: () => undefined,
  }
}

/** A text that belongs to no file; places in it are its letters, so that nothing has to be counted in lines. */
function sourceOf(content: string): SecretLintSourceCode {
  return {
    hasBOM: false,
    content,
    filePath: undefined,
    physicalFilePath: undefined,
    contentType: 'text',
    ext: '.txt',
    getFilePath: () => undefined,
    getPhysicalFilePath: () => undefined,
    locationToRange: ({start, end}) => [start.column, end.column],
    rangeToLocation: ([start, end]) => ({start: {line: 1, column: start}, end: {line: 1, column: end}}),
    positionToIndex: ({column}) => column,
    indexToPosition: (index) => ({line: 1, column: index}),
  }
}

/** `GITHUB_TOKEN` and `PrivateKey` as people write them. */
function wordsOf(id: string): string {
  return id
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
}
