/** Cedar's conditions as texts; every attribute is of the request's context. */
export function is(attribute: string, value: string): string {
  return `context.${attribute} == ${JSON.stringify(value)}`
}

/** `*` is any text, slashes too. */
export function like(attribute: string, pattern: string): string {
  return `context.${attribute} like ${JSON.stringify(pattern)}`
}

export function not(when: string): string {
  return `!(${when})`
}

export function anyOf(all: readonly string[]): string {
  return all.length === 0 ? 'false' : `(${all.join(' || ')})`
}

export function every(all: readonly string[]): string {
  return `(${all.join(' && ')})`
}

/** A file of one of these names, wherever it lies. */
export function namedOf(attribute: string, names: readonly string[]): string[] {
  return names.flatMap((name) => [is(attribute, name), like(attribute, `*/${name}`)])
}

/** A glob of the few kinds that `like` can say: a star that must not cross a slash is one with no slash behind it. */
export function globOf(attribute: string, glob: string): string {
  if (glob === '**') return 'true'
  if (glob === '**/') return anyOf([is(attribute, ''), like(attribute, '*/')])
  if (glob.startsWith('**/*')) return like(attribute, glob.slice(3))
  if (glob.startsWith('**/')) return anyOf(namedOf(attribute, [glob.slice(3)]))
  if (glob.endsWith('/**')) return anyOf([is(attribute, glob.slice(0, -3)), like(attribute, glob.slice(0, -1))])
  const star = glob.indexOf('*')
  if (star === -1) return is(attribute, glob)
  return every([like(attribute, glob), not(like(attribute, `${glob.slice(0, star)}*/*`))])
}

/** A word that closes is taken widely: `mail` and `mail.*` are all of mail, in whatever case. */
export function wordOf(word: string): string {
  if (word === '*') return 'true'
  const wide = word.toLowerCase().replace('.*', '')
  // No verb that is drawn but P0 to P3 has capital letters.
  const capital = wide.replace(/\.p(\d)$/, '.P$1')
  return anyOf([...new Set([wide, capital])].flatMap((one) => [is('verb', one), like('verb', `${one}.*`)]))
}

export function hostOf(entry: string): string {
  const [name = '', port] = entry.split(':')
  // Names below an address are no names.
  if (/^\*\.[\d.]+$/.test(name)) return 'false'
  const host = name.startsWith('*.') ? like('host', name) : is('host', name)
  return port === undefined ? host : every([host, is('port', port)])
}
