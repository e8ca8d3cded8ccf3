import type {WordList} from '../words/phrases.js'
import {CHINESE} from './chinese.js'
import type {Lexicon} from './concept.js'
import {DUTCH} from './dutch.js'
import {ENGLISH_CALM} from './english-calm.js'
import {ENGLISH_STAKES} from './english-stakes.js'
import {ENGLISH_TROUBLE} from './english-trouble.js'
import {FRENCH} from './french.js'
import {GERMAN} from './german.js'
import {JAPANESE} from './japanese.js'
import {PORTUGUESE} from './portuguese.js'
import {RUSSIAN} from './russian.js'
import {SPANISH} from './spanish.js'
import {SWEDISH} from './swedish.js'

/** A language's words, and how a mail shows that it is in it. */
export interface Language {
  readonly name: string
  readonly lexicons: readonly Lexicon[]
  /**
   * Small words that no other language has. Its lists count only where one of them stands, as "brand" burns in Germany
   * alone; null: the lists count always. More text can only add a language.
   */
  readonly shownBy: WordList | null
  /** A sign of the script without which none of its phrases can be met; null: it is written as most are. */
  readonly script: RegExp | null
}

/** Every language that mail is read in. */
export const LANGUAGES: readonly Language[] = [
  {name: 'en', lexicons: [ENGLISH_TROUBLE, ENGLISH_STAKES, ENGLISH_CALM], shownBy: null, script: null},
  {
    name: 'de',
    lexicons: [GERMAN],
    shownBy:
      'und, nicht, ist, wir, seit, keine, kein, bitte, ich, wird, uhr, ihre, ihr, sind, haben, heute, auf, bei, zum, zur, wurde, guten, konnen, noch, nur, jetzt, auch, einen, eine, bis zum, sie, unser, unsere, alles, danke, dem, eilt, rechnung, der, das, von, aus, wenn, kommt, zu, wie, mehr, sich, meine, mein, gibt, unseren, den, dass, ihren',
    script: null,
  },
  {
    name: 'fr',
    lexicons: [FRENCH],
    shownBy:
      'nous, vous, les, une, dans, avec, notre, votre, depuis, bonjour, bonsoir, cette, je, aux, sont, est, ne, le, du, et, au, aucune, merci, jusqu, plus de, il, elle, qui, mes, mon, pas, avons, avez, ces, que, rien, plus rien, quand',
    script: null,
  },
  {
    name: 'es',
    lexicons: [SPANISH],
    shownBy:
      'el, los, una, con, del, muy, usted, ustedes, nuestro, nuestra, hemos, hoy, buenos, buenas, gracias, pero, tenemos, pueden, puede, hay, las, por, desde, sus, en el/la, la, su, estamos, ha, y, que, cuando, mi, se, al, lo, es, esta, como, nos, para',
    script: null,
  },
  {
    name: 'pt',
    lexicons: [PORTUGUESE],
    shownBy:
      'nao, uma, dos, voce, obrigado, obrigada, temos, nosso, nossa, bom dia, boa tarde/noite, pelo, pela, foi, ao, sem, ja, ainda, hoje, por favor, das, estamos, na, do, da, quando, faz, com, que, para, esta, e o, e a, um, os, nos, mais, cheira, vosso, vossa, ficou, ate, amanha, tem, sao, seu, sua',
    script: null,
  },
  {
    name: 'nl',
    lexicons: [DUTCH],
    shownBy:
      'het, een, wij, niet, zijn, onze, uw, voor, graag, groet, groeten, naar, ook, sinds, wordt, kunt, heeft, geen, van het/de, nie, ons, vir, julle, sedert, asseblief, groete, hulle, baie, dankie, ek, dit, goeiemore, goedemorgen, hallo, kan iemand, er, bij, zit, ik, jullie, doet, komt, staat, kan, moet, werkt, daar, hele, maar, haar, die hele, we krijgen, sit',
    script: null,
  },
  {
    name: 'sv',
    lexicons: [SWEDISH],
    shownBy:
      'och, inte, att, det, som, har, med, jag, till, hej, ett, sedan, vi, har, ni, kan ni, ingen, tack, pa, nar, av, ar, fran, vid, kommer, ur, hela, alla, den, mig, oss, er, mot',
    script: null,
  },
  {name: 'ru', lexicons: [RUSSIAN], shownBy: null, script: /\p{Script=Cyrillic}/u},
  {name: 'zh', lexicons: [CHINESE], shownBy: null, script: /\p{Script=Han}/u},
  {name: 'ja', lexicons: [JAPANESE], shownBy: null, script: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u},
]
