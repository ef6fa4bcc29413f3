// The search engine: from a question to reviews. It does what src/site/search does, step by step, over the files of the
// index, which it loads when they are needed. It knows nothing of the page.
"use strict";
(() => {
  const LONGEST = 72;
  // `DI` is Default_Ignorable_Code_Point, as in src/text/composed.rs.
  const LETTER = "(?:(?!\\p{DI})[\\p{Alpha}\\p{N}\\p{M}])";
  const WORD = new RegExp(LETTER, "u");
  const SPACELESS =
    /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  const CHUNK = new RegExp(`${LETTER}+(?:(?:\\p{DI}+|\\p{DI}*[-_.'\\u2019]\\p{DI}*)${LETTER}+)*`, "gu");
  // The zero-width non-joiner parts the words of a Persian compound.
  const UNSEEN = /(?<![\u0600-\u06ff\u0750-\u077f])\u200c|(?!\u200c)\p{DI}/gu;
  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i", ς: "σ" };
  // Accents, Hebrew points, Arabic vowel signs and hamza, and what is invisible.
  const MARK = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670\p{DI}]/gu;

  /** Small letters without accents. */
  function fold(text) {
    if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
    const small = text.normalize("NFKD").toLowerCase().replace(MARK, "");
    return small.replace(/[^\0-\x7f]/g, (letter) => LETTERS[letter] ?? letter).normalize("NFC");
  }

  const camelWords = (segment) =>
    /[0-9]/.test(segment) ? [segment] : segment.includes("\u200c") ? segment.split("\u200c") : segment.split(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z][a-z])/);

  /** A folded word without an Arabic or Hebrew article, nothing when it has none. The longest article is taken off. */
  const withoutArticle = (word) => /^(?:وال|بال|كال|فال|ال|لل|וה|ה)(..+)$/su.exec(word)?.[1];

  // A part is a word between spaces and signs; an identifier is a whole, too; pieces are what a part is found by as well.
  const PART = 0, WHOLE = 1, PIECE = 2;

  /** Every word of a text: its folded form, its kind, and where it stands. */
  function words(text) {
    const found = [];
    for (const match of text.matchAll(CHUNK)) {
      const [start, end] = [match.index, match.index + match[0].length];
      const add = (word, kind) => found.push({ word, kind, start, end });
      const chunk = match[0].replace(/['\u2019]/g, "").replace(UNSEEN, "");
      const segments = chunk.split(/[-_.]/).filter(Boolean);
      if (segments.length > 1) {
        const whole = fold(chunk);
        const letters = [...whole];
        if (letters.length <= LONGEST && letters.every((c) => /[-_.]/.test(c) || (WORD.test(c) && !SPACELESS.test(c)))) add(whole, WHOLE);
      }
      for (const segment of segments) {
        runs(fold(segment), (word) => {
          add(word, PART);
          const bare = withoutArticle(word);
          if (bare) add(bare, PIECE);
        });
        const pieces = camelWords(segment);
        if (pieces.length > 1) for (const piece of pieces) runs(fold(piece), (word) => SPACELESS.test(word) || add(word, PIECE));
      }
    }
    return found;
  }

  const ofKind = (wanted, found) => found.filter(({ kind }) => kind === wanted).map(({ word }) => word);

  function runs(folded, each) {
    if (/^[a-z0-9]+$/.test(folded)) return folded.length <= LONGEST && each(folded);
    const letters = [...folded];
    const kind = (c) => (SPACELESS.test(c) ? 2 : WORD.test(c) ? 1 : 0);
    for (let at = 0, end; at < letters.length; at = end) {
      const own = kind(letters[at]);
      for (end = at + 1; end < letters.length && kind(letters[end]) === own; ) end += 1;
      if (own === 1 && end - at <= LONGEST) each(letters.slice(at, end).join(""));
      if (own === 2 && end - at === 1) each(letters[at]);
      if (own === 2) for (let first = at; first < end - 1; first += 1) each(letters[first] + letters[first + 1]);
    }
  }

  /** What the English forms of a word have in common: always its beginning. */
  function stem(word) {
    if (!/^[a-z]{4,}$/.test(word)) return word;
    let root = word.replace(/(?<=...)ies$|(?<=...)(?<=[sxz]|ch|sh)es$|(?<=[^sui])s$/, "");
    let cut = false;
    for (const [ending, least] of [["ing", 3], ["ion", 4], ["ed", 3], ["e", 3], ["y", 3]]) {
      const rest = root.slice(0, -ending.length);
      if (root.endsWith(ending) && rest.length >= least && /[aeiouy]/.test(rest)) {
        [root, cut] = [rest, true];
        break;
      }
    }
    if (!cut) return root;
    if (root.length > 3 && /([^lsfzaeiou])\1$/.test(root)) return root.slice(0, -1);
    return /....at$/.test(root) ? root.slice(0, -2) : root;
  }

  /** Whether one letter more, less or other, or two swapped, make `b` of `a`. */
  function isOneEdit(a, b) {
    let same = 0;
    while (same < a.length && a[same] === b[same]) same += 1;
    const [own, other, later] = [a.slice(same), b.slice(same), a.slice(same + 1)];
    const swapped = own[0] === other[1] && own[1] === other[0] && own.slice(2) === other.slice(2);
    return a !== b && (later === other || own === other.slice(1) || later === other.slice(1) || swapped);
  }

  const WANTED = 0, BONUS = 1, EXACT = 2;

  /** Reads a question. `fields` are the words that name a column. */
  function parse(text, fields) {
    const query = { units: [], phrases: [], excluded: [], filters: [], unknownFields: [] };
    const unit = (word, role, open, pieces = []) => {
      const known = query.units.find((unit) => unit.word === word);
      if (!known) return query.units.push({ word, role, open, pieces });
      known.open ||= open;
      if (!known.pieces.length) known.pieces = pieces;
      if (role === EXACT || known.role === BONUS) known.role = role;
    };
    let rest = text.trimStart();
    while (rest) {
      const excluded = /^-\S/.test(rest);
      if (excluded) rest = rest.slice(1);
      const named = /^([^:]*):(?=\S)/.exec(rest);
      const field = named && Object.hasOwn(fields, fold(named[1])) ? fields[fold(named[1])] : null;
      if (field) rest = rest.slice(named[0].length);
      // Addresses, paths of code and times have colons, too.
      else if (named && /^\p{Alpha}+:[^/:]/u.test(rest) && !query.unknownFields.includes(named[1])) query.unknownFields.push(named[1]);
      const quoted = rest[0] === '"';
      const item = quoted ? /^"([^"]*)"?/.exec(rest) : /^(\S*)/.exec(rest);
      const last = item[0].length === rest.length;
      rest = rest.slice(item[0].length).trimStart();
      const value = item[1];
      if (field) {
        if (key(value)) query.filters.push({ column: field, value, excluded });
        continue;
      }
      const found = words(value);
      const parts = ofKind(PART, found);
      if (excluded) {
        if (parts.length) query.excluded.push(parts.length === 1 ? [withoutArticle(parts[0]) ?? parts[0]] : parts);
      } else if (quoted) {
        for (const word of parts) unit(word, EXACT, false);
        if (parts.length > 1) query.phrases.push(parts);
      } else {
        for (const word of ofKind(WHOLE, found)) unit(word, BONUS, false);
        const pieces = ofKind(PIECE, found);
        parts.forEach((word, at) => {
          const bare = withoutArticle(word);
          if (bare) unit(word, BONUS, false);
          const own = takePieces(word, pieces);
          unit(bare ?? word, WANTED, last && at === parts.length - 1 && /[\p{Alpha}\p{N}]$/u.test(value), own);
        });
      }
    }
    return query;
  }

  /** Takes from `pieces` those that a word consists of. One letter says too little. */
  function takePieces(word, pieces) {
    let [rest, end] = [word, 0];
    while (end < pieces.length && rest.startsWith(pieces[end])) {
      rest = rest.slice(pieces[end].length);
      end += 1;
    }
    if (!end && pieces.length && withoutArticle(word) === pieces[0]) pieces.shift();
    if (end < 2 || rest) return [];
    const own = pieces.splice(0, end);
    return own.every((piece) => [...piece].length > 1) ? own : [];
  }

  /** What two spellings of one value have in common; signs count, case, accents and what parts the words do not. */
  const key = (name) =>
    fold(name).replaceAll("\u2019", "'").replace(/[\u2010-\u2013]/g, "-").split(/[\s_]+/).filter(Boolean).join("-");

  const lettersOf = (key) => [...key].filter((c) => /[\p{Alpha}\p{N}]/u.test(c));
  /** The pairs of neighbours, with a blank at each end. */
  const pairsOf = (letters) => new Set([" ", ...letters].map((c, at) => c + (letters[at] ?? " ")));

  /** How much two keys have in common, from 0 to 2000. */
  function likeness(wanted, key) {
    let [own, other] = [lettersOf(wanted), lettersOf(key)];
    if (own.join("") === other.join("")) return 2000;
    if (own.length > 1 && other.join("").includes(own.join(""))) return 1500;
    [own, other] = [pairsOf(own), pairsOf(other)];
    return Math.floor((2000 * [...own].filter((pair) => other.has(pair)).length) / (own.size + other.size));
  }

  /** Numbers from printable characters: five bits in each, a sixth says whether more follow. */
  function reader(text) {
    let at = 0;
    const next = () => {
      let value = 0;
      for (let shift = 0; ; shift += 5) {
        const code = text.charCodeAt(at);
        at += 1;
        const digit = code > 92 ? code - 36 : code - 35;
        value |= (digit & 31) << shift;
        if (digit < 32 || shift > 25) return value;
      }
    };
    return { next, more: () => at < text.length };
  }

  const TITLE = 0, FIRST = 2, SECTIONS = 64;
  const LEVELS = [0.6, 1.0, 1.7, 2.6];
  // Of the title, the names, the first section and the others.
  const FIELDS = [3.0, 1.6, 1.3, 1.0];
  const FORM = 0.8, LONGER = 0.6, PIECES = 0.5, SLIP = 0.7, ENOUGH = 1.2, TOGETHER = 2.5;
  const FORMS = 48, OFFERS = 4, REACH = 4;
  const NEAR = 500, NEAREST = 3, EXAMPLES = 5;

  /** What `load` promises, asked for once for each name; again after it failed. */
  function once(load) {
    const known = new Map();
    return (name) => {
      if (!known.has(name)) {
        const promise = load(name);
        promise.catch(() => known.delete(name));
        known.set(name, promise);
      }
      return known.get(name);
    };
  }

  /** Opens an index. `load(name)` promises the data of a file; `index` is the list of them. */
  function open(index, load) {
    const { reviews } = index;
    const firsts = index.firsts.split(" ");
    const file = once(load);
    /** The words of a file, sorted, each with its postings or with how often it stands. */
    const terms = once(async (name) => [...(await file(name)).matchAll(/(\S+) (\S+)/g)].map(([, word, postings]) => ({ word, postings })));
    const shard = async (at) => (at < index.shards.length ? terms(index.shards[at]) : []);
    const shardOf = (word) => Math.max(0, firsts.findLastIndex((first) => first <= word));

    async function withinReach(root, word) {
      let start = shardOf(root);
      let end = Math.max(start, firsts.findLastIndex((first) => first.startsWith(root)));
      if (end - start >= REACH) {
        start = shardOf(word);
        end = Math.min(end, start + REACH - 1);
      }
      const shards = await Promise.all(Array.from({ length: end - start + 1 }, (_, at) => shard(start + at)));
      return shards.flat().filter((term) => term.word.startsWith(root));
    }

    const exact = async (word) => (await shard(shardOf(word))).filter((term) => term.word === word);

    async function variants(unit) {
      const { word } = unit;
      if (unit.role !== WANTED) return (await exact(word)).map((term) => ({ term, weight: 1 }));
      const root = stem(word);
      const found = [];
      for (const term of await withinReach(root, word)) {
        let weight = 0;
        if (term.word === word) weight = 1;
        else if (stem(term.word) === root) weight = FORM;
        else if (unit.open && term.word.startsWith(word)) weight = LONGER;
        if (weight) found.push({ term, weight });
      }
      // Sorting keeps the order of words that are alike.
      const size = ({ term }) => term.postings.length;
      const best = [...found].sort((a, b) => (a.weight < 1) - (b.weight < 1) || size(b) - size(a)).slice(0, FORMS);
      return found.filter((form) => best.includes(form));
    }

    async function offers(word) {
      if ([...word].length < 5 || /[0-9]/.test(word)) return [];
      const root = stem(word);
      const isNear = (text) =>
        isOneEdit(word, text) || (root.length >= 4 && stem(text).length >= 4 && isOneEdit(root, stem(text)));
      const near = (await terms(index.words)).filter((term) => isNear(term.word)).map((term) => [term.word, reader(term.postings).next()]);
      const other = ([text]) => text[0] !== word[0];
      near.sort((a, b) => other(a) - other(b) || b[1] - a[1]);
      return near.slice(0, OFFERS).map(([text]) => text).sort();
    }

    function eachPosting(postings, each) {
      const { next, more } = reader(postings);
      for (let review = 0; more(); review += 1) {
        review += next();
        for (let section = 0, value = 1; value & 1; section += 1) {
          value = next();
          section += value >> 3;
          each(review, section, (value >> 1) & 3);
        }
      }
    }

    function add(unit, found, inPieces, sums) {
      const weights = new Float64Array(reviews);
      const sections = new Float64Array(reviews * SECTIONS);
      const titles = new Float64Array(reviews);
      const touched = [];
      const weigh = (review, section, value) => {
        if (weights[review] === 0) touched.push(review);
        weights[review] += value * FIELDS[Math.min(section, 3)];
        sections[review * SECTIONS + section] += value;
        if (section === TITLE) titles[review] = Math.max(titles[review], value);
      };
      for (const { term, weight } of found) eachPosting(term.postings, (review, section, level) => weigh(review, section, weight * LEVELS[level]));
      for (const place of inPieces) if (sections[place] === 0) weigh(Math.floor(place / SECTIONS), place % SECTIONS, PIECES);
      const rarity = Math.log(1 + (reviews - touched.length + 0.5) / (touched.length + 0.5));
      if (unit.role !== BONUS) sums.wanted += rarity;
      for (const review of touched) {
        const weight = weights[review];
        sums.total[review] += (rarity * weight * (ENOUGH + 1)) / (weight + ENOUGH) + rarity * titles[review];
        if (unit.role !== BONUS) sums.covered[review] += rarity;
        for (let at = review * SECTIONS; at < (review + 1) * SECTIONS; at += 1) {
          const value = sections[at];
          if (value > 0) sums.sections[at] += (rarity * value * 2) / (value + 1);
        }
      }
    }

    /** The sections, counted through all reviews, that have every word of a group. */
    async function places(group, role) {
      const counts = new Uint32Array(reviews * SECTIONS);
      const all = [...new Set(group)].sort();
      for (const [at, word] of all.entries()) {
        for (const { term } of await variants({ word, role })) {
          eachPosting(term.postings, (review, section) => {
            const place = review * SECTIONS + section;
            if (counts[place] === at) counts[place] += 1;
          });
        }
      }
      const found = [];
      counts.forEach((count, place) => count === all.length && found.push(place));
      return found;
    }

    const inOneSection = async (group, role) => new Set((await places(group, role)).map((place) => Math.floor(place / SECTIONS)));

    /** The columns: values, and for each review its row. */
    const columns = once(async (name) => {
      const data = await file(name);
      const { next, more } = reader(data.rows);
      const one = (number) => (number ? [number - 1] : []);
      const list = () => Array.from({ length: next() }, next);
      const rows = [];
      let day = 0;
      while (more()) {
        const gap = next();
        if (gap) day += gap - 1;
        const marks = next();
        const org = next();
        // Days are counted from the first of January of the year 1.
        const date = gap ? new Date((day - 719163) * 864e5).toISOString().slice(0, 10) : "";
        rows.push({
          date,
          nearMiss: !!(marks & 1),
          withdrawn: !!(marks & 2),
          severity: one(marks >> 2),
          org: one(org),
          service: list(),
          factor: list(),
          owner: list(),
        });
      }
      const years = [...new Set(rows.map((row) => row.date.slice(0, 4)))];
      for (const row of rows) {
        row.year = [years.indexOf(row.date.slice(0, 4))];
        row.kind = [row.nearMiss ? 1 : 0];
      }
      return { ...data, year: years.map((year) => [year]), kind: [["incident"], ["near-miss"]], rows };
    });
    const catalogue = () => columns(index.catalogue);

    /** The positions of the values of a column that a reader names, by any of their names. */
    async function values(column, wanted) {
      const all = (await catalogue())[column];
      const meant = wanted.map(key);
      return new Set([...all.keys()].filter((at) => all[at].some((name) => meant.includes(key(name)))));
    }

    /** The names of the values that a reader may mean, the nearest first; without any, those of the first values. */
    async function near(column, wanted) {
      const meant = key(wanted);
      const known = (await catalogue())[column]
        .map((names) => [Math.max(...names.map((name) => likeness(meant, key(name)))), names.find(Boolean)])
        .filter(([, name]) => name);
      const close = known.filter(([value]) => value >= NEAR).sort((a, b) => b[0] - a[0]).slice(0, NEAREST);
      return (close.length ? close : known.slice(0, EXAMPLES)).map(([, name]) => name);
    }

    /**
     * The reviews that answer, the best first, and the words that no review has with what was looked for instead.
     * Phrases are only known to stand in one section with all their words.
     */
    async function search(query) {
      const allowed = new Uint8Array(reviews).fill(1);
      const keep = (isMeant) => allowed.forEach((_, at) => isMeant(at) || (allowed[at] = 0));
      const unknownValues = [];
      for (const { column, value, excluded } of query.filters) {
        const [chosen, { rows }] = [await values(column, [value]), await catalogue()];
        keep((at) => rows[at][column].some((value) => chosen.has(value)) !== excluded);
        if (!chosen.size) unknownValues.push([column, value, await near(column, value)]);
      }
      for (const group of [...query.excluded, ...query.phrases]) {
        const excluded = query.excluded.includes(group);
        const found = await inOneSection(group, excluded && group.length === 1 ? WANTED : EXACT);
        keep((at) => found.has(at) !== excluded);
      }
      const zeros = (each) => new Float64Array(reviews * each);
      const sums = { total: zeros(1), covered: zeros(1), sections: zeros(SECTIONS), wanted: 0 };
      const light = query.units.filter((unit) => unit.role === EXACT || !index.heavy.includes(unit.word));
      const asked = light.length ? light : query.units;
      const unknown = [];
      const all = await Promise.all(asked.map(variants));
      for (const [at, unit] of asked.entries()) {
        let found = all[at];
        const inPieces = unit.pieces.length ? await places(unit.pieces, EXACT) : [];
        if (!found.length && !inPieces.length && unit.role === WANTED) {
          const texts = await offers(unit.word);
          unknown.push([unit.word, texts]);
          found = (await Promise.all(texts.map(exact))).flat().map((term) => ({ term, weight: SLIP }));
        }
        add(unit, found, inPieces, sums);
      }
      return { hits: hits(sums, allowed), unknown, unknownValues };
    }

    function hits(sums, allowed) {
      let found = [];
      let best = 0;
      for (let number = 0; number < reviews; number += 1) {
        if (!allowed[number] || (sums.covered[number] === 0 && sums.wanted !== 0)) continue;
        const sections = sums.sections.subarray(number * SECTIONS, (number + 1) * SECTIONS);
        // A plain loop: this is done for each review on each key.
        let together = 0;
        for (const sum of sections) together = Math.max(together, sum);
        const share = sums.wanted === 0 ? 1 : sums.covered[number] / sums.wanted;
        const score = Math.round((sums.total[number] + TOGETHER * together) * share * share * 1e6) / 1e6;
        best = Math.max(best, share);
        found.push({ number, score, share, sections: () => bestSections(sections) });
      }
      found = found.filter((hit) => hit.share >= best * 0.5);
      found.sort((a, b) => b.score - a.score || b.number - a.number);
      return found;
    }

    function bestSections(sections) {
      const best = [...sections.keys()].filter((at) => at >= FIRST && sections[at] > 0);
      best.sort((a, b) => sections[b] - sections[a] || a - b);
      const least = best.length ? sections[best[0]] * 0.4 : 0;
      return best.filter((at) => sections[at] >= least).slice(0, 3).map((at) => at - FIRST);
    }

    /** What is shown of a review: its page without the ending, title, the beginning of the summary, and its sections as anchors and headings. */
    async function card(number) {
      const cards = await file(index.cards[Math.floor(number / index.cardsEach)]);
      const [id, title, lead, places] = cards[number % index.cardsEach];
      return { id, title, lead, places: places.map((place) => (Array.isArray(place) ? place : index.places[place])) };
    }

    /** The sections of a review as plain text; none on large sites. */
    const texts = async (number) => (index.texts.length ? (await file(index.texts[Math.floor(number / index.textsEach)]))[number % index.textsEach] : []);

    const fields = [...new Set(Object.values(index.fields))];
    return { search, card, texts, fields, hasTexts: index.texts.length > 0, catalogue, values, parse: (text) => parse(text, index.fields) };
  }

  /** A test for the words of a text: whether one answers the question. */
  function matcher(query, offers) {
    const wanted = new Set(query.units.flatMap((unit) => [unit.word, ...unit.pieces]));
    const forms = query.units.filter((unit) => unit.role === WANTED).map((unit) => unit.word);
    const stems = new Set([...forms, ...offers].map(stem));
    const open = query.units.find((unit) => unit.open)?.word;
    return (word) => wanted.has(word) || stems.has(stem(word)) || (open !== undefined && word.startsWith(open));
  }

  /** A text in pieces that are words asked for or not. */
  function pieces(text, isMatch) {
    const all = [];
    let at = 0;
    for (const { word, start, end } of words(text)) {
      if (start < at || !isMatch(word)) continue;
      all.push({ text: text.slice(at, start) }, { text: text.slice(start, end), isMatch: true });
      at = end;
    }
    return [...all, { text: text.slice(at) }];
  }

  /** Whether words follow each other in a text. */
  function hasPhrase(text, phrase) {
    const parts = ofKind(PART, words(text));
    return parts.some((_, at) => phrase.every((word, next) => parts[at + next] === word));
  }

  globalThis.casebookSearch = { words, once, open, matcher, pieces, hasPhrase, version: 3 };
})();
