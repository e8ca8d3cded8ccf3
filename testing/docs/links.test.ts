import {existsSync, readFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {expect, test} from 'vitest'
import {PAGES, ROOT} from './pages.js'

const LINK = /\[[^\]\n]*\]\(([^)\s]+)\)|<(?:img|source)[^>]*\bsrc(?:set)?="([^"]+)"/g

test.each([...PAGES])('every link of %s leads somewhere', (page, text) => {
  const lost = [...proseOf(text).matchAll(LINK)]
    .map(([, link, image]) => link ?? image ?? '')
    .filter((target) => !/^\w+:/.test(target) && !leadsSomewhere(page, target))
  expect(lost).toEqual([])
})

function leadsSomewhere(page: string, target: string): boolean {
  const [path = '', anchor] = target.split('#')
  const file = path === '' ? join(ROOT, page) : join(ROOT, dirname(page), path)
  if (!existsSync(file)) return false
  return anchor === undefined || anchorsOf(readFileSync(file, 'utf8')).has(anchor)
}

/** As GitHub names them. */
function anchorsOf(markdown: string): Set<string> {
  const anchors = new Set<string>()
  for (const [, heading = ''] of proseOf(markdown).matchAll(/^#{1,6} +(.+)$/gm)) {
    const name = heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-')
    let unique = name
    for (let count = 1; anchors.has(unique); count++) unique = `${name}-${count}`
    anchors.add(unique)
  }
  return anchors
}

function proseOf(markdown: string): string {
  return markdown.replaceAll(/^\s*```[\s\S]*?^\s*```\s*$/gm, '')
}
