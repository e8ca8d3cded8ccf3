import {formatYamlValue} from '../../kit/yaml.js'

/** HEARTBEAT.md with the repositories and the mail that are to be watched, as checks of their own behind the first one. */
export function withWatches(
  text: string,
  {repositories, accounts}: {readonly repositories: readonly string[]; readonly accounts: readonly string[]},
): string {
  const sections = [
    ...(repositories.length === 0
      ? []
      : [
          [
            '## Repositories (every heartbeat)',
            ...repositories.map((dir) => `- [ ] New commits \`git ${dir}\``),
            'Anything merged that is risky, or that somebody is waited for?',
          ],
        ]),
    ...(accounts.length === 0
      ? []
      : [
          [
            '## Mail (every heartbeat)',
            ...accounts.map((name) => `- [ ] New mail \`mail ${name}\``),
            'What needs an answer today, and from whom?',
          ],
        ]),
  ].map((lines) => `${lines.join('\n')}\n`)
  if (sections.length === 0) return text
  const at = startOfSecondSection(text)
  const before = text.slice(0, at).trimEnd()
  const behind = text.slice(at)
  return [before, '', sections.join('\n'), ...(behind === '' ? [] : [behind])].join('\n')
}

/** SOUL.md with repositories outside the fleet in its contract. */
export function withRepositories(soul: string, repositories: readonly string[]): string {
  if (repositories.length === 0) return soul
  const line = /^( *)repos: \[\]$/m
  if (!line.test(soul)) throw new Error('a shipped SOUL.md without a line for repositories')
  return soul.replace(line, (_, indent: string) => `${indent}repos: ${formatYamlValue(repositories)}`)
}

/** Headings within a comment are no sections: shipped files explain themselves there. */
function startOfSecondSection(text: string): number {
  const blanked = text.replace(/<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, ' '))
  const headings = [...blanked.matchAll(/^## /gm)].map((match) => match.index)
  return headings[1] ?? text.length
}
