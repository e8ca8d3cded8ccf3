import type {Schedule} from './schedule.js'

/** What a schedule is called where it needs a name: `mcos-northwind`, `mcos-northwind-donna`. */
export function scheduleName({fleet, agent}: Pick<Schedule, 'fleet' | 'agent'>): string {
  return ['mcos', slug(fleet), ...(agent === null ? [] : [agent])].join('-')
}

/** A fleet's name may be any text; of a file's name only these letters are safe everywhere. */
function slug(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
  return plain === '' ? 'fleet' : plain
}
