import {execFileSync, spawnSync} from 'node:child_process'
import {mkdirSync, readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {doctorScene} from '../../../testing/doctor-scene.js'

/** Ends a quoted word, and has a shell make a file where it is read outside of one. */
const HOSTILE = "it'$(touch pwned)`touch pwned`;touch pwned;'"

test('a command that is printed for a name an agent has chosen runs nothing of that name', async () => {
  const scene = await doctorScene()
  const donna = join(scene.dir, 'workspaces/donna')
  const hostile = join(donna, HOSTILE)
  mkdirSync(hostile)
  execFileSync('git', ['init', '-q', hostile])
  execFileSync('mkfifo', [join(donna, `${HOSTILE}.pipe`)])
  writeFileSync(join(donna, `${HOSTILE}.bin`), Buffer.alloc(11 * 1024 * 1024))
  writeFileSync(join(donna, `${HOSTILE}.service`), '[Service]\nExecStart=true\n')
  writeFileSync(join(donna, `SOUL ${HOSTILE} (conflicted copy).md`), 'a copy')
  writeFileSync(join(donna, `${HOSTILE}?`), 'a name that Windows can not hold')
  const {checks} = await scene.doctor()
  const fixes = checks.flatMap(({findings}) => findings.flatMap(({fix}) => (fix?.includes('pwned') ? [fix] : [])))
  expect(fixes.length).toBeGreaterThanOrEqual(6)
  for (const fix of fixes) spawnSync('sh', ['-c', fix], {cwd: scene.dir, env: {...process.env, EDITOR: 'true'}})
  expect(readdirSync(scene.dir, {recursive: true}).filter((name) => /(?:^|\/)pwned$/.test(String(name)))).toEqual([])
})
