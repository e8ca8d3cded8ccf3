import {chmodSync, mkdirSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {accountWord, seenMail} from '../../testing/mail-records.js'
import {openMailScene} from '../../testing/mail-scene.js'
import {ACCOUNT_CHECKUPS} from './checkups.js'
import {inspectLedgers} from './inspect-ledgers.js'

const ACCOUNTS = {
  work: 'kind: maildir, path: Mail, agent: donna',
  gone: 'kind: maildir, path: Mail, agent: nadia',
  home: 'kind: imap, host: imap.example, user: ada, password: env:HOME_MAIL, agent: donna',
}

test('an account that fails, that nobody looks after or that was forgotten is told with what helps', async () => {
  const scene = openMailScene({accounts: ACCOUNTS})
  const failure = {
    ...{kind: 'credentials', message: 'imap.example refuses the password of ada', fix: 'mcos secrets set HOME_MAIL'},
    ...{since: '2026-11-21T07:00:00.000Z', notBefore: null, refused: 'x'},
  }
  mkdirSync(join(scene.dir, 'Mail'), {recursive: true})
  scene.write('.mcos/mail/home.json', JSON.stringify({cursor: null, checked: null, fresh: 0, failure}))
  scene.write('.mcos/mail/work.json', '{')
  const [accounts] = ACCOUNT_CHECKUPS
  const {seen, troubles} = (await accounts?.examine(await scene.open())) ?? {seen: '', troubles: []}
  expect(seen).toBe('3 accounts')
  expect(troubles).toMatchObject([
    {status: 'warn', fix: 'mcos email triage work'},
    {status: 'fail', detail: 'mail account gone is for nadia to look after, and there is no such agent'},
    {
      status: 'warn',
      detail: "mail account home can't be read since 2026-11-21 07:00: imap.example refuses the password of ada",
      fix: 'mcos secrets set HOME_MAIL',
    },
  ])
})

test('a login that others can read is closed again', async () => {
  const scene = openMailScene({accounts: ACCOUNTS})
  const logins = ACCOUNT_CHECKUPS[1]
  scene.write('.mcos/mail/tokens/work.json', '{}')
  chmodSync(join(scene.dir, '.mcos/mail/tokens/work.json'), 0o644)
  const fleet = await scene.open()
  expect((await logins?.examine(fleet))?.troubles).toMatchObject([
    {status: 'fail', fix: 'chmod 600 .mcos/mail/tokens/work.json', fixable: true},
  ])
  expect(await logins?.repair?.(fleet)).toMatchObject([
    {local: [{kind: 'chmod', path: '.mcos/mail/tokens/work.json', mode: 0o600}]},
  ])
  chmodSync(join(scene.dir, '.mcos/mail/tokens/work.json'), 0o600)
  expect((await logins?.examine(fleet))?.troubles).toEqual([])
})

test('every line of the ledgers and every memory of an account is read, and what is none is named', async () => {
  const day = 'workspaces/donna/mail/2026-11-21.jsonl'
  const scene = openMailScene({accounts: ACCOUNTS, ledger: {'2026-11-21': [seenMail('a'), accountWord('first')]}})
  scene.write(day, `${scene.read(day)}{"kind":"mail"}\n{"kind`)
  scene.write('.mcos/mail/work.json', '[]')
  expect(inspectLedgers(await scene.open())).toMatchObject({
    files: 2,
    problems: [
      {file: day, line: 3, code: 'UNREADABLE'},
      {file: day, line: 4, code: 'UNREADABLE', message: expect.stringContaining('expected one line of JSON')},
      {file: '.mcos/mail/work.json', line: null, fix: 'mcos email triage work'},
    ],
  })
})
