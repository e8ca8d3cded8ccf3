import {describe, expect, test} from 'vitest'
import {idGiver} from './check-id.js'
import {kindOf} from './kinds.js'
import {isOffHeading, isOffItem, isOffLine} from './off.js'
import {parseHeartbeat} from './parse-heartbeat.js'
import {isQuiet} from './quiet.js'
import {readQuiet} from './quiet-line.js'
import {isReplyLine} from './reply-line.js'

const read = (text: string) => parseHeartbeat(text, 'HEARTBEAT.md')

describe('kinds', () => {
  test.each([
    [
      'policy',
      'Rules; Notes; ⚠️ Important Notes; Alert rules; Response format; When to stay quiet; How to report; Quiet hours (23:00-08:00); Escalation; Output; Do not; 规则; 注意事项; 静默时间; 通知规则; 輸出格式; ルール; 注意点; Regras; Horário de silêncio; Reglas; Notas; Regeln; Hinweise; Eskalation; Règles; Remarques; Heures calmes; Regels; Opmerkingen; Regler; Anteckningar; Правила; Тихие часы; 4. Rules',
    ],
    [
      'status',
      'Status; Current status; Completed; Progress log; 2026-03-05; 2026-03-05 Progress; 当前状态; 已完成; 進捗; Histórico; Estado actual; Erledigt; Stand; État; Voortgang; Historik; Статус; Holdings',
    ],
    [
      'check',
      'Mail; Check rules compliance; Update notes; System status; Service status (every 2h); Status page of the shop; Morning brief; 检查规则; 邮件; メール; Relatório; Wetter; Notebook; Ruleset tests that nobody has looked at for a long time and their notes',
    ],
  ])('%s', (kind, titles) => {
    expect(titles.split('; ').filter((title) => kindOf(title) !== kind)).toEqual([])
  })
})

test('headings, items and lines that are off', () => {
  const headings = [
    '[x] Setup',
    '~~Mail~~',
    '~~Mail~~ (moved)',
    'Mail (disabled)',
    'Mail (disabled 2026-02-01)',
    'Mail — PAUSED',
    '[DISABLED] Mail',
    'Disabled: mail',
    '⏸️ Mail',
    '邮件（已停用）',
    '邮件检查已暂停',
    'メール（停止中）',
    'Redes (desativado)',
    'Correo (desactivado)',
    'Post (deaktiviert)',
    'Courriel (désactivé)',
    'Post (uitgeschakeld)',
    'Post (avstängd)',
    'Почта (отключено)',
  ]
  expect(headings.filter((heading) => !isOffHeading(heading))).toEqual([])
  expect(
    ['Mail', 'Check for disabled accounts', 'Handle paused jobs', '[ ] Mail', 'Off-site backup'].filter(isOffHeading),
  ).toEqual([])
  expect(
    ['- [x] done', '  - [X] done', '- ~~old~~', '1. ~~old~~', '- old (disabled)', '* [ ] ~~old~~'].filter(
      (item) => !isOffItem(item),
    ),
  ).toEqual([])
  expect(['- [ ] open', '- re-enable disabled users', '- ~~half~~ struck', 'text'].filter(isOffItem)).toEqual([])
  expect(
    ['Status: disabled', '- **Status:** paused', '状态：已停用', 'Enabled: no'].filter((line) => !isOffLine(line)),
  ).toEqual([])
  expect(['Status: up', 'State: normal'].filter(isOffLine)).toEqual([])
})

test('lines that only say how to answer hold no work', () => {
  const rules = [
    'Reply HEARTBEAT_OK',
    'Always reply with `HEARTBEAT_OK`.',
    '- If nothing needs attention, reply HEARTBEAT_OK.',
    '没有事就回复 HEARTBEAT_OK',
    'Do nothing.',
    'Otherwise: NO_REPLY',
  ]
  expect(rules.filter((line) => !isReplyLine(line))).toEqual([])
  expect(
    ['Check mail. If nothing, reply HEARTBEAT_OK', 'Read the inbox', '检查邮件，没有就回复 HEARTBEAT_OK'].filter(
      isReplyLine,
    ),
  ).toEqual([])
})

test('what asks for nothing is empty, in every disguise', () => {
  const empty = [
    '',
    '\n\n',
    '# Heartbeat',
    '#',
    '## A\n## B (daily)',
    '<!-- a\n- task -->',
    '- [ ]\n- [ ] \n*\n1.',
    '```\n```',
    '---\n***',
    'HEARTBEAT_OK',
    '`HEARTBEAT_OK`.',
    '# H\n\nQuiet hours: 22:00-07:00',
    '> ',
    '\ufeff',
    '\0\0',
    '# Keep this file empty\n# check mail',
  ]
  expect(empty.filter((text) => !read(text).isEmpty)).toEqual([])
  expect(['- [ ] x', 'x', '## A\nb', '```\ncode\n```'].filter((text) => read(text).isEmpty)).toEqual([])
})

test('ids come from the title in any script, stay when the cadence changes, and are unique', () => {
  const give = idGiver()
  expect(['1. Über Größe!', '邮件 检查', '📧', '', '', 'a-2', 'a', 'a'].map((title) => give(null, title))).toEqual([
    'uber-große',
    '邮件-检查',
    'u1f4e7',
    'check',
    'check-2',
    'a-2',
    'a',
    'a-3',
  ])
  expect(give('Brief', 'Morning')).toBe('brief')
  expect(['every 2h', 'daily 08:00'].map((cadence) => read(`## Mail (${cadence})\n- x`).checks[0]?.id)).toEqual([
    'mail',
    'mail',
  ])
})

test('comment before line, line before bracket, bracket before name, own before parent', () => {
  const cadenceLine = (text: string) => read(text).checks.map((check) => [check.cadenceLine, check.cadence])
  expect(cadenceLine('## Weekly (daily)\nevery: 2h\n<!-- mcos: every=30m -->\nx')).toEqual([
    [3, {kind: 'every', fromMs: 1_800_000, toMs: 1_800_000}],
  ])
  expect(cadenceLine('## Weekly (daily)\nevery: 2h\nx')[0]?.[0]).toBe(2)
  expect(cadenceLine('## Weekly (daily)\nx')).toEqual([[1, {kind: 'daily', times: []}]])
  expect(cadenceLine('# H (hourly)\n## Mail\nx\n## Post (daily)\ny')).toEqual([
    [1, {kind: 'every', fromMs: 3_600_000, toMs: 3_600_000}],
    [4, {kind: 'daily', times: []}],
  ])
  expect(cadenceLine('## Mail\nx')).toEqual([[null, {kind: 'every-beat'}]])
})

test.each([
  ['every=30m', 'every 30m'],
  ['every=2h-4h', 'every 2h-4h'],
  ['every=hour', 'every 1h'],
  ['every=day at=08:00', 'daily 08:00'],
  ['at=8am', 'daily 08:00'],
  ['on=mon,thu at=10:00', 'weekly mon,thu 10:00'],
  ['on=weekdays at=9:00', 'weekly mon,tue,wed,thu,fri 09:00'],
  ['on=28 at=09:00', 'monthly 28 09:00'],
  ['on=last', 'monthly 31'],
  ['every=beat', 'every-beat'],
  ['every=heartbeat', 'every-beat'],
  ['every=weekly', 'weekly'],
  ['every="daily x3"', 'daily x3'],
  ['cron="0 9 * * 1-5"', 'cron "0 9 * * 1-5"'],
  // as the normal form shows it
  [`cron='"0 9 * * 1-5"'`, 'cron "0 9 * * 1-5"'],
])('<!-- mcos: %s --> is %s', async (attributes, expected) => {
  const {formatCadence} = await import('./format.js')
  const [check] = read(`## Work (monthly)\n<!-- mcos: ${attributes} -->\nx`).checks
  expect([check && formatCadence(check.cadence), check?.guess]).toEqual([expected, null])
})

test('a file of three megabytes is read at its beginning, and says so', () => {
  const {checks, warnings} = read(`## Mail (daily)\n- read it\n${'## Section\nwords\n'.repeat(190_000)}`)
  expect(checks[0]?.title).toBe('Mail')
  expect(checks.length).toBe(500)
  expect(warnings.map(({message}) => message).join()).toContain('only what stands above was read')
})

test.each([
  ['Quiet hours: 22:00-07:00 Europe/Berlin', '22:00', '07:00'],
  ['- **Quiet hours:** 11pm – 7am', '23:00', '07:00'],
  ['Active hours: 8am-11pm', '23:00', '08:00'],
  ['静默时间：23点-8点', '23:00', '08:00'],
  ['静音時間：23時〜7時', '23:00', '07:00'],
  ['Horário de silêncio: 22h-7h', '22:00', '07:00'],
  ['Horario silencioso: 23:00 a 08:00', '23:00', '08:00'],
  ['Ruhezeit: 22 bis 6 Uhr', '22:00', '06:00'],
  ['Heures calmes : 22h30-7h', '22:30', '07:00'],
  ['Stille uren: 22:00 - 07:00', '22:00', '07:00'],
  ['Tysta timmar: 23–07', '23:00', '07:00'],
  ['Тихие часы: 23:00–08:00', '23:00', '08:00'],
])('%s', (text, from, to) => {
  expect(readQuiet(text, {line: 3, place: 'anywhere'})).toMatchObject({from, to, line: 3})
})

test('hours without a label are not quiet', () => {
  expect(
    ['Meeting 22:00-23:00', 'Late night (23:00-08:00)', 'Working hours: 9-18', 'Quiet hours'].filter((text) =>
      readQuiet(text, {line: 1, place: 'anywhere'}),
    ),
  ).toEqual([])
  expect(read('## Market (hourly)\n- late night 23:00-08:00').quiet).toBeNull()
  expect(read('## Rules\n- Late night (23:00-08:00): stay silent').quiet).toMatchObject({
    from: '23:00',
    to: '08:00',
    line: 2,
  })
})

test('quiet hours span midnight in their own zone, the end not included', () => {
  const quiet = {from: '22:00', to: '07:00', zone: 'Europe/Berlin', line: 1}
  const at = (time: string) => isQuiet(quiet, Date.parse(`2026-06-01T${time}Z`), 'UTC')
  expect(['19:59', '20:00', '04:59', '05:00'].map(at)).toEqual([false, true, true, false])
  expect(isQuiet(null, 0, 'UTC')).toBe(false)
  expect(isQuiet({...quiet, from: '12:00', to: '13:00', zone: null}, Date.parse('2026-06-01T12:30Z'), 'UTC')).toBe(true)
})
