import {hostname} from 'node:os'

/** The first shown line that the real output has not, in this order; null where all are there. */
export function firstMissing(shown: readonly string[], output: string, home: string): string | null {
  const real = output.split('\n').map((line) => plain(line, home))
  let at = 0
  for (const line of shown) {
    const wanted = plain(line, home)
    if (wanted === '' || wanted === '…') continue
    const found = real.findIndex((each, index) => index >= at && isLike(each, wanted))
    if (found === -1) return line
    at = found + 1
  }
  return null
}

/** "…" stands for whatever a page leaves out. */
function isLike(real: string, wanted: string): boolean {
  return new RegExp(`^${wanted.split('…').map(literally).join('.*')}$`).test(real)
}

function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** Without what is another one in each run: ids, hashes, moments, durations, the width of columns, where home is. */
function plain(line: string, home: string): string {
  return line
    .replaceAll(home, '/home/ada')
    .replaceAll(hostname(), 'mini')
    .replaceAll(/\bt_[0-9A-Z]{4,26}/g, 't_ID')
    .replaceAll(/\bm_[0-9a-z]{4,}/g, 'm_ID')
    .replaceAll(/\b0[0-9A-HJKMNP-TV-Z]{7,25}\b/g, 'ID')
    .replaceAll(/\b(?=[a-f]*\d)[0-9a-f]{7,40}\b/g, 'HASH')
    .replaceAll(/\d{4}-\d\d-\d\d/g, 'DATE')
    .replaceAll(/\b\d\d:\d\d(?::\d\d)?(?:\.\d+Z)?/g, 'TIME')
    .replaceAll(/mcos\.yaml:\d+/g, 'mcos.yaml:N')
    .replaceAll(/\b\d+ looked through/g, 'N looked through')
    .replaceAll(/\$\d+\.\d{3,}/g, '$N')
    .replaceAll(/\b\d{4,}\b/g, 'N')
    .replaceAll(/\b\d+ ms\b/g, 'N ms')
    .replaceAll(/\b\d+\.\d+\.\d+\b/g, 'VERSION')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
