import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

const CONFIG = `[core]
	repositoryformatversion = 0
	filemode = true
	bare = false
	logallrefupdates = true
[user]
	name = Ada
	email = ada@example.com
`

/** An empty repository of Ada's: what `git init` and two `git config` leave behind, without their three processes. */
export function layRepository(dir: string): void {
  const git = join(dir, '.git')
  for (const folder of ['objects/info', 'objects/pack', 'refs/heads', 'refs/tags', 'hooks', 'info']) {
    mkdirSync(join(git, folder), {recursive: true})
  }
  writeFileSync(join(git, 'HEAD'), 'ref: refs/heads/main\n')
  writeFileSync(join(git, 'config'), CONFIG)
}
