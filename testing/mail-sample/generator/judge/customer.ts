import {templatesOf} from '../template.js'

const {made, add} = templatesOf('judge', 'customer', {urgency: 0})

/** Customers with a word of thanks, or something for the file. */
export const CUSTOMER = made

add(
  'en',
  `{Bravo|Hats off}

{Sam|Thabo|Lerato} {fixed in a minute what three others swore at|even swept the yard}. {Give them a raise.|We sleep again.}

{person}, {street}`,
)
add(
  'en',
  `Re: {HELP no hot water!!|it's FREEZING in here}

{Never mind, the switch was off.|All good since lunch, sorry for the drama.}

> {Please please come, we're ice cubes|I can't take another night of this}`,
)
add(
  'en',
  `{For your file|New tenant}

From {date:+40} the contact at {street} is {first}, the {product} stays as it is.

{person}
{company}`,
)
add(
  'en',
  `{Photos|As promised}

Here's the {product} in its new cupboard. {My wife calls it the spaceship.|Neighbours are jealous.}

{first}`,
)
add(
  'en',
  `{We renewed|Signed}

Happy to stay another {two|three} years. {The signed copy is in the post.|See you in winter.}

{person}, {company}`,
)
add(
  'de',
  `{Läuft|Lob}

Seit {gestern|Dienstag} ist alles wieder {warm|dicht}. {Ihr Kollege war klasse.|Danke für die Geduld mit mir.}

{person}`,
)
add(
  'pt',
  `{Correu bem|Tudo em ordem}

O {arranjo|aparelho} ficou impecável. Já falei de vós {à minha irmã|aos vizinhos}.

{person}`,
)
add(
  'ru',
  `{Спасибо|Всё работает}

Мастер {приехал вовремя|всё объяснил}, дома {тепло|тихо}. {Будем рекомендовать.|Здоровья вам.}

{person}`,
)
add(
  'zh',
  `{感谢|好评}

师傅{很准时|很细心}，{现在屋里很暖和|问题都解决了}。谢谢！

{person}`,
)
