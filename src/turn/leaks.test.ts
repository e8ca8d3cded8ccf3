import {execFileSync} from 'node:child_process'
import {chmodSync, readdirSync, readFileSync, statSync} from 'node:fs'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'
import {openJudge} from '../../testing/judge.js'
import {dice} from '../../torture/dice.js'
import {readSecret} from '../workspace/read-secret.js'

const chance = dice(20261121)
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789'
const random = (length: number, from = LETTERS): string => Array.from({length}, () => chance.pick([...from])).join('')

/** Put together at run time, so that no scanner takes this file for a leak. */
const VENDORS: readonly (() => string)[] = [
  () => `sk-ant-api03-${random(60)}`,
  () => `sk-proj-${random(48)}`,
  () => `ghp_${random(36)}`,
  () => `glpat-${random(20)}`,
  () => `xoxb-${random(12, '0123456789')}-${random(24)}`,
  () => `AKIA${random(16, 'ABCDEFGHJKLMNPQRSTUVWXYZ234567')}`,
  () => `AIza${random(35)}`,
  () => `sk_live_${random(24)}`,
  () => `npm_${random(36)}`,
  () => `eyJ${random(30)}.eyJ${random(60)}.${random(40)}`,
]
/** Of a vendor's token nobody knows the value, so only spellings that can be read back are looked into. */
const PLAIN_FORMS: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => `Authorization: Bearer ${secret}`,
  (secret) => JSON.stringify({secret}),
  (secret) => Buffer.from(`user:${secret}`).toString('base64'),
  (secret) => Buffer.from(secret).toString('base64url'),
  (secret) => Buffer.from(secret).toString('hex'),
  (secret) => `https://x.example/?q=${encodeURIComponent(secret)}&page=1`,
]
const OWN_FORMS: readonly ((secret: string) => string)[] = [
  ...PLAIN_FORMS,
  (secret) => [...secret].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join(''),
  (secret) => encodeURIComponent(encodeURIComponent(secret)),
  (secret) => JSON.stringify(JSON.stringify(secret)),
  (secret) => (Buffer.from(secret).toString('hex').match(/../g) ?? []).join(' '),
  (secret) => [...secret].map((letter) => `&#${letter.charCodeAt(0)};`).join(''),
  (secret) => [...secret].reverse().join(''),
]

interface Planted {
  readonly secret: string
  readonly said: string
}

function plant(make: () => string, forms: typeof OWN_FORMS, count: number): Planted[] {
  return Array.from({length: count}, (_, at) => {
    const secret = make()
    return {secret, said: forms[at % forms.length]?.(secret) ?? secret}
  })
}

const OWN = 'workspaces/donna'

test('of 200 secrets, in ordinary and encoded form, none is kept in a transcript, a receipt, a log or a commit', async () => {
  const odd = () => `${random(6)}/+${random(8)}!${random(6)}`
  const fromEnv = plant(odd, OWN_FORMS, 40)
  const fromFile = plant(odd, OWN_FORMS, 20)
  const fromProgram = plant(() => random(24), OWN_FORMS, 20)
  const vendors = VENDORS.flatMap((make) => plant(make, PLAIN_FORMS, 12))
  const all = [...fromEnv, ...fromFile, ...fromProgram, ...vendors]
  expect(all).toHaveLength(200)

  const page = createServer((_, response) => {
    response.setHeader(
      'x-token',
      part(4)
        .map(({secret}) => encodeURIComponent(secret))
        .join(','),
    )
    response.end(
      part(4)
        .map(({said}) => said)
        .join('\n'),
    )
  })
  await new Promise<void>((ready) => page.listen(0, '127.0.0.1', ready))
  onTestFinished(() => void page.close())
  const {port} = page.address() as AddressInfo
  const part = (index: number) => all.filter((_, at) => at % 8 === index)

  const refs = [
    ...fromEnv.map((_, at) => `env:OWN_${at}`),
    ...fromFile.map((_, at) => `file:SECRETS/${at}`),
    ...fromProgram.map(({secret}) => `command:printf %s ${secret}`),
  ]
  const scene = openScene({env: Object.fromEntries(fromEnv.map(({secret}, at) => [`OWN_${at}`, secret]))})
  fromFile.forEach(({secret}, at) => {
    scene.write(`.mcos/secret-${at}`, `${secret}\n`)
    chmodSync(`${scene.dir}/.mcos/secret-${at}`, 0o600)
  })
  const engines = refs.map((ref, at) => {
    const [, number] = /SECRETS\/(\d+)/.exec(ref) ?? []
    const key = number === undefined ? ref : `file:${scene.dir}/.mcos/secret-${number}`
    return `  e${at}: { kind: openai, base_url: "http://127.0.0.1:9", model: m, key: ${JSON.stringify(key)} }\n`
  })
  scene.write('.gitignore', '.mcos/\nmcos.yaml\n')
  scene.write('mcos.yaml', `version: 1\nname: northwind\nengines:\n${engines.join('')}`)
  scene.write(
    `${OWN}/SOUL.md`,
    `---\ncontract:\n  reads: ["**"]\n  writes: [${OWN}/**]\n  hosts: ["127.0.0.1:${port}"]\n  may: [message]\n---\n# Donna\n`,
  )
  scene.write(
    `${OWN}/notes.txt`,
    part(5)
      .map(({said}) => said)
      .join('\n'),
  )
  scene.write(
    `${OWN}/HEARTBEAT.md`,
    `## Every heartbeat\nLook at:\n${part(6)
      .map(({said}) => said)
      .join('\n')}\n`,
  )
  scene.git('rm', '-q', '--cached', 'mcos.yaml')
  scene.write('.gitignore', `.mcos/\nmcos.yaml\n`)
  scene.git('add', '-A')
  scene.git('commit', '-qm', 'Begin')
  const begin = scene.git('rev-parse', 'HEAD').trim()
  const fleet = await scene.open()
  for (const {key} of Object.values(fleet.home.config.engines))
    if (key?.source === 'command') readSecret(key, fleet.env)

  const call = (tool: string, input: Record<string, unknown>) => ({id: '', tool, input})
  const words = (index: number) => part(index).map(({said}) => said)
  const down = openJudge('claude', [{reason: 'unauthorized', detail: words(7).join(' ')}])
  const talker = openJudge('local', [
    {
      text: words(0).join('\n'),
      note: words(0).join(' '),
      session: words(0)[0] ?? '',
      native: {header: words(0)},
      calls: [
        ...words(1)
          .slice(0, 12)
          .map((text) => call('log', {text})),
        ...words(2)
          .slice(0, 12)
          .map((content, at) => call('write', {path: `${OWN}/w${at}.md`, content})),
        call('workstate', {fact: words(3).join(' '), goal: words(3)[0]}),
        call('read', {path: `${OWN}/notes.txt`}),
        call('search', {text: 'a'}),
        call('http_get', {url: `http://127.0.0.1:${port}/`}),
        call(words(3)[1] ?? '', {[words(3)[2] ?? '']: words(3)[3]}),
      ],
    },
    {text: `Done.\n${words(3).join('\n')}`, end: 'length'},
  ])
  await scene.beat(['donna'], {engines: [down, talker]})

  const kept = [
    ...filesBelow(join(scene.dir, '.mcos')).filter((file) => !/\/(?:keys|cache|secret-\d+)/.test(file)),
    ...filesBelow(join(scene.dir, OWN)).filter((file) => !/notes\.txt$|HEARTBEAT\.md$/.test(file)),
  ].map((file) => [file, readFileSync(file, 'latin1')] as const)
  const commits = execFileSync('git', ['log', '-p', '--format=%B%an%ae', `${begin}..HEAD`], {
    cwd: scene.dir,
    encoding: 'utf8',
  })
  expect(kept.some(([file]) => file.includes('/transcripts/'))).toBe(true)
  expect(commits).toContain('Done.')
  const leaks = [...kept, ['commits', commits] as const].flatMap(([file, text]) =>
    all.flatMap(({secret, said}) => {
      const inner = JSON.stringify(said).slice(1, -1)
      return [secret, said, inner].some((form) => text.includes(form))
        ? [`${file.slice(-50)}: ${said.slice(0, 60)}`]
        : []
    }),
  )
  expect(leaks).toEqual([])
})

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesBelow(path) : [path]
  })
}
