import type {Dice} from './dice.js'

/** Source that would give itself away if anything ran it. */
const CODE = 'globalThis.mcosWasHere = true'

const VALID = `role: Comms triage
reports_to: jarvis
keys: { claude: env:DONNA_KEY }
contract:
  reads:  [workspaces/donna/**, wiki/**]   # its own and the shared
  may:    [message, "mail.label"]
  never:  [shell]
warm: on-demand
`

// biome-ignore format: one look is enough
const PIECES = [
  '---', '\n', '\n', ': ', 'a', 'b: ', '[', ']', '{', '}', '&a ', '*a', '!!js/function ', '!!binary ', '"', "'", '\\u', '\\',
  '#', '- ', '? ', '  ', '\t', '|\n', '>-\n', '%YAML 1.1\n', '...\n', '<<: ', '__proto__: ', 'constructor: ', '\0', '\u0085',
  '\u2028', '\ufeff', '🦊', '0x', '1e999', '.nan', '~', '@', '`', ',', '12:30',
]

type Maker = (dice: Dice) => string

/** Whole files, each with a header that means harm in its own way. */
export const HOSTILE: Readonly<Record<string, Maker>> = {
  'another language': (dice) => {
    const language = dice.pick([
      'js',
      'javascript',
      ' js',
      'JS',
      'coffee',
      'coffeescript',
      'cson',
      'json',
      'toml',
      'js\r',
      '\tjs',
      '{',
    ])
    return `---${language}\n${dice.pick([CODE, `module.exports = (() => { ${CODE}; return {} })()`, `{"a": ${CODE}}`])}\n---\nbody`
  },
  'a tag that makes something': (dice) => {
    const tag = dice.pick([
      '!!js/function',
      '!!js/regexp',
      '!!js/undefined',
      '!!python/object',
      '!js',
      '!<tag:yaml.org,2002:js/function>',
    ])
    return close(`a: ${tag} "function () { ${CODE} }"\n`)
  },
  'aliases that multiply': (dice) => {
    const width = 2 + dice.below(30)
    const depth = 2 + dice.below(20)
    const rows = Array.from(
      {length: depth},
      (_, row) =>
        `k${row}: &a${row} [${Array(width)
          .fill(row === 0 ? 'x' : `*a${row - 1}`)
          .join(', ')}]`,
    )
    return close(`${rows.join('\n')}\n`)
  },
  'an alias of itself': (dice) =>
    close(dice.pick(['a: &a [*a]\n', 'a: &a {b: *a}\n', '&a : *a\n', 'a: &a\n  b: &b\n    c: *a\n'])),
  depth: (dice) =>
    close(dice.pick(['[', '{a: ', '- ', '? ', '[{a: ', '- [', '"a": ', '!a ', '&a ']).repeat(dice.below(5000))),
  'deep lines': (dice) => close(Array.from({length: dice.below(150)}, (_, row) => `${' '.repeat(row)}a:`).join('\n')),
  'keys of a prototype': (dice) => {
    const key = dice.pick([
      '__proto__',
      'constructor',
      'prototype',
      '"__proto__"',
      '? __proto__\n',
      '!!str __proto__',
      '"\\u005f_proto__"',
    ])
    return close(`${key}: { polluted: true }\ncontract: { ${key}: { polluted: true } }\n`)
  },
  'much of the same': (dice) =>
    close(
      dice
        .pick([
          '\n',
          '#\n',
          '"',
          "'",
          ':',
          'a: b: ',
          '\\q',
          '\t',
          ',',
          '*a ',
          '- a\n',
          '|\n',
          '---x\n',
          ' ',
          '\r',
          '"\\q',
          'a\n\n',
        ])
        .repeat(dice.below(20_000)),
    ),
  'many keys': (dice) =>
    close(Array.from({length: dice.below(6000)}, (_, row) => `k${row}: ${row}`).join(dice.pick(['\n', ', ']))),
  'pieces at random': (dice) => close(Array.from({length: dice.below(300)}, () => dice.pick(PIECES)).join('')),
  'bytes at random': (dice) =>
    close(String.fromCodePoint(...Array.from({length: dice.below(500)}, () => dice.below(0xd7ff)))),
  'a valid one, bitten': (dice) => {
    let text = VALID
    for (let bite = dice.below(6); bite >= 0; bite--) {
      const at = dice.below(text.length)
      text = text.slice(0, at) + dice.pick([...PIECES, '']) + text.slice(at + dice.below(4))
    }
    return close(text)
  },
}

function close(inner: string): string {
  return `---\n${inner}\n---\n# Donna\n`
}
