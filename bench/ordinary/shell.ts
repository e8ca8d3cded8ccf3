import path from 'node:path'
import {judgeActions} from '../../src/app/hook/judge-call.js'
import {type Action, type Law, NO_FACTS, type Verdict} from '../../src/guard/action.js'
import {readShell} from '../../src/guard/shell/read-shell.js'

/** What the programs are that an engineer's operator lists, beside those of its ordinary day. */
export const PROGRAMS = [
  'npm',
  'npx tsc',
  'npx vitest',
  'node',
  'make',
  'git',
  'gh pr',
  'gh run',
  'docker build',
  'python3',
  'cargo test',
  'mcos',
]

/** What engineers have their coding agents type, standing in a checkout in their own folder. */
export const LINES: readonly string[] = [
  ...[
    'npm test',
    'npm test 2>&1 | tail -20',
    'npm run build > build.log 2>&1',
    'npm ci',
    'npm install',
    'npm run lint -- --fix',
  ],
  ...[
    'npx tsc --noEmit',
    'npx vitest run src/login',
    'node scripts/seed.js',
    'node -e "console.log(process.version)"',
    'make',
  ],
  ...[
    'git status',
    'git status --short',
    'git diff',
    'git diff --stat',
    'git log --oneline -20',
    'git log -p fix/login.ts',
  ],
  ...[
    'git add -A',
    'git add fix && git commit -m "Refuse wrong passwords"',
    "git commit -m 'Rotate the token at each use'",
  ],
  ...[
    'git checkout -b fix-login',
    'git switch main',
    'git branch',
    'git show HEAD',
    'git stash',
    'git stash pop',
    'git fetch origin',
  ],
  ...[
    'git merge origin/main',
    'git rebase main',
    'git blame fix/login.ts',
    'git restore fix/login.ts',
    'git rev-parse HEAD',
  ],
  ...[
    'ls',
    'ls -la fix',
    'pwd',
    'cat fix/login.ts',
    'head -50 fix/login.ts',
    'tail -n 30 build.log',
    'wc -l fix/*.ts',
    'tree fix',
  ],
  ...[
    'sed -n 1,40p fix/login.ts',
    "sed -i 's/const a/let a/' fix/login.ts",
    'grep -rn token fix',
    'rg -n password',
    "rg 'rm -rf' scripts",
  ],
  ...[
    'find . -name "*.ts" | wc -l',
    "find . -name '*.log' -delete",
    'mkdir -p fix/a',
    'touch fix/a/b.ts',
    'rm fix/a/b.ts',
    'rm -rf dist',
  ],
  ...[
    'rm -rf node_modules && npm ci',
    'cp fix/a.ts fix/b.ts',
    'mv fix/a.ts fix/c.ts',
    'diff fix/a.ts fix/b.ts',
    'sort names.txt | uniq -c',
  ],
  ...[
    'jq .version package.json',
    'cd fix && npm test',
    'cd fix; ls',
    'test -f fix/a.ts && echo yes',
    'echo done',
    'echo "a b" > out.txt',
  ],
  ...[
    'echo "- looked at the login" >> notes.md',
    'cat ../../../wiki/team.md',
    'cat > notes.md <<EOF\nThe token expires on Friday.\nEOF',
  ],
  ...[
    "cat > app.service <<'EOF'\n[Service]\nExecStart=/usr/bin/node app.js\nKillMode=control-group\nEOF",
    'date',
    'which node',
    'env | grep NODE',
  ],
  ...[
    'for f in fix/*.ts; do echo $f; done',
    'python3 scripts/count.py',
    'cargo test',
    'docker build -t app .',
    'gh pr list',
    'gh pr view 12',
  ],
  ...[
    'gh run list --limit 5',
    'gh pr create --title "Refuse wrong passwords" --body "Why, how to check, how to take it back"',
    'true',
  ],
  ...[
    'sleep 2; npm test',
    'npm test || echo red',
    'printf "%s\\n" one two',
    'chmod +x scripts/seed.sh',
    'tee out.txt < names.txt',
    'du -sh .',
  ],
  ...[
    'mcos message send gene "A migration goes out on Monday"',
    'mcos status',
    "awk '{print $1}' names.txt",
    'xargs -n1 echo < names.txt',
  ],
]

const HOME = '/home/ada/fleet'

/** The strictest that is decided on what a line comes to, as the hooks decide it. */
export function judgeLine(line: string, law: Law): Verdict {
  const reading = readShell(line, {cwd: `${HOME}/${law.agent.path}/field-app`, userHome: '/home/ada'})
  if (reading.kind === 'unclear') return {effect: 'deny', rule: null, file: null, line: null, reason: reading.why}
  return judgeActions(reading.actions.map(atHome), {law, facts: NO_FACTS}).verdict
}

/** Nothing lies on a disk here: what the hooks look up there is only put in its plain form. */
function atHome(action: Action): Action {
  if (!action.target.startsWith('/')) return action
  const target = path.posix.normalize(action.target)
  return {...action, target: target.startsWith(`${HOME}/`) ? target.slice(HOME.length + 1) : target}
}
