import {lintSource} from '@secretlint/core'
import {creator} from '@secretlint/secretlint-rule-preset-recommend'
import type {Spot} from './own.js'

/**
 * Left out of the preset: comments that switch the search off, as who writes a secret could write these, too; and what
 * looks at files by itself, since the text is all that it gets here.
 */
const LEFT_OUT = ['@secretlint/secretlint-rule-filter-comments', '@secretlint/secretlint-rule-gcp']

const CONFIG = {
  rules: [
    {
      id: '@secretlint/secretlint-rule-preset-recommend',
      rule: creator,
      rules: LEFT_OUT.map((id) => ({id, disabled: true})),
    },
  ],
}

/** Where secretlint's recommended rules find something in a text. */
export async function lintText(content: string): Promise<Spot[]> {
  const {messages} = await lintSource({
    source: {content, filePath: '', ext: '.txt', contentType: 'text'},
    options: {config: CONFIG, noPhysicFilePath: true, maskSecrets: true},
  })
  return messages.map(({range: [start, end], ruleId, messageId}) => ({
    start,
    end,
    kind: `${ruleId.replace(/^.*secretlint-rule-/, '')}: ${wordsOf(messageId)}`,
    own: false,
  }))
}

/** `GITHUB_TOKEN` and `PrivateKey` as people write them. */
function wordsOf(id: string): string {
  return id
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
}
