/** Red, green and blue from 0 to 255; how much of it covers what lies behind, from 0 to 1. */
export interface Color {
  readonly rgb: readonly [number, number, number]
  readonly alpha: number
}

export const BLACK: Color = {rgb: [0, 0, 0], alpha: 1}
export const WHITE: Color = {rgb: [255, 255, 255], alpha: 1}
export const LINK: Color = {rgb: [0, 0, 238], alpha: 1}

// The names that hide text are those of light and of dark; others are here as backgrounds of buttons and headers.
const NAMES: Readonly<Record<string, string>> = {
  aliceblue: 'f0f8ff',
  antiquewhite: 'faebd7',
  azure: 'f0ffff',
  beige: 'f5f5dc',
  black: '000000',
  blue: '0000ff',
  brown: 'a52a2a',
  cornsilk: 'fff8dc',
  crimson: 'dc143c',
  darkblue: '00008b',
  darkgray: 'a9a9a9',
  darkgreen: '006400',
  darkgrey: 'a9a9a9',
  darkred: '8b0000',
  dimgray: '696969',
  dimgrey: '696969',
  floralwhite: 'fffaf0',
  fuchsia: 'ff00ff',
  gainsboro: 'dcdcdc',
  ghostwhite: 'f8f8ff',
  gold: 'ffd700',
  gray: '808080',
  green: '008000',
  grey: '808080',
  honeydew: 'f0fff0',
  ivory: 'fffff0',
  lavender: 'e6e6fa',
  lavenderblush: 'fff0f5',
  lightcyan: 'e0ffff',
  lightgray: 'd3d3d3',
  lightgrey: 'd3d3d3',
  lightyellow: 'ffffe0',
  lime: '00ff00',
  linen: 'faf0e6',
  maroon: '800000',
  mintcream: 'f5fffa',
  mistyrose: 'ffe4e1',
  navy: '000080',
  oldlace: 'fdf5e6',
  olive: '808000',
  orange: 'ffa500',
  papayawhip: 'ffefd5',
  pink: 'ffc0cb',
  purple: '800080',
  red: 'ff0000',
  seashell: 'fff5ee',
  silver: 'c0c0c0',
  snow: 'fffafa',
  teal: '008080',
  white: 'ffffff',
  whitesmoke: 'f5f5f5',
  yellow: 'ffff00',
}

/** Two colours nearer to each other than this look the same at a glance; #e6e6e6 on white is. */
const NEAR = 45

/** Reads a CSS colour, or one of old HTML; null for what is none. */
export function parseColor(text: string): Color | null {
  const word = text.trim().toLowerCase()
  if (word === 'transparent') return {rgb: [0, 0, 0], alpha: 0}
  const hex = /^#?([0-9a-f]{3,8})$/.exec(NAMES[word] ?? word)?.[1]
  if (hex !== undefined) return fromHex(hex)
  const call = /^(rgb|hsl)a?\(([^()]{1,80})\)$/.exec(word)
  if (!call) return null
  const parts = (call[2] ?? '').split(/[\s,/]+/).filter((part) => part !== '')
  const [one = 0, two = 0, three = 0, alpha = 1] = parts.map((part, index) => amount(part, index))
  return {rgb: call[1] === 'rgb' ? [one, two, three] : fromHsl(Number.parseFloat(parts[0] ?? '0'), two, three), alpha}
}

export function isNear(one: Color, other: Color): boolean {
  const squares = one.rgb.map((value, index) => (value - (other.rgb[index] ?? 0)) ** 2)
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0)) < NEAR
}

function fromHex(hex: string): Color | null {
  if (hex.length === 5 || hex.length === 7) return null
  const digits = hex.length <= 4 ? [...hex].map((digit) => digit + digit) : (hex.match(/../g) ?? [])
  const [red = 0, green = 0, blue = 0, alpha = 255] = digits.map((pair) => Number.parseInt(pair, 16))
  return {rgb: [red, green, blue], alpha: alpha / 255}
}

/** Shares of a hundred become parts of 255, but the share of covering stays from 0 to 1. */
function amount(part: string, index: number): number {
  const value = Number.parseFloat(part)
  if (Number.isNaN(value)) return 0
  const whole = index === 3 ? 1 : 255
  return part.endsWith('%') ? (value / 100) * whole : value
}

function fromHsl(hue: number, saturation: number, lightness: number): [number, number, number] {
  const [s, l] = [saturation / 255, lightness / 255]
  const channel = (n: number) => {
    const k = (n + hue / 30) % 12
    return 255 * (l - s * Math.min(l, 1 - l) * Math.max(-1, Math.min(k - 3, 9 - k, 1)))
  }
  return [channel(0), channel(8), channel(4)]
}
