import {existsSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {countFailed} from './at-once.js'
import {tempFolder} from './temp-folder.js'

test('every line of arguments is run once, not more at a time than was said, and who fails is counted', async () => {
  const dir = tempFolder()
  const program = join(dir, 'program.mjs')
  const text = `import {existsSync, readdirSync, rmSync, writeFileSync} from 'node:fs'
const [code, name] = process.argv.slice(2)
const running = '${dir}/running.' + name
writeFileSync(running, '')
if (readdirSync('${dir}').filter((one) => one.startsWith('running.')).length > 2) writeFileSync('${dir}/too-many', '')
writeFileSync('${dir}/' + name, code)
rmSync(running)
process.exitCode = Number(code)`
  writeFileSync(program, text)
  const lines = [
    ['0', 'a'],
    ['1', 'b'],
    ['0', 'c'],
    ['7', 'd'],
  ]
  expect(await countFailed(program, lines, 2)).toBe(2)
  for (const [, name = ''] of lines) expect(existsSync(join(dir, name))).toBe(true)
  expect(existsSync(join(dir, 'too-many'))).toBe(false)
})
