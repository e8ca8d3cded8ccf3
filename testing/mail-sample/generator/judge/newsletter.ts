import {templatesOf} from '../template.js'

const {made, add} = templatesOf('judge', 'newsletter', {kind: 'list', urgency: 0})

/** Bulk mail, loud and quiet. */
export const NEWSLETTER = made

add(
  'en',
  `{ENDS IN {n:2-9} HOURS|LAST PALLET}: {product}s below cost!!!\n\nWe will NOT repeat this. {Order before the bell|When it's gone it's gone}.`,
  {
    from: '{supplier} Outlet <outlet@{supplier.dom}>',
  },
)
add(
  'en',
  `{Your trial ends|Your points expire} tonight, {first}\n\nKeep {n:20-60} % off for life. Upgrade before midnight and never lose a feature.`,
  {
    from: 'Team {service} <hello@{service.dom}>',
  },
)
add(
  'en',
  `{When the grid went dark|The ransom at a plumber's}\n\n{n:3-9} lessons from a company that lost everything in a weekend. Plus: tool of the month.`,
  {
    from: 'Trade Weekly <post@tradeweekly.example>',
  },
)
add(
  'en',
  `{What's new|Release notes} in {service}\n\n{Faster maps|Darker dark mode}, and we squashed a critical bug you never met.`,
  {
    from: '{service} <product@{service.dom}>',
  },
)
add(
  'en',
  `{Winter tips|Your November letter}\n\nBleed your radiators, check your alarm, know your main valve. {supplier} wishes you warm feet.`,
  {
    from: '{supplier} <letter@{supplier.dom}>',
  },
)
add(
  'en',
  `We need to talk, {first}\n\nYou haven't opened our mails since {date:-60}. This is our final goodbye unless you click.`,
  {
    from: '{supplier} <us@{supplier.dom}>',
  },
)
add(
  'de',
  `{Letzte Stunden|Alarmstufe Rot}: {Pumpen|Thermen} zum halben Preis\n\n{Danach nie wieder.|Lager wird geräumt.}`,
  {
    from: '{supplier} <angebote@{supplier.dom}>',
  },
)
add('fr', `{Dernières heures|Alerte promo} : {n:20-60} % sur les pompes\n\nÀ minuit, tout s'arrête.`, {
  from: '{supplier} <promo@{supplier.dom}>',
})
add('es', `Boletín: {el apagón|la riada} un año después\n\nQué falló y qué aprendimos. Agenda de ferias.`, {
  from: 'Gremio <boletin@gremioclima.example>',
})
add('zh', `{限时|最后一天}！全场{n:3-8}折\n\n错过不再有，马上抢购。`, {from: '暖居 <news@nuanju.example>'})
add('af', `{Slegs vandag|Laaste kans}: gereedskap teen halfprys\n\nOm middernag is dit verby!`, {
  from: '{supplier} <nuus@{supplier.dom}>',
})
