import {expect, test} from 'vitest'
import {beginsWith, leadsOut} from './command-reach.js'

test.each([
  ['gh auth token', 'gh auth token'],
  ['gh auth token', '/usr/bin/gh auth token --hostname github.com'],
  ['gh auth token', 'GH.exe auth token'],
  ['gh auth token', 'sudo -u ada gh auth token'],
  ['gh auth token', 'env GH_HOST=x nice -n 5 gh auth token'],
  ['gh auth token', 'GH_HOST=x gh auth token'],
  ['gh auth token', `bash -c 'cd /tmp && gh auth token'`],
  ['gh auth token', `sudo sh -c "bash -c 'gh auth token'"`],
  ['gh auth token', 'echo hi; gh auth token | tee x'],
  ['gh auth token', 'echo $(gh auth token)'],
  ['gh auth token', 'x=`gh auth token`'],
  ['gh auth token', 'if true; then gh auth token; fi'],
  ['gh auth token', `gh 'auth' "token"`],
  ['kubectl apply', 'kubectl --namespace shop apply -f a.yaml'],
  ['vercel --prod', 'vercel deploy --yes --prod'],
  ['vercel --prod', 'vercel --prod=true'],
  ['rm -r', 'rm -rf build'],
  ['rm -r', 'rm build -fr'],
  ['rm --recursive', 'rm --recur build'],
  ['git push heroku', 'git -C shop push heroku main'],
  ['npm publish', 'npm publish'],
  ['sendmail', 'xargs -a list sendmail -t'],
])('%j is how %j begins', (begin, line) => {
  expect(beginsWith(line, begin)).toBe(true)
})

test.each([
  ['gh auth token', 'gh auth status'],
  ['gh auth token', 'gh pr list --search "auth token"'],
  ['gh auth token', `git commit -m 'use gh auth token; gh auth token is read'`],
  ['gh auth token', 'echo gh auth token'],
  ['gh auth token', ''],
  ['kubectl apply', 'kubectl get apply'],
  ['rm -r', 'rm -f build'],
  ['rm -r', 'grep -r rm'],
  ['rm --recursive', 'rm --r build'],
  ['mail', 'mailq'],
  ['git push origin main', 'git push origin fix-main'],
])('%j is not how %j begins', (begin, line) => {
  expect(beginsWith(line, begin)).toBe(false)
})

const donna = {path: 'workspaces/donna'}

test.each([
  'rm -rf /var/cache',
  'rm -rf ~/photos',
  'rm -rf ../flow',
  'rm -rf build/../../flow',
  'rm -rf $HOME/x',
  'rm -rf --target=/var',
  'rm -rf a; rm -rf /b',
  'rm -rf C:\\x',
  "sh -c 'rm -rf /b'",
  'rm -rf /home/ada/fleet/workspaces/donna/../flow',
])('%j leads out', (line) => {
  expect(leadsOut(line, donna)).toBe(true)
})

test.each(['rm -rf build', '/bin/rm -rf build..old', 'rm -rf /home/ada/fleet/workspaces/donna/tmp', 'rm'])(
  '%j stays in its folder',
  (line) => {
    expect(leadsOut(line, donna)).toBe(false)
  },
)

test('where an agent is the home itself, an absolute path tells nothing and leads out', () => {
  expect(leadsOut('rm -rf /home/ada/donna/tmp', {path: '.'})).toBe(true)
})

test('a long command line is judged in no time, and one that hides behind its length is taken for what it hides', () => {
  const before = process.cpuUsage()
  for (const begin of ['gh auth token', 'rm -r', 'npm publish']) {
    expect(beginsWith(`env ${'A=1 '.repeat(20_000)}`, begin)).toBe(true)
    expect(beginsWith(`${'sudo '.repeat(20_000)}x`, begin)).toBe(true)
    expect(beginsWith(`${'; '.repeat(50_000)}x`, begin)).toBe(false)
    expect(beginsWith(`env ${'gh -a '.repeat(900)}`, begin)).toBe(false)
  }
  const {user, system} = process.cpuUsage(before)
  expect((user + system) / 1000).toBeLessThan(2_000)
})
