import type {Language} from './template.js'

interface Names {
  readonly first: readonly string[]
  readonly last: readonly string[]
  readonly street: readonly string[]
}

const split = (words: string): string[] => words.split(', ')

/** People and streets that fit a language. */
export const NAMES: Readonly<Record<Language, Names>> = {
  en: {
    first: split('Emily, Thandi, Mark, Yusuf, Grace, Peter, Zinhle, Rachel, Ahmed, Colin, Lerato, Simon'),
    last: split('Adams, Mokoena, Harris, Patel, Coetzee, Nel, Dlamini, Wright, Isaacs, Hughes, Moodley, Baker'),
    street: split('12 Hill Street, 4 Kloofnek Road, 88 Main Road, 31 Bay View, 7 Orange Grove, 19 Station Road'),
  },
  de: {
    first: split('Anke, Jörg, Sabine, Günther, Käthe, Holger, Ursula, Björn'),
    last: split('Schäfer, Müller, Hoffmann, Größer, Lehmann, Böhm, Vogel, Jäger'),
    street: split('Lindenstraße 8, Am Mühlbach 3, Schloßgasse 21, Bahnhofstraße 2'),
  },
  fr: {
    first: split('Camille, Benoît, Agnès, Rémi, Chloé, Gérard, Noémie, François'),
    last: split('Lefèvre, Moreau, Garçon, Bérard, Dubois, Chevalier, Noël, Perrin'),
    street: split('3 rue des Écoles, 14 allée des Chênes, 27 avenue Foch, 5 impasse du Moulin'),
  },
  es: {
    first: split('Lucía, Andrés, María, Íñigo, Concepción, Raúl, Pilar, Sebastián'),
    last: split('Núñez, García, Peña, Ibáñez, Ortega, Muñoz, Vidal, Ramírez'),
    street: split('calle Mayor 6, plaza del Olivo 2, avenida del Río 41, calle Señora 9'),
  },
  pt: {
    first: split('Conceição, Tomás, Inês, Rui, Lúcia, André, Simão, Beatriz'),
    last: split('Gonçalves, Araújo, Magalhães, Teixeira, Simões, Lourenço, Pires, Brandão'),
    street: split('rua do Sol 17, travessa da Estação 3, rua São João 88, praça Nova 1'),
  },
  nl: {
    first: split('Marieke, Sander, Joke, Daniël, Fleur, Bas, Renée, Willem'),
    last: split('de Boer, Jansen, van Dijk, Visser, Smit, Mulder, Kuipers, van den Berg'),
    street: split('Dorpsstraat 10, Kerkweg 44, Molenlaan 6, Havenkade 2'),
  },
  sv: {
    first: split('Björn, Märta, Åke, Linnéa, Sören, Elsa, Göran, Frida'),
    last: split('Öberg, Sjöström, Håkansson, Nyström, Bäckman, Lund, Ågren, Holm'),
    street: split('Storgatan 5, Björkvägen 12, Hamngatan 3, Ekstigen 8'),
  },
  ru: {
    first: split('Анна, Дмитрий, Елена, Сергей, Наталья, Павел, Мария, Виктор'),
    last: split('Иваненко, Кузьмич, Черных, Гончар, Савич, Литвин, Мороз, Белых'),
    street: split('ул. Лесная 4, пр. Мира 18, ул. Речная 27, пер. Тихий 3'),
  },
  zh: {
    first: split('伟, 芳, 娜, 敏, 静, 磊, 洋, 艳'),
    last: split('王, 李, 张, 刘, 陈, 杨, 赵, 黄'),
    street: split('中山路12号, 人民街8号, 海滨大道33号, 桂花巷5号'),
  },
  ja: {
    first: split('太郎, 花子, 健一, 美咲, 翔太, 由美, 直樹, 恵'),
    last: split('田中, 鈴木, 高橋, 渡辺, 伊藤, 山本, 中村, 小林'),
    street: split('桜町一丁目二番, 港町三丁目五番, 緑ヶ丘七番地, 本町二丁目八番'),
  },
  af: {
    first: split('Pieter, Annelie, Koos, Marietjie, Hendrik, Elmarie, Dawid, Riana'),
    last: split('van der Merwe, du Toit, Steyn, Erasmus, Vermeulen, Kruger, Malan, Conradie'),
    street: split('Kerkstraat 9, Bergweg 21, Vygiesingel 4, Hoofweg 60'),
  },
}

/** Where people have their boxes. */
export const BOXES = split('mailpost.example, webmail.example, homebox.example, familymail.example, letterbox.example')

export const COMPANIES = split(
  'Oceanview Apartments, Harbour Clinic, Silo Hotel, Kirstenhof School, Bluegum Nursing Home, Cedar Bakery, Meridian Offices, Fynbos Lodge, Atlantic Seafood, Tygerberg Dental',
)

export const SUPPLIERS = split(
  'Frostline Wholesale, Copperline Supplies, Thermolux, Valveworks, Kelvin Parts, Nordic Compressors, Cape Tools, Insulate Direct',
)

/** Things on the internet that Northwind pays for. */
export const SERVICES = split('Cloudberry, Paylane, Voicewell, Mapwise, Dispatch Cloud, Signbox, Fleetpin, Textbird')

export const HOSTS = split('dispatch, api, booking, portal, field-app, db1, worker-2, mail, files')

export const PRODUCTS = split(
  'heat pump, geyser, floor heating, ducted unit, boiler, cooling unit, thermostat, buffer tank',
)
