import {expect, test} from 'vitest'
import {parseProbe, readCalls} from './probe-calls.js'

const line = (text: string) => ({text, line: 7, isFenced: false})

test.each([
  ['inbox', 'inbox', ''],
  ['mail', 'mail', ''],
  ['mail work', 'mail', 'work'],
  ['tasks', 'tasks', ''],
  ['clock', 'clock', ''],
  ['http https://a.example/x?y=1', 'http', 'https://a.example/x?y=1'],
  ['http http://127.0.0.1:1/ expect 204 match all is well', 'http', 'http://127.0.0.1:1/ expect 204 match all is well'],
  ['run: npm test', 'run', 'npm test'],
  ['run:npm test', 'run', 'npm test'],
  ['files inbox/*.pdf', 'files', 'inbox/*.pdf'],
  ['files *', 'files', '*'],
  ['files "my docs/*.md"', 'files', 'my docs/*.md'],
  ['git .', 'git', '.'],
  ['git ..', 'git', '..'],
  ['git ../site', 'git', '../site'],
  ['git /srv/site', 'git', '/srv/site'],
  ['git ~/site', 'git', '~/site'],
  ['git repos/site', 'git', 'repos/site'],
  ['metric invoices.open > 0', 'metric', 'invoices.open > 0'],
  ['metric cpu>=90%', 'metric', 'cpu>=90%'],
  ['disk / < 90%', 'disk', '/ < 90%'],
])('`%s` is a probe', (span, word, args) => {
  expect(parseProbe(span, 7)).toEqual({word, args, text: span, line: 7, key: args ? `${word} ${args}` : word})
})

test.each([
  'git status',
  'git pull',
  'git log --oneline',
  'git -C ../site fetch',
  'git add -A && git commit',
  'git add/commit',
  'git',
  'inbox/new',
  'inbox now',
  'tasks.md',
  'tasks list',
  'mail -s hello ada',
  'mail two words',
  'files',
  'files and folders',
  'files list',
  'http',
  'http 200',
  'http app.example.com/health',
  'http ftp://a.example/',
  'run',
  'run:',
  'run npm test',
  'Run: npm test',
  'disk usage',
  'disk / > lots',
  'metric',
  'metric open invoices',
  'clockwork',
  'constructor',
  '__proto__ x',
])('`%s` is prose', (span) => {
  expect(parseProbe(span, 7)).toBeNull()
})

test('spans are found by equal runs of backticks, each call once, fences never', () => {
  const {probes, recover, warnings} = readCalls([
    line('`inbox` and ``clock`` and `inbox` again, `unclosed ``tasks`'),
    {...line('`mail`'), isFenced: true},
    line('`recover: systemctl restart app`, `recover: other`, `disk / <`'),
  ])
  expect(probes.map(({key}) => key)).toEqual(['inbox', 'clock'])
  expect(recover).toEqual({text: 'systemctl restart app', line: 7})
  expect(warnings).toHaveLength(2)
})
