/** Random choices that are the same for the same seed. */
export interface Dice {
  pick<T>(items: readonly T[]): T
  digits(count: number): string
  letters(count: number): string
  below(limit: number): number
}

/** A planted fact: how it is said, and the pieces without which it is lost. */
export interface Planted {
  readonly text: string
  readonly keys: readonly string[]
}

export type Template = (dice: Dice) => Planted

export const NAMES = [
  'Priya Natarajan',
  'Jonas Weber',
  'Thandi Mokoena',
  'Luis Ortega',
  'Marie Lefèvre',
  'Sipho Dlamini',
  'Anke Bakker',
  'Noah Stein',
  'Ines Duarte',
  'Viktor Orlov',
  'Hana Sato',
  'Owen Price',
] as const
export const ROLES = [
  'head of procurement',
  'the tax adviser',
  'our landlord',
  'lead engineer',
  'the notary',
  'night-shift supervisor',
] as const
export const THINGS = [
  'harbour crane',
  'payroll import',
  'greenhouse',
  'billing portal',
  'museum audio guide',
  'vineyard survey',
  'tram simulator',
  'clinic rota',
  'bakery website',
  'choir tour',
  'ferry timetable',
  'seed catalogue',
  'archive scanner',
  'wind park',
  'bike rental',
  'opera subtitles',
  'soil probe',
  'radio play',
  'school canteen',
  'glacier study',
] as const
export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
] as const
export const day = (d: Dice) => String(d.below(27) + 2)
export const crockford = (d: Dice, count: number) =>
  Array.from({length: count}, () => d.pick([...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'])).join('')
export const hex = (d: Dice, count: number) =>
  `${d.pick([...'abcdef'])}${d.below(10)}${Array.from({length: count - 2}, () => d.pick([...'0123456789abcdef'])).join('')}`
export const say = (text: string, ...keys: string[]): Planted => ({text, keys})
