import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {readBlocks} from './read-page.js'

/** The checkout. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** README and every page of docs/, by their paths. */
export const PAGES: ReadonlyMap<string, string> = new Map(
  ['README.md', ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`)]
    .filter((path) => path.endsWith('.md'))
    .map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]),
)

/** All fenced blocks of all pages. */
export const BLOCKS = [...PAGES].flatMap(([page, text]) => readBlocks(page, text))
