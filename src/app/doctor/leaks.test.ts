import {chmodSync} from 'node:fs'
import {expect, test} from 'vitest'
import {openScene} from '../../../testing/heartbeat-scene.js'
import {LEAK_CHECKUPS} from './leaks.js'

/** Put together at run time, so that no scanner takes this file for a leak. */
const TOKEN = `ghp_${'a1B2'.repeat(9)}`
const OWN = 'Tq7-vX2m/K9pLw4zRb8n'

async function troublesOf(scene: ReturnType<typeof openScene>): Promise<Record<string, string[]>> {
  const fleet = await scene.open()
  const all = await Promise.all(
    LEAK_CHECKUPS.map(async ({id, examine}) => [id, (await examine(fleet)).troubles] as const),
  )
  return Object.fromEntries(
    all.map(([id, troubles]) => [id, troubles.map(({status, detail}) => `${status} ${detail}`)]),
  )
}

test('what is committed now and what only the history has are told apart, each with its place and never its value', async () => {
  const scene = openScene({env: {DONNA_KEY: OWN}})
  scene.write('workspaces/donna/a.md', `x\n${TOKEN}\n`)
  scene.write('workspaces/donna/b.md', `${Buffer.from(OWN).toString('hex')}\n`)
  scene.commitAll()
  const commit = scene.git('rev-parse', '--short=10', 'HEAD').trim()
  expect(await troublesOf(scene)).toMatchObject({
    leaks: [expect.stringMatching(/^fail workspaces\/donna\/a\.md:2 looks like a secret \(GitHub token\)/)],
    'leaks-history': [expect.stringMatching(/^warn workspaces\/donna\/b\.md:1 of commit .* \(env:DONNA_KEY\)/)],
  })
  scene.write('workspaces/donna/a.md', 'clean\n')
  scene.write('workspaces/donna/b.md', 'clean\n')
  scene.commitAll()
  const troubles = await troublesOf(scene)
  expect(troubles['leaks']).toEqual([])
  expect(troubles['leaks-history']?.sort()).toEqual([
    `warn workspaces/donna/a.md:2 of commit ${commit} looks like a secret (GitHub token): revoke it where it was given out`,
    `warn workspaces/donna/b.md:1 of commit ${commit} looks like a secret (env:DONNA_KEY): revoke it where it was given out`,
  ])
  expect(JSON.stringify(troubles)).not.toContain(TOKEN)
})

test('a file of a secret in the repository is told unless git ignores it', async () => {
  const scene = openScene()
  const engine = (name: string, file: string) =>
    `  ${name}: { kind: openai, base_url: "http://127.0.0.1:9", model: m, key: "file:${scene.dir}/${file}" }\n`
  scene.write('mcos.yaml', `version: 1\nname: n\nengines:\n${engine('a', 'key')}${engine('b', '.mcos/key')}`)
  for (const file of ['key', '.mcos/key']) {
    scene.write(file, OWN)
    chmodSync(`${scene.dir}/${file}`, 0o600)
  }
  const {'secret-files': found} = await troublesOf(scene)
  expect(found).toEqual([
    expect.stringMatching(/^fail mcos\.yaml engines\.a\.key: .*\/key is in a repository, and not ignored$/),
  ])
})
