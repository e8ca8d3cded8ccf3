import {createHash} from 'node:crypto'
import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

/** Everything that goes into dist/, relative to the root and in a fixed order. */
function sourceFiles(root: string): string[] {
  const code = readdirSync(join(root, 'src'), {recursive: true, encoding: 'utf8'})
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => join('src', file))
  const build = readdirSync(join(root, 'scripts')).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  return [...code, ...build.map((file) => join('scripts', file)), 'package.json', 'package-lock.json'].sort()
}

/** Equal for equal sources: what one build cached, another may believe only then. */
export function buildId(root: string): string {
  const hash = createHash('sha256')
  for (const file of sourceFiles(root))
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0')
  return hash.digest('hex').slice(0, 16)
}
