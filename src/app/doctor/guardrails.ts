import {openShipped} from '../../fleet/shipped.js'
import {contentHash} from '../../kit/hash.js'
import {shellWord} from '../../kit/shell-word.js'
import {type Checkup, count, editCommand, type Repair, type Trouble} from '../../workspace/health.js'
import {problemsOf, type RuleOnDisk, readFleetRules, readRuleFiles} from '../guard-test.js'

/** Shipped guardrails as they were before rules lost their regular expressions, by the beginning of their hash. */
const EARLIER = new Set([
  'd437a01133080634',
  '403c4e08fd4a38de',
  '4d9eff802d247b62',
  '6da918e71026bcfe',
  '986e6b76f45a1353',
  '2e6ce7eb13d04a3c',
  '27056924f7956d15',
  '90967e7123b46b8a',
  'db94a9723b887150',
  '43cb8b5542f1e052',
  'bf3789f1df7398e9',
])

const there: Checkup = {
  id: 'guardrails',
  title: 'Every guardrail is there and can be read',
  means: 'A rule that is lost or broken means that everything is denied, not that it is allowed.',
  async examine(fleet) {
    const all = await readFleetRules(fleet)
    return {seen: summaryOf(all), troubles: all.flatMap(brokenOf)}
  },
  repair({home: {files}}): Repair[] {
    return readRuleFiles(files).flatMap(({file, text}): Repair[] => {
      const content = isEarlier(text) ? openShipped().readText(file) : null
      if (content === null) return []
      const change = {kind: 'write' as const, path: file, content, expect: contentHash(text)}
      return [
        {what: `Replace ${file}, as an earlier version shipped it, by the shipped one of today`, changes: [change]},
      ]
    })
  },
}

const tested: Checkup = {
  id: 'guardrail-examples',
  title: 'Every guardrail does what its examples say',
  means: 'A rule whose examples fail does not guard what its words say.',
  examine({home: {files}}) {
    const rules = readRuleFiles(files).flatMap(({rule}) => (rule ? [rule] : []))
    const troubles = rules.flatMap((rule) =>
      problemsOf(rule).map((detail): Trouble => {
        const isUntested = rule.examples.deny.length === 0
        return {status: isUntested ? 'warn' : 'fail', detail, fix: `mcos guard test ${shellWord(rule.file)}`}
      }),
    )
    const twins = rules.flatMap((rule, index): Trouble[] => {
      const first = rules.slice(0, index).find(({id}) => id === rule.id)
      const detail = `${rule.file} and ${first?.file} have one id, ${rule.id}: nobody can tell which of them has spoken`
      return first === undefined ? [] : [{status: 'warn', detail, fix: editCommand(rule.file)}]
    })
    return {seen: `${count(rules.length, 'rule')} tested`, troubles: [...troubles, ...twins]}
  },
}

function brokenOf({file, text, error, lost}: RuleOnDisk): Trouble[] {
  if (error && isEarlier(text)) {
    const detail = `${error.message}; an earlier version shipped it so`
    return [{status: 'fail', detail, fix: 'mcos doctor --fix', fixable: true}]
  }
  if (lost) return [{status: 'fail', detail: `${lost.why}, so everything is denied`, fix: lost.fix}]
  return error ? [{status: 'fail', detail: error.message, fix: editCommand(file)}] : []
}

function isEarlier(text: string): boolean {
  return EARLIER.has(contentHash(text).slice('sha256:'.length, 'sha256:'.length + 16))
}

function summaryOf(all: readonly RuleOnDisk[]): string {
  if (all.length === 0) return 'there are none'
  const advice = all.filter(({rule, error, lost}) => rule === null && !error && !lost).map(({file}) => file)
  const rules = `${count(all.filter(({rule}) => rule !== null).length, 'rule')} enforced`
  return advice.length === 0 ? rules : `${rules}; advice only: ${advice.join(', ')}`
}

const unread: Checkup = {
  id: 'guardrails-read',
  title: 'Everything in guardrails/ is read, and every shipped rule is still one',
  means: 'Only .md files that lie in guardrails/ itself are read; without its frontmatter a rule is only advice.',
  examine({home: {files}}) {
    const entries = files.stat('guardrails')?.kind === 'folder' ? files.list('guardrails') : []
    const aside = entries.flatMap(({name, kind}): Trouble[] => {
      const path = `guardrails/${name}`
      if (kind === 'file' && (name.endsWith('.md') || name.startsWith('.'))) return []
      const why = kind === 'folder' ? 'is a folder, and nothing in it is read' : 'is no .md file, and nobody reads it'
      const fix =
        kind === 'folder'
          ? `mv ${path}/*.md guardrails/`
          : `mv ${shellWord(path)} ${shellWord(path.replace(/(?:\.md)?\.[^.]*$/, '.md'))}`
      return [{status: 'warn', detail: `${path} ${why}`, fix}]
    })
    const shipped = openShipped()
    const softened = readRuleFiles(files).flatMap(({file, rule, error}): Trouble[] => {
      if (rule !== null || error || !shipped.readText(file)?.startsWith('---')) return []
      const detail = `${file} has lost its frontmatter: it was a rule, and is only advice now`
      return [{status: 'warn', detail, fix: `git log -p -- ${shellWord(file)}`}]
    })
    return {seen: count(entries.length, 'file'), troubles: [...aside, ...softened]}
  },
}

/** What guardrails/ tells of itself. */
export const GUARDRAIL_CHECKUPS: readonly Checkup[] = [there, tested, unread]
