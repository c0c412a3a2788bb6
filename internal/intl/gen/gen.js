// Makes ../cldr.bin from the JSON packages of the Unicode CLDR project:
//
//	npm install cldr-core@48.2.0 cldr-bcp47@48.2.0 cldr-numbers-full@48.2.0 cldr-dates-full@48.2.0 \
//	  cldr-units-full@48.2.0 cldr-localenames-full@48.2.0 cldr-misc-full@48.2.0
//	gonode gen.js node_modules/cldr- ../cldr.bin
//
// The file is a directory of tables in brotli's format. A table is text: "key\tvalue"
// lines in the order of their bytes, so that a look-up is a binary search and
// nothing is parsed. A locale's table has what differs from its parent's.
'use strict';
const fs = require('fs');
const zlib = require('zlib');
const [, , base, out] = process.argv;
const json = (name) => JSON.parse(fs.readFileSync(base + name, 'utf8'));
const supplemental = (name) => json('core/supplemental/' + name + '.json').supplemental;

// Languages that ICU has although their data is below the basic level.
const thin = new Set(('agq asa az bas bem bez bm bo ccp ce cgg ckb dav dje dua dyo dz ebu ewo ff fur gsw guz gv haw jgo jmc kab kam ' +
  'kde khq ki kkj kl kln ksb ksf ksh kw lg ln lrc lu luo luy mas mer mfe mg mgh mua mzn naq nd nmg nnh nus nyn os pa prg rn rof rwk saq sbp ' +
  'se seh ses sg shi smn sn teo tok twq tzm uz vai vun wae xog yav yi zgh').split(' '));
const left = new Set(['bal-Latn', 'be-tarask', 'ca-ES-valencia', 'el-polyton', 'ht', 'ht-HT', 'nb-NO', 'nb-SJ', 'za', 'zh-Latn-CN']);
// … but not with these scripts.
const thinless = /^(az-Arab|bm-Nkoo)/;
const coverage = json('core/coverageLevels.json').effectiveCoverageLevels;
const full = json('core/availableLocales.json').availableLocales.full;
const has = (l) => l !== 'und' && !left.has(l) && (coverage[l] !== undefined || thin.has(l.split('-')[0]) && !thinless.test(l));
const locales = full.filter(has);
const parents = supplemental('parentLocales').parentLocales.parentLocale;

function parentOf(l) {
  if (l === 'und') return undefined;
  if (parents[l]) return parents[l];
  const i = l.lastIndexOf('-');
  return i < 0 ? 'und' : l.slice(0, i);
}

function flatten(x, prefix, table, keep) {
  for (const [k, v] of Object.entries(x)) {
    const key = prefix ? prefix + '/' + k : k;
    if (keep && !keep(key, k)) continue;
    if (typeof v === 'string') table[key] = v;
    else if (Array.isArray(v)) table[key] = v.map((e) => typeof e === 'string' ? e : Object.values(e)[0]).join(' ');
    else if (v._value !== undefined) { table[key] = v._value; if (v._numbers) table[key + '/numbers'] = v._numbers; }
    else flatten(v, key, table, keep);
  }
  return table;
}

const units = ('acre bit byte celsius centimeter day degree fahrenheit fluid-ounce foot gallon gigabit gigabyte gram hectare hour inch kilobit ' +
  'kilobyte kilogram kilometer liter megabit megabyte meter microsecond mile mile-scandinavian milliliter millimeter millisecond minute month ' +
  'nanosecond ounce percent petabyte pound second stone terabit terabyte week yard year').split(' ');
const unitKey = {};
for (const category of Object.keys(json('units-full/main/en/units.json').main.en.units.long)) {
  for (const u of units) if (category.endsWith('-' + u) && category.indexOf('-') === category.length - u.length - 1) unitKey[category] = u;
}
// Compounds that have a name of their own.
for (const [c, u] of [['speed-kilometer-per-hour', 'kilometer-per-hour'], ['speed-mile-per-hour', 'mile-per-hour'], ['speed-meter-per-second', 'meter-per-second'],
  ['consumption-liter-per-kilometer', 'liter-per-kilometer'], ['consumption-mile-per-gallon', 'mile-per-gallon']]) unitKey[c] = u;

const noAlt = (key, k) => !/-alt-(ascii|variant|long|menu|secondary|formal)$/.test(k);
const get = (pkg, l, file) => {
  try { return json(`${pkg}/main/${l}/${file}.json`).main[l]; } catch (e) { if (e.code !== 'ENOENT') throw e; return undefined; }
};

const domains = {
  numbers(l) {
    const n = get('numbers-full', l, 'numbers').numbers;
    return flatten(n, '', {}, (key, k) => !/^(rationalFormats|minimalPairs|otherNumberingSystems\/(finance|traditional))/.test(key) && noAlt(key, k) && !k.endsWith('-noCurrency') ||
      key.startsWith('otherNumberingSystems'));
  },
  currencies(l) {
    const c = get('numbers-full', l, 'currencies').numbers.currencies;
    return flatten(c, '', {}, noAlt);
  },
  dates(l) {
    const c = get('dates-full', l, 'ca-gregorian').dates.calendars.gregorian;
    return flatten(c, '', {}, (key, k) => noAlt(key, k) && !/-count-/.test(k) && !/^(cyclicNameSets|dateSkeletons|timeSkeletons)/.test(key));
  },
  generic(l) {
    const c = get('dates-full', l, 'ca-generic').dates.calendars.generic;
    return flatten(c, '', {}, (key, k) => noAlt(key, k) && !/-count-/.test(k) && /^(dateFormats|dateTimeFormats|eras)/.test(key));
  },
  fields(l) { return flatten(get('dates-full', l, 'dateFields').dates.fields, '', {}, noAlt); },
  zones(l) { return flatten(get('dates-full', l, 'timeZoneNames').dates.timeZoneNames, '', {}, noAlt); },
  units(l) {
    const u = get('units-full', l, 'units').units, t = {};
    for (const w of ['long', 'short', 'narrow']) {
      for (const [c, name] of Object.entries(unitKey)) {
        if (!u[w][c]) continue;
        flatten(u[w][c], w + '/' + name, t, (key, k) => /^unitPattern-count|^perUnitPattern/.test(k));
      }
      if (u[w].per) t[w + '/per'] = u[w].per.compoundUnitPattern;
    }
    return t;
  },
  names(l) {
    const t = {};
    for (const [file, part] of [['languages', 'languages'], ['scripts', 'scripts'], ['territories', 'territories'], ['variants', 'variants']]) {
      const d = get('localenames-full', l, file);
      if (d) flatten(d.localeDisplayNames[part], part, t, (key, k) => noAlt(key, k));
    }
    const d = get('localenames-full', l, 'localeDisplayNames');
    if (d) {
      flatten(d.localeDisplayNames.localeDisplayPattern, 'pattern', t);
      if (d.localeDisplayNames.types?.calendar) flatten(d.localeDisplayNames.types.calendar, 'calendar', t, noAlt);
    }
    return t;
  },
  misc(l) {
    const t = flatten(get('misc-full', l, 'listPatterns').listPatterns, '', {});
    const o = get('misc-full', l, 'layout');
    if (o) t.orientation = o.layout.orientation.characterOrder;
    return t;
  },
};

// What a look-up that finds nothing takes instead: a code stands for itself.
const code = { names: (k) => k.slice(k.indexOf('/') + 1), currencies: (k) => k.endsWith('/symbol') && k.slice(0, 3) };
const tables = {}; // "und/numbers" → object
const fullTables = {};
const tableOf = (l, d) => {
  const key = l + '/' + d;
  return fullTables[key] ??= domains[d](l);
};
for (const l of ['und', ...locales]) {
  for (const d of Object.keys(domains)) {
    const t = tableOf(l, d), p = parentOf(l) && tableOf(parentOf(l), d);
    const own = {};
    for (const [k, v] of Object.entries(t)) {
      const inherited = p ? p[k] : undefined;
      if (inherited !== v && !(inherited === undefined && code[d]?.(k) === v)) own[k] = v;
    }
    if (p) for (const k of Object.keys(p)) if (!(k in t)) own[k] = '\u0001'; // not inherited
    if (Object.keys(own).length) tables[l + '/' + d] = own;
  }
}

// What does not depend on a locale.
const rules = (o) => {
  const t = {};
  for (const [l, r] of Object.entries(o)) {
    t[l] = Object.entries(r).filter(([k]) => !k.endsWith('other')).map(([k, v]) => k.slice(17) + ': ' + v.replace(/ *@.*/s, '')).join('; ');
  }
  return t;
};
tables['-/plurals'] = rules(supplemental('plurals')['plurals-type-cardinal']);
tables['-/ordinals'] = rules(supplemental('ordinals')['plurals-type-ordinal']);
tables['-/pluralRanges'] = flatten(supplemental('pluralRanges').plurals, '', {});
tables['-/parents'] = parents;
tables['-/likely'] = supplemental('likelySubtags').likelySubtags;
tables['-/digits'] = Object.fromEntries(Object.entries(supplemental('numberingSystems').numberingSystems).filter(([, v]) => v._type === 'numeric').map(([k, v]) => [k, v._digits]));
tables['-/hours'] = Object.fromEntries(Object.entries(supplemental('timeData').timeData).map(([k, v]) => [k.replace('_', '-'), v._preferred + ' ' + v._allowed]));
tables['-/weeks'] = flatten(supplemental('weekData').weekData, '', {}, (key, k) => !/-alt-/.test(k));
tables['-/dayPeriods'] = Object.fromEntries(Object.entries(supplemental('dayPeriods').dayPeriodRuleSet).map(([l, r]) =>
  [l, Object.entries(r).map(([k, v]) => k + ' ' + (v._at ? v._at + ' ' + v._at : v._from + ' ' + v._before)).join(';')]));
tables['-/fractions'] = Object.fromEntries(Object.entries(supplemental('currencyData').currencyData.fractions).map(([k, v]) => [k, v._digits]));
const tender = {}; // currencies that are legal somewhere now
for (const list of Object.values(supplemental('currencyData').currencyData.region)) {
  for (const c of list) for (const [k, v] of Object.entries(c)) if (!v._to && v._tender !== 'false') tender[k] = '';
}
tables['-/currencies'] = tender;
tables['-/calendars'] = Object.fromEntries(Object.entries(supplemental('calendarPreferenceData').calendarPreferenceData).map(([k, v]) => [k, (Array.isArray(v) ? v : v.split(' ')).join(' ')]));
const aliases = supplemental('aliases').metadata.alias, al = {};
for (const kind of ['languageAlias', 'scriptAlias', 'territoryAlias', 'variantAlias', 'subdivisionAlias']) {
  for (const [k, v] of Object.entries(aliases[kind])) al[kind.slice(0, -5) + '/' + k.replace(/_/g, '-').toLowerCase()] = v._replacement.replace(/_/g, '-');
}
tables['-/aliases'] = al;
tables['-/locales'] = Object.fromEntries([...new Set([...locales, ...json('core/defaultContent.json').defaultContent.filter((l) => {
  if (left.has(l)) return false;
  for (let p = l; p && p !== 'und'; p = parentOf(p)) if (locales.includes(p)) return true;
  return false;
})])].map((l) => [l, '']));

// Time zones: the IANA names with CLDR's idea of the canonical one, and metazones.
const tz = json('bcp47/bcp47/timezone.json').keyword.u.tz, zoneTable = {}, keyTable = {};
for (const [id, z] of Object.entries(tz)) {
  if (id[0] === '_' || !z._alias) continue;
  const names = z._alias.split(' ');
  keyTable[id] = names[0] + (z._iana ? ' ' + z._iana : '');
  for (const n of names) zoneTable[n] = names[0] + (z._iana ? ' ' + z._iana : '');
}
tables['-/zones'] = zoneTable;
const meta = {};
(function walk(x, prefix) {
  for (const [k, v] of Object.entries(x)) {
    const name = prefix ? prefix + '/' + k : k;
    if (Array.isArray(v)) meta[name] = v.map(({ usesMetazone: u }) => (u._from || '') + ',' + (u._to || '') + ',' + u._mzone).join(';');
    else walk(v, name);
  }
})(supplemental('metaZones').metaZones.metazoneInfo.timezone, '');
tables['-/metazones'] = meta;
const map = {};
for (const { mapZone: m } of supplemental('metaZones').metaZones.metazones) map[m._other + '/' + m._territory] = m._type;
tables['-/mapZones'] = map;
const primary = supplemental('primaryZones').primaryZones;
const territory = {}; // a zone's region, from the first two letters of its BCP 47 name
for (const [id, z] of Object.entries(tz)) if (z._alias && /^[a-z]{5}$/.test(id)) territory[z._alias.split(' ')[0]] = id.slice(0, 2).toUpperCase();
tables['-/zoneRegions'] = territory;
tables['-/primaryZones'] = primary;

// Unicode extension keys: types that stand for others.
const types = {};
for (const f of ['calendar', 'collation', 'number', 'measure', 'segmentation', 'variant', 'timezone', 'transform', 'transform_mt', 'transform_keyboard', 'transform_ime', 'transform_hybrid', 'transform_destination', 'transform-destination']) {
  let d; try { d = json(`bcp47/bcp47/${f}.json`).keyword; } catch { continue; }
  for (const sp of Object.keys(d)) {
    for (const [key, list] of Object.entries(d[sp])) {
      if (key === 'tz' && sp === 'u') {
        for (const [id, z] of Object.entries(list)) {
          if (typeof z !== 'object') continue;
          if (z._preferred) types['u/tz/' + id] = z._preferred;
        }
        continue;
      }
      for (const [id, z] of Object.entries(list)) {
        if (id[0] === '_' || typeof z !== 'object') continue;
        if (z._preferred) types[`${sp}/${key}/${id}`] = z._preferred;
        if (z._alias) for (const a of z._alias.split(' ')) if (/^[a-z0-9]{3,8}(-[a-z0-9]{3,8})*$/i.test(a)) types[`${sp}/${key}/${a.toLowerCase()}`] ??= id;
        types[`${sp}/${key}/${id}`] ??= '';
      }
    }
  }
}
for (const k of ['kb', 'kc', 'kh', 'kk', 'kn']) types[`u/${k}/yes`] = 'true';
tables['-/types'] = types;

const bytes = (s) => Buffer.from(s, 'utf8');
const { constants } = zlib;
const pack = (text) => zlib.brotliCompressSync(text, { params: {
  [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 20, [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
  [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
} });
const names = Object.keys(tables).sort((a, b) => Buffer.compare(bytes(a), bytes(b)));
const directory = [], blobs = [];
let offset = 0, raw = 0;
const sizes = {};
for (const name of names) {
  const lines = Object.entries(tables[name]).map(([k, v]) => {
    if (/[\t\n]/.test(k + v)) throw new Error('a separator in ' + name + ': ' + k);
    return bytes(k + '\t' + v + '\n');
  }).sort(Buffer.compare);
  const text = Buffer.concat(lines), z = pack(text);
  directory.push(`${name}\t${offset} ${z.length} ${text.length}\n`);
  blobs.push(z);
  offset += z.length;
  raw += text.length;
  const d = name.split('/')[1]; sizes[d] = (sizes[d] || 0) + z.length;
}
const dir = bytes(directory.join(''));
const head = Buffer.alloc(4);
head.writeUInt32LE(dir.length);
fs.writeFileSync(out, Buffer.concat([head, dir, ...blobs]));
console.log(names.length, 'tables', raw, 'bytes,', offset + dir.length, 'packed');
console.log(sizes);
