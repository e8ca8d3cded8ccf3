import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, inject, test} from 'vitest'
import {makeManifest} from './manifest.js'

const root = fileURLToPath(new URL('..', import.meta.url))

test('oclif.manifest.json says what the commands say', async () => {
  expect(inject('buildFailure')).toBeNull()
  const written = readFileSync(join(root, 'oclif.manifest.json'), 'utf8')
  expect(JSON.parse(await makeManifest(root))).toEqual(JSON.parse(written))
})
