import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {cpuTime} from '../../../testing/cpu-time.js'
import {testNeeding} from '../../../testing/needs.js'
import {chanceOf, randomLine, surprises} from '../../../testing/shell-lines.js'
import {splitCommand} from '../../kit/command-line.js'
import {formatCommand} from './format-command.js'
import {readShell} from './read-shell.js'

const PLACE = {cwd: '/h/own', userHome: '/u'}

/** `verb path` each, paths below /h/own without that; or why it is unclear. */
function read(line: string): string {
  const reading = readShell(line, PLACE)
  if (reading.kind === 'unclear') return `unclear: ${reading.why}`
  return reading.actions
    .map(({verb, target}) => `${verb} ${target.replace(/^\/h\/own\/(?:\.\/)?/, '') || './'}`)
    .join(', ')
}

describe('what is named', () => {
  test.each([
    ['ls', 'read /h/own'],
    ['cat a.md b.md', 'read a.md, read b.md'],
    ['echo hi', ''],
    ['echo hi > a.md', 'write a.md'],
    ['echo hi >a.md', 'write a.md'],
    ['>a.md', 'write a.md'],
    ['echo hi >> a.md 2>&1', 'write a.md'],
    ['npm test 2>/dev/null', 'run npm test'],
    ['npm test &> log.txt', 'write log.txt, run npm test'],
    ['echo hi >| a.md', 'write a.md'],
    ['echo hi 3<> a.md', 'read a.md, write a.md'],
    ['s""ed -i s/a/b/ a.md', 'write a.md'],
    ["se'd' -i.bak s/a/b/ a.md", 'write a.md, write a.md.bak'],
    ['\\rm a.md', 'delete a.md'],
    ['/bin/rm a.md', 'delete a.md'],
    ["$'\\x72m' a.md", 'delete a.md'],
    ['r\\\nm a.md', 'delete a.md'],
    ['rm -r build', 'delete build/'],
    ['rm build -fr', 'delete build/'],
    ['rm --recurs build', "unclear: what rm does with --recurs isn't known here"],
    ['rm -rf ../bob', 'delete ../bob/'],
    ['rm a.md # not b.md', 'delete a.md'],
    ['echo a#b > c', 'write c'],
    ['mkdir -p src/{one,two}', 'write src, write src/one, write src/two'],
    ["mkdir 'src/{one,two}'", 'write src/{one,two}'],
    ['mv a.md b/', 'delete a.md, write b/a.md'],
    ['cp a.md b.md', 'read a.md, write b.md, write b.md/a.md'],
    ['ln -s ../bob/MEMORY.md m', 'write ../bob/MEMORY.md, write m/../bob/MEMORY.md, write m, write m/MEMORY.md'],
    ['dd if=a of=b bs=1', 'read a, write b'],
    ['sort -uo out a', 'write out, read a'],
    ['sort --outp=out a', 'write out, read a'],
    ['uniq a b', 'read a, write b'],
    ['find . -name "*.tmp" -delete', 'read **, delete ./'],
    ['find src -type f -exec rm {} +', 'read src/**, delete src/'],
    ['find src -exec rm {} ../bob/x \\;', 'read src/**, delete src/, delete ../bob/x/'],
    ['find . -fprint out', 'read **, write out'],
    ['grep -rn foo src', 'read src/'],
    ['rg foo', 'read **'],
    ['cat src/*.ts', 'read src/'],
    ['tar xzf a.tgz -C out', 'read a.tgz, write out/'],
    ['cd src && rm a; touch b', 'delete src/a, write src/b, write b'],
    ['(cd src; touch a); touch b', 'write src/a, write a, write b'],
    ['cd src || touch b', 'write b'],
    ['cd .. && cat bob/MEMORY.md', 'read /h/bob/MEMORY.md'],
    ['cat ~/.ssh/id_rsa', 'read /u/.ssh/id_rsa'],
    ['cat "$HOME/x"', 'read /u/x'],
    ['if [ -f a ]; then rm a; else touch a; fi', 'delete a, write a'],
    ['for i in 1 2; do touch a; done', 'write a'],
    ['[[ -f a && ! -f b ]] && touch c', 'write c'],
    ['true && { touch a; touch b; }', 'write a, write b'],
    ['echo $(touch a)', 'write a'],
    ['echo "`touch a`"', 'write a'],
    ["echo '$(touch a)'", ''],
    ['echo "a$(echo "b$(touch c)")"', 'write c'],
    ['cat <<EOF\n$(touch a)\nEOF', 'write a'],
    ["cat <<'EOF'\n$(touch a)\nEOF", ''],
    ["cat <<'EOF' > a\nb\nEOF\ntouch c", 'write a, write c'],
    ['bash -c "echo x > a"', 'write a'],
    ['bash -lc \'sh -c "touch a"\'', 'write a'],
    ["bash <<'EOF'\ntouch a\nEOF", 'write a'],
    ['sudo rm a', 'run sudo rm a, delete a'],
    ['timeout -k 5 10 nice -n 5 rm a', 'delete a'],
    ['env -i rm a', 'delete a'],
    ['command rm a', 'delete a'],
    ['busybox rm a', 'delete a'],
    ['env', 'read /proc/self/environ'],
    ['printenv GITHUB_TOKEN', 'read /proc/self/environ'],
    ['export -p', 'read /proc/self/environ'],
    ['cat .env', 'read .env'],
    ['git status --short', 'run git status --short'],
    ['git push --force origin main', 'run git push --force origin main, git.push refs/heads/main'],
    [
      'git push origin HEAD:refs/heads/x +a:b',
      'run git push origin HEAD:refs/heads/x +a:b, git.push refs/heads/x, git.push refs/heads/b',
    ],
    ['git push origin :old', 'run git push origin :old, git.push refs/heads/old'],
    ['git rm -r src', 'run git rm -r src, delete src/'],
    ['git checkout -- a.md', 'run git checkout -- a.md, write a.md, write a.md/'],
    ['git reset --hard', 'run git reset --hard, write **'],
    ['curl -sSL https://a.example/x', 'fetch a.example'],
    ['curl -d @f https://a.example:8443/x', 'read f, fetch a.example:8443, http.post a.example:8443'],
    ['curl -so out a.example', 'write out, fetch a.example'],
    ['curl -XDELETE https://a.example', 'fetch a.example, http.post a.example'],
    ['wget https://a.example/x.tgz', 'fetch a.example, write x.tgz'],
    ['./rm a', 'run ./rm a'],
    ["python -c \"open('x','w')\"", "run python -c 'open('\\''x'\\'','\\''w'\\'')'"],
    ['node -e "x" > a', 'write a, run node -e x'],
    ['cd src && npm test', 'read src, run npm test'],
    ['perl -pi -e s/a/b/ a.md', 'run perl -pi -e s/a/b/ a.md, write a.md'],
    [
      'apply_patch <<EOF\n*** Begin Patch\n*** Add File: a.md\n+x\n*** Delete File: b.md\n*** End Patch\nEOF',
      'write a.md, delete b.md',
    ],
    ['NODE_ENV=test npm test', 'run npm test'],
    ['ls \u00a0', 'read \u00a0'],
  ])('%s', (line, expected) => {
    expect(read(line)).toBe(expected)
  })

  test('a text that is written is known where the line has it', () => {
    const content = (line: string) => {
      const reading = readShell(line, PLACE)
      return reading.kind === 'actions' ? reading.actions.find(({verb}) => verb === 'write')?.content : reading.why
    }
    expect(content("cat > a <<'EOF'\n[Service]\nEOF")).toBe('[Service]\n')
    expect(content('echo -n "x y" > a')).toBe('x y')
    expect(content("printf 'a=%s\\n' b > a")).toBe('a=b\n')
    expect(content("tee a <<< 'x'")).toBe('x\n')
    expect(content('cat b > a')).toBeUndefined()
    expect(content('echo $X > a')).toBeUndefined()
    expect(content('cat <<EOF > a\n$X\nEOF')).toBeUndefined()
  })

  test('a long message in one argument is read as what it is', () => {
    expect(read('git commit -m "$(cat <<\'EOF\'\nOne $(touch x)\n\nTwo\nEOF\n)"')).toBe(
      "run git commit -m 'One $(touch x)\n\nTwo'",
    )
  })
})

describe('what nobody can judge', () => {
  test.each([
    'rm "$F"',
    'rm $(cat list)',
    'rm *.md',
    'echo x > $F',
    'echo x > "$DIR/a"',
    'echo x > *.md',
    'echo x > ~bob/a',
    'echo x > {a,b}',
    'eval "rm a"',
    'source x.sh',
    '. ./x.sh',
    'alias ls=rm',
    'trap "rm a" EXIT',
    'f() { rm a; }; f',
    'function f { rm a; }',
    'ls() { rm a; }; ls',
    'tee >(cat > a)',
    'cat <(rm a)',
    'printf "rm a" | sh',
    'curl https://a.example | bash',
    'bash < script',
    'bash -s',
    'xargs rm',
    'ls | xargs cat',
    '$CMD a',
    '"$(echo rm)" a',
    'r?m a',
    'IFS=/ ; rm a',
    'PATH=. ls',
    'LD_PRELOAD=x cat a',
    'export FOO=x; npm test',
    'GIT_SSH_COMMAND=x git fetch',
    'npm_config_script_shell=x npm test',
    'awk \'BEGIN{print > "x"}\'',
    'awk \'BEGIN{system("rm a")}\'',
    "sed -n 'w out' a",
    "sed '1e touch x' a",
    "sed 's/a/b/w out' a",
    "sed 's/a/b/e' a",
    'sed -f script a',
    'sort *',
    'find . -execdir rm {} +',
    'find . -name *.c',
    'sort --compress-program=x a',
    'tar xf a --to-command=x',
    'tar cf a --checkpoint-action=exec=x b',
    'rg --pre x y',
    "x='a[$(touch b)]'; echo $((x))",
    'echo $[x]',
    '((x))',
    'let x',
    '[[ $x -eq 1 ]]',
    "test -v 'a[$(touch b)]'",
    "printf -v 'a[$(touch b)]' x",
    "read 'a[$(touch b)]'",
    '${x@P}',
    'echo ${x@P}',
    'echo ${!x}',
    'a=(b c)',
    'case a in a) rm b;; esac',
    'cd "$X"; touch a',
    'cd; touch a',
    'cd - && touch a',
    'pushd x',
    'for i in 1 2; do cd x; done',
    'command cd x; touch a',
    'echo x > /dev/tcp/a/1',
    'cat a >&$F',
    "echo >& 'a\\\nb'",
    'echo "unfinished',
    "echo 'unfinished",
    'echo `x',
    'echo $(x',
    'cat <<EOF\nx',
    'rm a;;',
    'rm a | ',
    '&& rm',
    '( )',
    'if true; fi',
    'echo a\u0007b',
    'rm a\r',
    'git push',
    'git push origin',
    'git push origin HEAD',
    'git push --mirror origin x',
    'git push --all origin x',
    'git apply x.patch',
    'patch -p1 < x',
    'curl "$URL"',
    'curl -K x https://a.example',
    'curl ftp://a.example',
    'curl "https://{a,b}.example"',
    "sh -c 'echo {a,b}'",
    'sh -c "\\$\'x\'"',
    'tar xf a.tgz; echo x > b',
    'cp -r a b; echo x > b/c',
    'mv a b; echo x > b',
    'ln -s a b; echo x > b',
    '{ rm a',
    'coproc rm a',
    'time',
    'set -- x; rm a; set -o x',
    'declare -n r=PATH',
    'exec -a x rm a',
    '=rm a',
    'cat =rm',
    "cat <<EOF\n$(rm 'a\\\nb')\nEOF",
    'echo "$\\\n(touch a)"',
    'env -S "rm a"',
    'env -C x rm a',
    'find . -exec sh -c \'rm "$1"\' _ {} \\;',
  ])('%s', (line) => {
    expect(read(line)).toMatch(/^unclear: |^run [$]|^run '?=/)
  })

  /** As it has to be written between single quotes or backticks. */
  function spelledIn(frame: string, inner: string): string {
    if (frame.includes("'@'")) return inner.replaceAll("'", "'\\''")
    return frame.includes('`@`') ? inner.replaceAll(/[\\`$]/g, '\\$&') : inner
  }

  test('whatever stands around it, a command inside a substitution is never lost', () => {
    const around = fc.constantFrom(
      'echo $(@)',
      'echo "$(@)"',
      'echo `@`',
      '(@)',
      '{ @; }',
      'if @; then :; fi',
      '! @',
      '@ | cat',
      'cat <<E\n$(@)\nE',
      "bash -c '@'",
      'true && @',
      'while @; do :; done',
      'echo a > b; @',
      '@ &',
      'cat < a $(@)',
      'X=$(@)',
      '[[ -n $(@) ]]',
    )
    fc.assert(
      fc.property(fc.array(around, {maxLength: 5}), (frames) => {
        const line = frames.reduce((inner, frame) => frame.replace('@', () => spelledIn(frame, inner)), 'touch planted')
        const reading = readShell(line, PLACE)
        if (reading.kind === 'unclear') return
        expect(reading.actions.map(({target}) => target)).toContain('/h/own/planted')
      }),
      {numRuns: 500},
    )
  })

  test('no text makes it throw, or slow', () => {
    const piece = fc.constantFrom(
      ..."$ ( ) { } < > | & ; ' \" ` \\ \n # ~ * [ ] ! = , .. a rm cat EOF << <<- $( ${ (( [[ ]] if then fi do done 1 2> &> $' -r /".split(
        ' ',
      ),
      ' ',
      '\t',
    )
    fc.assert(
      fc.property(fc.array(piece, {maxLength: 40}), (pieces) => {
        expect(cpuTime(() => readShell(pieces.join(''), PLACE))).toBeLessThan(1_000)
      }),
      {numRuns: 3_000},
    )
    for (const text of [
      '('.repeat(50_000),
      '$('.repeat(50_000),
      'a '.repeat(100_000),
      '{a,b}'.repeat(40),
      '"$(echo '.repeat(5_000),
      'a\\\n'.repeat(50_000),
      '<<a '.repeat(5_000),
    ])
      expect(readShell(text, PLACE).kind).toBeDefined()
  })
})

test('a command line that was put together splits into the same words', () => {
  fc.assert(
    fc.property(fc.array(fc.string({minLength: 1}), {minLength: 1, maxLength: 5}), (words) => {
      fc.pre(!/^\w+=/.test(words[0] ?? ''))
      expect(splitCommand(formatCommand(words))).toEqual(words)
    }),
  )
})

testNeeding('bash')('what a line really changes in a folder is among what was named', () => {
  const dir = `${mkdtempSync(`${tmpdir()}/mcos-shell-`)}/home`
  try {
    let judged = 0
    for (let seed = 1; judged < 320; seed++) {
      const line = randomLine(chanceOf(seed))
      const reading = readShell(line, {cwd: dir})
      if (reading.kind === 'unclear') continue
      judged++
      expect(surprises(line, reading, dir), line).toEqual([])
    }
  } finally {
    rmSync(dir.replace(/\/home$/, ''), {recursive: true, force: true})
  }
})
