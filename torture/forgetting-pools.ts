import type {Dice} from './dice.js'

/** What facts are about; each value is handed out once, so that no two facts are of the same thing by chance. */
export interface Pools {
  customer(): string
  vendor(): string
  place(): string
  thing(): string
  name(): string
  task(): string
  file(): string
  number(): string
  amount(): string
  date(): string
  time(): string
  url(): string
}

const FAMILIES =
  'Abara Bellwether Castellan Drummond Eriksen Fairbairn Gallowglass Halloran Ibarra Jorgensen Kowalczyk Lindqvist Marchetti Novakova Okonkwo Pemberton Quilliam Rosenthal Szabo Thackeray Ugarte Vandermeer Whitcombe Xenakis Yamamoto Zielinski Ashdown Birtwistle Cavendish Delacroix Ellingham Featherstone Grimshaw Hathersage Inglewood Jessop Kirkbride Lonsdale Mortimer Nightingale'.split(
    ' ',
  )
const FIRMS =
  'Alderon Brightwell Cormorant Dunmore Everline Foxgrove Greystone Hexham Ironbridge Junipera Kestrel Larkfield Meridian Northolt Orchardia Pellworth Quarrier Ravensby Silverdale Tamarisk Umberley Verity Wexcombe Yarrow Zephyrine Ambrosia Blackthorn Chartwell Dovecote Elmhurst'.split(
    ' ',
  )
const STREETS =
  'Acorn Beacon Cedar Dyer Ember Ferry Garnet Hawthorn Iris Jubilee Kiln Linden Maple Nettle Oriole Poplar Quarry Rowan Sorrel Tanner Umber Violet Willow Yew Zinnia Birch Clover Damson Elder Fennel'.split(
    ' ',
  )
const THINGS =
  'condensing boiler|expansion tank|heat pump|thermostat set|flue liner|circulation pump|pressure valve|water softener|buffer store|solar collector|underfloor loop|gas meter box|control panel|chimney cowl|mixing valve|radiator batch|oil tank|burner head|filter unit|insulation sleeve|pipe clamp|drain cock|vent grille|fan motor|ignition kit|test pump|leak detector|plate exchanger|safety group|dosing unit'.split(
    '|',
  )
const ROOMS = ['kitchen', 'cellar', 'attic', 'workshop', 'bathroom', 'hallway']
const FIRST =
  'Amelie Bastian Cosima Dorian Elodie Florian Greta Henrik Ilse Joachim Katja Leopold Mirela Nikolai Odile Pascal Rosalie Stefan Tabea Ulrich Viola Wenzel Yvette Zacharias Anselm Brigida Caspar Delphine'.split(
    ' ',
  )
const MONTHS = 'January February March April May June July August September October November December'.split(' ')

export function pools(chance: Dice): Pools {
  const used = new Set<string>()
  const once = (make: () => string): string => {
    for (let tries = 0; tries < 500; tries++) {
      const value = make()
      if (used.has(value)) continue
      used.add(value)
      return value
    }
    throw new RangeError('a pool has run dry')
  }
  const digits = (count: number): string =>
    Array.from({length: count}, (_, at) => chance.below(at === 0 ? 9 : 10) + (at === 0 ? 1 : 0)).join('')
  const slug = (): string => `${chance.pick(FIRMS).toLowerCase()}-${chance.pick(STREETS).toLowerCase()}-${digits(3)}`
  return {
    customer: () =>
      once(() =>
        `${chance.pick(['Ms', 'Mr', 'the', 'Dr'])} ${chance.pick(FAMILIES)}`.replace(/^the (.*)$/, 'the $1 family'),
      ),
    vendor: () => once(() => `${chance.pick(FIRMS)} ${chance.pick(['Ltd', 'Supplies', 'GmbH', 'Works', '& Sons'])}`),
    place: () =>
      once(
        () => `${chance.pick(STREETS)} ${chance.pick(['Street', 'Road', 'Lane', 'Court'])} ${1 + chance.below(140)}`,
      ),
    thing: () => once(() => `${chance.pick(ROOMS)} ${chance.pick(THINGS)}`),
    name: () => once(() => `${chance.pick(FIRST)} ${chance.pick(FAMILIES)}`),
    task: () =>
      once(() =>
        chance.pick([
          () => `T-${digits(4)}`,
          () => `OPS-${digits(3)}`,
          () => `#${digits(4)}`,
          () => `HEAT-2026-${digits(3)}`,
        ])(),
      ),
    file: () => once(slug),
    number: () => once(() => digits(chance.pick([2, 3, 5]))),
    amount: () =>
      once(() =>
        chance.pick([() => `${digits(1)},${digits(3)}`, () => `${digits(3)}.${digits(2)}`, () => digits(4)])(),
      ),
    date: () =>
      once(() => {
        const [day, month] = [1 + chance.below(28), chance.below(12)]
        const two = (value: number): string => String(value).padStart(2, '0')
        return chance.pick([
          `2027-${two(month + 1)}-${two(day)}`,
          `${day} ${MONTHS[month]}`,
          `${two(day)}.${two(month + 1)}.2027`,
          `${MONTHS[month]} ${day}`,
        ])
      }),
    time: () => `${8 + chance.below(9)}:${chance.pick(['00', '15', '30', '45'])}`,
    url: () =>
      once(
        () =>
          `https://${chance.pick(FIRMS).toLowerCase()}.example/${chance.pick(['a', 'portal', 'v2', 'docs'])}/${digits(4)}`,
      ),
  }
}
