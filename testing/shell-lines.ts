import {spawnSync} from 'node:child_process'
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {join} from 'node:path'
import type {ShellReading} from '../src/guard/shell/read-shell.js'

/** Numbers from 0 up to but not including 1, the same ones for the same seed. */
export type Chance = () => number

/** Mulberry32: small, and good enough to pick words with. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const NAMES = [
  'a.txt',
  'b.txt',
  'c.md',
  'new.txt',
  'sub',
  'sub/d.txt',
  'sub/deep/e.txt',
  'other',
  'fresh/f.txt',
  '-x',
  'link',
  'sp ace',
  'dir link',
  './a.txt',
  'sub/../b.txt',
  'dlink/d.txt',
  "it's",
  '$x',
]

/** A command line over programs that the guard knows, with every way of writing it down that comes to mind. */
export function randomLine(chance: Chance, depth = 0): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)] as T
  const line = () => randomLine(chance, depth + 1)
  if (depth < 3 && chance() < 0.45) {
    return pick([
      () => `${line()}; ${line()}`,
      () => `${line()} && ${line()}`,
      () => `${line()} || ${line()}`,
      () => `${line()} | ${line()}`,
      () => `${line()}\n${line()}`,
      () => `(${line()})`,
      () => `{ ${line()}; }`,
      () => `if ${line()}; then ${line()}; else ${line()}; fi`,
      () => `for i in 1 2; do ${line()}; done`,
      () => `while ${line()}; do ${line()}; break; done`,
      () => `echo $(${line()})`,
      () => `echo "x $(${line()}) y"`,
      () => `echo \`${line().replaceAll(/[\\`$]/g, '\\$&')}\``,
      () => `bash -c ${quoted(line())}`,
      () => `sh -c ${quoted(line())}`,
      () => `! ${line()}`,
      () => `${line()} &\nwait`,
      () => `timeout 5 ${line()}`,
      () => `${line()} # ${line().replaceAll('\n', ' ')}`,
      () => `cat <<EOF ${spelled()}\n$(${line()})\nEOF`,
      () => `bash <<'EOF'\n${line()}\nEOF`,
      () => `env ${line()}`,
      () => `printf %s ${quoted(line())} | bash`,
      () => `eval ${quoted(line())}`,
      () => `X=${pick(NAMES).replaceAll(/[ '$]/g, '')} && ${line()} "$X"`,
      () => `cd ${spelled()} && ${line()}`,
      () => `cd ${spelled()}; ${line()}`,
      () => `command ${line()}`,
      () => `find . -name '*.txt' -exec ${line()} {} \\;`,
      () => `ls | xargs ${line()}`,
    ])()
  }
  const command = simple()
  return chance() < 0.35 ? `${command} ${redirect()}` : command

  function simple(): string {
    const [f, g] = [spelled(), spelled()]
    return pick([
      () => `cat ${f} ${g}`,
      () => `cat > ${f} <<'EOF'\nbody of ${g}\nEOF`,
      () => `cat <<-EOF >> ${f}\n\tbody\n\tEOF`,
      () => `echo ${f} ${g}`,
      () => `printf '%s\\n' ${f}`,
      () => `touch ${f} ${g}`,
      () => `rm ${option(['-f', '-r', '-rf', '--recursive', '-v'])} ${f}`,
      () => `rm -rf ${f} ${g}`,
      () => `rmdir ${option(['-p'])} ${f}`,
      () => `mkdir ${option(['-p', '-pv', '-m 700'])} ${f}`,
      () => `cp ${option(['-r', '-a', '-t', '-n', '-f', '-l', '-s', '-P'])} ${f} ${g}`,
      () => `mv ${option(['-f', '-n', '-t', '-T'])} ${f} ${g}`,
      () => `ln ${option(['-s', '-sf', '-f', '-sr'])} ${f} ${g}`,
      () => `ln -s ${f}`,
      () => `tee ${option(['-a'])} ${f} ${g} < ${spelled()}`,
      () => `truncate -s 0 ${f}`,
      () => `chmod ${option(['-R'])} ${pick(['600', 'u+x', 'a-w', '-w'])} ${f}`,
      () => `sed -i${pick(['', '.bak', ' -e'])} 's/${pick(['a', 'x', '.'])}/b/${pick(['', 'g', 'w out'])}' ${f}`,
      () => `sed -n ${pick(['1p', "'1w stolen'", "'/x/,$p'", "'s/a/b/;p'"])} ${f}`,
      () => `awk ${pick(["'{print $1}'", '\'{print > "awked"}\'', '\'BEGIN{system("touch sys")}\''])} ${f}`,
      () => `sort ${option(['-u', '-r', '-o sorted', '-uosorted', '--output=sorted', '--outp sorted'])} ${f}`,
      () => `uniq ${f} ${g}`,
      () => `dd if=${f} of=${g} status=none`,
      () => `install ${option(['-m 600', '-d', '-D'])} ${f} ${g}`,
      () =>
        `find ${pick(['.', 'sub', f])} ${pick(['-delete', '-name x', '-type f -exec rm {} +', '-fprint found', '-exec touch {}.new \\;'])}`,
      () => `tar cf ${f} ${g}`,
      () => `tar xf ${f}`,
      () => `gzip ${option(['-k', '-c', '-f'])} ${f}`,
      () => `cp ${pick(['*.txt', 'sub/*', '{a,b}.txt'])} ${g}`,
      () => `rm ${pick(['*.txt', '{a,b}.txt', '[ab].txt', '?.md'])}`,
      () => `grep ${option(['-r', '-n', '-f'])} body ${f}`,
      () => `head -n 2 ${f}`,
      () => `split -l 1 ${f}`,
      () => `patch ${f} <<'EOF'\n--- a.txt\n+++ a.txt\n@@ -1 +1 @@\n-alpha\n+changed\nEOF`,
      () => `: > ${f}`,
      () => `test -e ${f}`,
      () => `[ -d ${f} ]`,
      () => `[[ -f ${f} ]]`,
      () => `exec 3> ${f}`,
      () => `read -r x < ${f}`,
      () => `shred -u ${f}`,
      () => 'pwd',
      () => 'true',
      () => 'false',
    ])()
  }

  function option(options: readonly string[]): string {
    return chance() < 0.5 ? '' : pick(options)
  }

  function redirect(): string {
    const f = spelled()
    return pick([
      `> ${f}`,
      `>${f}`,
      `>> ${f}`,
      `>| ${f}`,
      `2> ${f}`,
      `&> ${f}`,
      `< ${f}`,
      `<> ${f}`,
      `>& ${f}`,
      '2>&1',
      '2>/dev/null',
      `<<< ${f}`,
      `2>&1 > ${f}`,
      `{fd}> ${f}`,
    ])
  }

  function spelled(): string {
    const name = pick(NAMES)
    return pick([
      () => quoted(name),
      () => JSON.stringify(name).replaceAll('$', '\\$'),
      () => name.replaceAll(/[^\w./-]/g, '\\$&'),
      () => `${quoted(name.slice(0, 2))}${quoted(name.slice(2))}`,
      () => `$'${[...name].map((letter) => `\\x${letter.charCodeAt(0).toString(16)}`).join('')}'`,
      () => `"$PWD"/${quoted(name)}`,
      () => `$(echo ${quoted(name)})`,
      () => quoted(name).replace('.', '\\\n.'),
      () => `./${quoted(name)}`,
    ])()
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

/** Lays the files out that the lines above speak of. */
function layFiles(dir: string): void {
  rmSync(dir, {recursive: true, force: true})
  mkdirSync(join(dir, 'sub/deep'), {recursive: true})
  mkdirSync(join(dir, 'other'))
  for (const [name, text] of [
    ['a.txt', 'alpha\nx\n'],
    ['b.txt', 'beta\n'],
    ['c.md', 'c\nc\n'],
    ['sp ace', 'space\n'],
    ['sub/d.txt', 'delta\n'],
    ['sub/deep/e.txt', 'epsilon\n'],
    ['other/x.txt', 'xi\n'],
  ] as const)
    writeFileSync(join(dir, name), text)
  symlinkSync('b.txt', join(dir, 'link'))
  symlinkSync('sub', join(dir, 'dlink'))
}

/** What lies below a folder: paths with what tells a change. */
function snapshot(dir: string, below = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const {name} of readdirSync(join(dir, below), {withFileTypes: true})) {
    const path = below === '' ? name : `${below}/${name}`
    const facts = lstatSync(join(dir, path))
    const content = facts.isSymbolicLink()
      ? readlinkSync(join(dir, path))
      : facts.isFile()
        ? readable(join(dir, path), facts.mode)
        : ''
    found.set(path, `${facts.mode} ${content}`)
    if (facts.isDirectory()) for (const [inner, value] of snapshot(dir, path)) found.set(inner, value)
  }
  return found
}

function readable(path: string, mode: number): string {
  return (mode & 0o400) === 0 && process.getuid?.() !== 0 ? '' : readFileSync(path, 'latin1')
}

/** Runs a line for real, and tells which files it has changed that the reading has not named; [] is as it must be. */
export function surprises(line: string, reading: ShellReading, dir: string): string[] {
  if (reading.kind === 'unclear' || reading.actions.some(({verb}) => verb === 'run')) return []
  layFiles(dir)
  const before = snapshot(dir)
  // A file that is read and added to at the same time never ends, and outlives the bash that has begun it.
  spawnSync('sh', ['-c', 'ulimit -f 1000 -t 2; exec bash -c "$1"', 'sh', line], {
    cwd: dir,
    env: {PATH: '/usr/bin:/bin', HOME: dir},
    timeout: 5_000,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'ignore', 'ignore'],
  })
  const after = snapshot(dir)
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) => before.get(path) !== after.get(path),
  )
  const named = reading.actions.flatMap(({verb, target}) => {
    const path = resolved(dir, target)
    return verb === 'delete'
      ? [path]
      : verb === 'write'
        ? [path, ...(path.replace(/\/$/, '') === 'link' ? ['b.txt'] : [])]
        : []
  })
  return changed.filter(
    (path) => !named.some((target) => covers(target, path) || isNewFolder(path, target, before, after)),
  )
}

/** A folder that was made on the way to a file. */
function isNewFolder(path: string, target: string, before: Map<string, string>, after: Map<string, string>): boolean {
  return target.startsWith(`${path}/`) && !before.has(path) && [...after.keys()].some((made) => made === path)
}

function covers(target: string, path: string): boolean {
  if (target.endsWith('/')) return target === '/' || path === target.slice(0, -1) || path.startsWith(target)
  // Who takes a folder away or somewhere else takes along what is in it; the host's hook sees that it is one.
  return target === path || path.startsWith(`${target}/`)
}

/** As the hook does it: links that were there before the line are followed, `..` behind them. */
function resolved(dir: string, target: string): string {
  const parts: string[] = []
  for (const part of target.slice(dir.length + 1).split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
    if (parts.join('/') === 'dlink') parts[0] = 'sub'
  }
  return `${parts.join('/')}${target.endsWith('/') ? '/' : ''}`
}
