'use strict'
// Starts one program at a time and says how long it took: a line of JSON in, a line of JSON out. A process of its own
// and a small one, because starting a program from a large process costs several milliseconds more.
const {spawnSync} = require('node:child_process')
const {createInterface} = require('node:readline')

createInterface({input: process.stdin}).on('line', (line) => {
  const {argv, cwd, env, input} = JSON.parse(line)
  const [program, ...args] = argv
  const begun = process.hrtime.bigint()
  const {status, stdout, stderr, error} = spawnSync(program, args, {cwd, env, input})
  const ms = Number(process.hrtime.bigint() - begun) / 1e6
  const said = error ? String(error) : `${stdout}${stderr}`
  process.stdout.write(`${JSON.stringify({ms, code: status, said})}\n`)
})
