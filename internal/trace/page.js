'use strict';
(() => {
  const $ = (id) => document.getElementById(id);
  const D = JSON.parse($('data').textContent);
  const root = document.documentElement;

  // Rows of numbers, as the program has written them.
  const SPAN = { track: 0, kind: 1, phase: 2, depth: 3, title: 4, stack: 5, start: 6, dur: 7, self: 8, callback: 9 };
  const JOB = { id: 0, track: 1, lane: 2, kind: 3, stack: 4, title: 5, queued: 6, started: 7, finished: 8, done: 9 };
  const HANDLE = { id: 0, track: 1, kind: 2, stack: 3, request: 4, opened: 5, closed: 6 };
  const PHASE = 0, CALLBACK = 1, SCRIPT = 2, TIMEOUT = 3, IMMEDIATE = 4, TICK = 5, MICROTASK = 6, PROMISE = 7, EXIT = 8, CONTAINER = 9;
  const PHASE_COLORS = ['timers', 'pending', 'idle', 'poll', 'check', 'close', 'script'];

  const esc = (s) => String(s).replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);
  const time = (ns) => {
    if (ns >= 1e9) return (ns / 1e9).toFixed(2) + ' s';
    if (ns >= 1e6) return (ns / 1e6).toFixed(ns >= 1e8 ? 0 : ns >= 1e7 ? 1 : 2) + ' ms';
    return Math.round(ns / 1e3) + ' µs';
  };
  const count = (n, one, many) => n.toLocaleString('en') + ' ' + (n === 1 ? one : many || one + 's');

  // --- Stacks

  function stackOf(id) {
    if (!id) return { api: '', frames: [] };
    const leaf = D.stacks[id], frames = [];
    for (let p = leaf[0]; p; p = D.stacks[p][0]) frames.push(D.frames[D.stacks[p][1]]);
    return { api: D.names[leaf[1]], frames };
  }
  const place = (f) => f[2] ? `${f[1]}:${f[2]}:${f[3]}` : f[1];
  const frameText = (f) => f[0] ? `${f[0]} (${place(f)})` : place(f);
  const shortPlace = (f) => place([f[0], f[1].replace(/^.*[\\/]/, ''), f[2], f[3]]);
  function origin(id) {
    const s = stackOf(id);
    if (!s.frames.length) return '';
    return `${s.api ? `<code>${esc(s.api)}</code> ` : ''}at <code title="${esc(frameText(s.frames[0]))}">${esc(shortPlace(s.frames[0]))}</code>`;
  }

  // --- What there is to draw: rows of bars. A bar is {start, end, title, color, kind, source}.

  const kindName = (s) => s[SPAN.kind] === CALLBACK ? D.names[s[SPAN.callback]] : D.kinds[s[SPAN.kind]];
  function spanColor(s) {
    switch (s[SPAN.kind]) {
      case TICK: return 'tick';
      case MICROTASK: case PROMISE: return 'micro';
      case SCRIPT: case EXIT: return 'script';
    }
    return PHASE_COLORS[s[SPAN.phase]] || 'script';
  }

  const rows = []; // {label, bars, group}
  function addRow(group, label, bars, extra) { rows.push({ group, label, bars, ...extra }); }

  function spanBar(s) {
    const k = s[SPAN.kind];
    return { start: s[SPAN.start], end: s[SPAN.start] + s[SPAN.dur], title: D.names[s[SPAN.title]], color: spanColor(s),
             faint: k === PHASE || k === CONTAINER, span: s };
  }
  const MAX_DEPTH = 7;
  D.tracks.forEach((t, i) => {
    const depths = [];
    for (const s of D.spans) {
      if (s[SPAN.track] !== i) continue;
      const d = Math.min(s[SPAN.depth], MAX_DEPTH);
      (depths[d] ||= []).push(spanBar(s));
    }
    for (let d = 0; d < depths.length; d++) {
      addRow(`${t.name}: loop`, d === 0 ? 'phases' : d === 1 ? 'callbacks' : '', depths[d] || [], { track: i });
    }
  });

  const workerName = (t) => D.tracks.length > 1 ? ` (${D.tracks[t].name})` : '';
  const lanes = Array.from({ length: D.poolThreads }, () => []), waiting = [];
  for (const j of D.jobs) {
    const title = D.names[j[JOB.title]];
    const started = j[JOB.started] < 0 ? D.end : j[JOB.started];
    if (j[JOB.lane] >= 0) {
      lanes[j[JOB.lane]].push({ start: started, end: j[JOB.finished] < 0 ? D.end : j[JOB.finished], title, color: 'pool', job: j });
    }
    waiting.push({ start: j[JOB.queued], end: started, title: title + ' waits', color: 'wait', job: j, waits: true });
  }
  const byStart = (a, b) => a.start - b.start;
  lanes.forEach((bars) => bars.sort(byStart));
  // A job waited for a thread if the one that it got was busy when it was queued.
  const waited = new Set();
  for (const bars of lanes) {
    for (let i = 1; i < bars.length; i++) if (bars[i - 1].end > bars[i].job[JOB.queued]) waited.add(bars[i].job);
  }
  for (const j of D.jobs) if (j[JOB.lane] < 0) waited.add(j);

  // Puts bars that overlap into rows of their own, at most max of them.
  function pack(bars, max) {
    const out = [];
    for (const b of bars) {
      let row = out.find((r) => r[r.length - 1].end <= b.start);
      if (!row) {
        if (out.length >= max) { out.hidden = (out.hidden || 0) + 1; continue; }
        out.push(row = []);
      }
      row.push(b);
    }
    return out;
  }
  lanes.forEach((bars, i) => addRow('Thread pool', `thread ${i + 1}`, bars, { lane: i }));
  pack(waiting.filter((b) => waited.has(b.job)).sort(byStart), 8).forEach((bars, i) =>
    addRow('Thread pool', i ? '' : 'waiting', bars, { waiting: true }));

  const handleBars = D.handles.map((h) => ({
    start: h[HANDLE.opened], end: h[HANDLE.closed] < 0 ? D.end : h[HANDLE.closed], title: D.names[h[HANDLE.kind]],
    color: 'handle', handle: h,
  }));
  const packed = pack(handleBars.sort(byStart), 12);
  packed.forEach((bars, i) => addRow('Handles and requests', i === 11 && packed.hidden ? `${packed.hidden} more` : '', bars));

  // --- Geometry

  const canvas = $('canvas'), ctx = canvas.getContext('2d'), tip = $('tip');
  const ROW = 20, GAP = 2, HEAD = 22, AXIS = 22, LABEL = 86;
  let y = AXIS, group = null;
  for (const r of rows) {
    if (r.group !== group) { r.head = y; y += HEAD; group = r.group; }
    r.y = y;
    y += ROW;
  }
  const height = y + 6;
  const firstTime = Math.min(...D.tracks.map((t) => t.began), D.spans.length ? D.spans[0][SPAN.start] : Infinity, D.end);
  const full = { from: firstTime, to: Math.max(D.end, firstTime + 1e3) };
  let view = { ...full }, width = 0, colors = {}, chosen = null, hovered = null;

  const xOf = (t) => LABEL + (t - view.from) / (view.to - view.from) * (width - LABEL);
  const tOf = (x) => view.from + (x - LABEL) / (width - LABEL) * (view.to - view.from);

  function firstVisible(bars, from) {
    let lo = 0, hi = bars.length;
    while (lo < hi) {
      const mid = (lo + hi) >> 1;
      if (bars[mid].end < from) lo = mid + 1; else hi = mid;
    }
    return lo;
  }

  function setView(from, to) {
    const max = (full.to - full.from) * 1.04;
    const span = Math.min(Math.max(to - from, 1e3), max);
    const mid = (from + to) / 2;
    const pad = (full.to - full.from) * 0.02;
    from = Math.min(Math.max(mid - span / 2, full.from - pad), full.to + pad - span);
    view = { from, to: from + span };
    schedule();
  }
  const zoom = (factor, at = (view.from + view.to) / 2) =>
    setView(at - (at - view.from) * factor, at + (view.to - at) * factor);
  const move = (part) => { const d = (view.to - view.from) * part; setView(view.from + d, view.to + d); };
  const fit = () => setView(full.from, full.to);
  function show(b) {
    const d = Math.max((b.end - b.start) * 1.5, 50e3);
    setView(b.start - d / 2, b.end + d / 2);
  }

  // --- Drawing

  function readColors() {
    const css = getComputedStyle(root);
    for (const name of [...PHASE_COLORS, 'tick', 'micro', 'pool', 'wait', 'handle', 'text', 'soft', 'line', 'panel', 'bg', 'accent']) {
      colors[name] = css.getPropertyValue('--' + name).trim();
    }
  }
  let pendingFrame = false;
  function schedule() {
    if (pendingFrame) return;
    pendingFrame = true;
    requestAnimationFrame(() => { pendingFrame = false; draw(); });
  }

  function axisStep(span, room) {
    const want = span / Math.max(room / 110, 1);
    const p = 10 ** Math.floor(Math.log10(want));
    return [1, 2, 5, 10].map((m) => m * p).find((s) => s >= want);
  }

  function draw() {
    const dpr = window.devicePixelRatio || 1;
    width = canvas.clientWidth;
    if (canvas.width !== Math.round(width * dpr) || canvas.height !== Math.round(height * dpr)) {
      canvas.width = Math.round(width * dpr);
      canvas.height = Math.round(height * dpr);
      canvas.style.height = height + 'px';
    }
    ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
    ctx.fillStyle = colors.panel;
    ctx.fillRect(0, 0, width, height);
    ctx.font = '12px system-ui, sans-serif';
    ctx.textBaseline = 'middle';

    const step = axisStep(view.to - view.from, width - LABEL);
    ctx.fillStyle = colors.soft;
    ctx.strokeStyle = colors.line;
    ctx.lineWidth = 1;
    ctx.beginPath();
    for (let t = Math.ceil((view.from - full.from) / step) * step; t <= view.to - full.from; t += step) {
      const x = Math.round(xOf(full.from + t)) + 0.5;
      if (x < LABEL) continue;
      ctx.moveTo(x, AXIS - 6);
      ctx.lineTo(x, height);
      ctx.fillText(t === 0 ? '0' : time(Math.abs(t)), x + 3, AXIS / 2);
    }
    ctx.stroke();

    for (const r of rows) {
      if (r.head !== undefined) {
        ctx.fillStyle = colors.text;
        ctx.font = '600 12px system-ui, sans-serif';
        ctx.fillText(r.group, 6, r.head + HEAD / 2 + 2);
        ctx.font = '12px system-ui, sans-serif';
      }
      drawRow(r);
      ctx.fillStyle = colors.panel;
      ctx.fillRect(0, r.y, LABEL, ROW);
      ctx.fillStyle = colors.soft;
      ctx.fillText(r.label, 8, r.y + ROW / 2);
    }
    root.dataset.drawn = String(Number(root.dataset.drawn || 0) + 1);
  }

  function drawRow(r) {
    const h = ROW - GAP;
    let painted = -1; // what is narrower than a pixel is painted once a pixel
    for (let i = firstVisible(r.bars, view.from); i < r.bars.length; i++) {
      const b = r.bars[i];
      if (b.start > view.to) break;
      const x0 = Math.max(xOf(b.start), LABEL), x1 = Math.min(xOf(b.end), width);
      const w = Math.max(x1 - x0, 1);
      if (x0 + w <= painted + 0.5) continue;
      painted = x0 + w;
      ctx.globalAlpha = b.faint ? 0.28 : 1;
      ctx.fillStyle = colors[b.color];
      ctx.fillRect(x0, r.y, w, h);
      ctx.globalAlpha = 1;
      if (b === chosen || b === hovered) {
        ctx.strokeStyle = b === chosen ? colors.accent : colors.text;
        ctx.lineWidth = 2;
        ctx.strokeRect(x0 + 1, r.y + 1, Math.max(w - 2, 1), h - 2);
      }
      if (w > 26) {
        ctx.save();
        ctx.beginPath();
        ctx.rect(x0, r.y, w - 3, h);
        ctx.clip();
        ctx.fillStyle = b.faint || b.waits ? colors.text : '#fff';
        ctx.fillText(b.title, x0 + 5, r.y + h / 2 + 1);
        ctx.restore();
      }
    }
  }

  // The bars in view, as drawn: for tests, and for who scripts the page.
  function rects() {
    const out = [];
    for (const r of rows) {
      for (let i = firstVisible(r.bars, view.from); i < r.bars.length && r.bars[i].start <= view.to; i++) {
        const b = r.bars[i];
        const x = xOf(b.start);
        out.push({ group: r.group, row: r.label, lane: r.lane ?? -1, title: b.title, x, y: r.y, w: Math.max(xOf(b.end) - x, 1), h: ROW - GAP,
                   color: colors[b.color], waits: !!b.waits });
      }
    }
    return out;
  }

  function barAt(px, py) {
    const r = rows.find((r) => py >= r.y && py < r.y + ROW);
    if (!r || px < LABEL) return null;
    const slack = (view.to - view.from) / (width - LABEL) * 2, t = tOf(px);
    let best = null;
    for (let i = firstVisible(r.bars, t - slack); i < r.bars.length && r.bars[i].start <= t + slack; i++) {
      const b = r.bars[i];
      if (b.start <= t && b.end >= t) return b;
      best ||= b;
    }
    return best;
  }

  // --- What a bar is

  function facts(b) {
    const out = [];
    const add = (name, value) => { if (value) out.push([name, value]); };
    if (b.span) {
      const s = b.span, k = s[SPAN.kind];
      add('what', k === PHASE ? 'phase' : `${esc(kindName(s))}${workerName(s[SPAN.track])}`);
      if (k !== PHASE && s[SPAN.phase] < 6) add('phase', D.phases[s[SPAN.phase]]);
      add('took', time(s[SPAN.dur]) + (s[SPAN.self] < s[SPAN.dur] * 0.99 ? `, ${time(s[SPAN.self])} ${k === PHASE ? 'waiting or idle' : 'by itself'}` : ''));
      add('queued', origin(s[SPAN.stack]));
    } else if (b.job) {
      const j = b.job;
      add('what', `pool job ${j[JOB.id]}, ${esc(D.names[j[JOB.kind]])}${workerName(j[JOB.track])}`);
      add('waited', j[JOB.started] < 0 ? 'and still waits' : time(j[JOB.started] - j[JOB.queued]) + ' for a thread');
      if (j[JOB.started] >= 0) add('ran', j[JOB.finished] < 0 ? 'and still runs' : `${time(j[JOB.finished] - j[JOB.started])} on thread ${j[JOB.lane] + 1}`);
      if (j[JOB.done] >= 0) add('callback', time(j[JOB.done] - j[JOB.finished]) + ' later');
      add('queued', origin(j[JOB.stack]));
    } else {
      const h = b.handle;
      add('what', (h[HANDLE.request] ? 'request' : 'handle') + workerName(h[HANDLE.track]));
      add('open', h[HANDLE.closed] < 0 ? `for ${time(D.end - h[HANDLE.opened])}, still` : `for ${time(h[HANDLE.closed] - h[HANDLE.opened])}`);
      add('opened', origin(h[HANDLE.stack]));
    }
    add('at', time(b.start - full.from));
    return out;
  }
  const stackIdOf = (b) => b.span ? b.span[SPAN.stack] : b.job ? b.job[JOB.stack] : b.handle[HANDLE.stack];

  function choose(b) {
    chosen = b;
    const detail = $('detail');
    if (!b) { detail.textContent = ''; schedule(); return; }
    const frames = stackOf(stackIdOf(b)).frames;
    detail.innerHTML = `<b>${esc(b.title)}</b> ${facts(b).map(([n, v]) => `<span class="none">${n}</span> ${v}`).join(' · ')}` +
      (frames.length ? `<pre class="code">${frames.map((f) => '    at ' + esc(frameText(f))).join('\n')}</pre>` : '');
    schedule();
  }

  function hover(b, px, py) {
    if (b !== hovered) { hovered = b; schedule(); }
    if (!b) { tip.hidden = true; return; }
    tip.innerHTML = `<b>${esc(b.title)}</b>` + facts(b).map(([n, v]) => `<div><span class="none">${n}</span> ${v}</div>`).join('');
    tip.hidden = false;
    const stage = $('stage');
    tip.style.left = Math.min(px + 14, Math.max(width - tip.offsetWidth - 6, 0)) + 'px';
    const below = py + 18;
    tip.style.top = (below + tip.offsetHeight > stage.scrollTop + stage.clientHeight && py - tip.offsetHeight - 8 > stage.scrollTop
      ? py - tip.offsetHeight - 8 : below) + 'px';
  }

  // --- Mouse, touch, keys

  const pointers = new Map();
  let drag = null;
  const at = (e) => { const r = canvas.getBoundingClientRect(); return [e.clientX - r.left, e.clientY - r.top]; };
  canvas.addEventListener('wheel', (e) => {
    e.preventDefault();
    const [x] = at(e);
    if (Math.abs(e.deltaX) > Math.abs(e.deltaY)) move(e.deltaX / (width - LABEL));
    else if (e.shiftKey) move(e.deltaY / (width - LABEL));
    else zoom(Math.exp(Math.max(-200, Math.min(200, e.deltaY)) / 300), tOf(x));
  }, { passive: false });
  canvas.addEventListener('pointerdown', (e) => {
    canvas.setPointerCapture(e.pointerId);
    pointers.set(e.pointerId, at(e));
    drag = { x: at(e)[0], moved: 0, view: { ...view } };
  });
  canvas.addEventListener('pointermove', (e) => {
    const [x, py] = at(e);
    if (!pointers.has(e.pointerId)) { hover(barAt(x, py), x, py); return; }
    if (pointers.size === 2) {
      const [a, b] = [...pointers.values()].map((p) => p[0]);
      const before = Math.abs(a - b);
      pointers.set(e.pointerId, [x, py]);
      const [c, d] = [...pointers.values()].map((p) => p[0]);
      zoom(Math.max(before, 10) / Math.max(Math.abs(c - d), 10), tOf((c + d) / 2));
      drag.moved = 100;
      return;
    }
    const dx = x - drag.x;
    drag.moved = Math.max(drag.moved, Math.abs(dx));
    if (drag.moved > 3) {
      canvas.classList.add('dragging');
      hover(null);
      const dt = dx / (width - LABEL) * (drag.view.to - drag.view.from);
      setView(drag.view.from - dt, drag.view.to - dt);
    }
  });
  const release = (e) => {
    if (!pointers.delete(e.pointerId)) return;
    canvas.classList.remove('dragging');
    if (e.type === 'pointerup' && drag && drag.moved <= 3) choose(barAt(...at(e)));
  };
  canvas.addEventListener('pointerup', release);
  canvas.addEventListener('pointercancel', release);
  canvas.addEventListener('pointerleave', () => hover(null));
  canvas.addEventListener('dblclick', (e) => { const b = barAt(...at(e)); if (b) show(b); });

  // Callbacks in the order of time, for , and .
  const sequence = rows.flatMap((r) => r.bars).filter((b) => (b.span && !b.faint) || (b.job && !b.waits)).sort(byStart);
  function step(by) {
    if (!sequence.length) return;
    let i = sequence.indexOf(chosen);
    if (i < 0) i = by > 0 ? firstAfter(view.from) - 1 : firstAfter(view.to);
    const b = sequence[Math.max(0, Math.min(sequence.length - 1, i + by))];
    if (b.start < view.from || b.end > view.to) {
      const half = Math.max(view.to - view.from, (b.end - b.start) * 1.2) / 2, mid = (b.start + b.end) / 2;
      setView(mid - half, mid + half);
    }
    choose(b);
  }
  function firstAfter(t) {
    const i = sequence.findIndex((b) => b.start >= t);
    return i < 0 ? sequence.length : i;
  }
  const keys = {
    w: () => zoom(0.7), '+': () => zoom(0.7), '=': () => zoom(0.7), ArrowUp: () => zoom(0.7),
    s: () => zoom(1 / 0.7), '-': () => zoom(1 / 0.7), ArrowDown: () => zoom(1 / 0.7),
    a: () => move(-0.15), ArrowLeft: () => move(-0.15), d: () => move(0.15), ArrowRight: () => move(0.15),
    0: fit, Home: fit, f: fit, ',': () => step(-1), '.': () => step(1), l: () => goTo(longest),
    Enter: () => { if (chosen) show(chosen); }, Escape: () => choose(null),
  };
  canvas.addEventListener('keydown', (e) => {
    const f = !e.ctrlKey && !e.metaKey && !e.altKey && keys[e.key];
    if (f) { e.preventDefault(); f(); }
  });
  for (const button of document.querySelectorAll('[data-do]')) {
    button.addEventListener('click', () =>
      ({ in: () => zoom(0.7), out: () => zoom(1 / 0.7), fit, longest: () => goTo(longest) })[button.dataset.do]());
  }

  // --- What blocked the loop

  const real = (s) => s[SPAN.kind] !== PHASE && s[SPAN.kind] !== CONTAINER;
  const ranked = D.longest.filter(real);
  for (const s of D.spans) if (s[SPAN.phase] < 6 && real(s) && !ranked.some((x) => x[SPAN.start] === s[SPAN.start] && x[SPAN.track] === s[SPAN.track])) {
    if (s[SPAN.self] > (ranked[19]?.[SPAN.self] ?? 0)) ranked.push(s); // what still runs is in no list yet
    if (ranked.length > 200) ranked.sort((a, b) => b[SPAN.self] - a[SPAN.self]).length = 50;
  }
  ranked.sort((a, b) => b[SPAN.self] - a[SPAN.self]);
  const longest = ranked[0];

  function goTo(s) {
    if (!s) return;
    const bar = rows.flatMap((r) => r.track === s[SPAN.track] ? r.bars : [])
      .find((b) => b.span && b.span[SPAN.start] === s[SPAN.start] && b.span[SPAN.depth] === s[SPAN.depth]) || spanBar(s);
    choose(bar);
    show(bar);
    canvas.scrollIntoView({ block: 'nearest' });
  }

  function verdict() {
    const parts = [];
    if (longest) {
      parts.push(`<p>The callback that blocked the loop longest is <b class="code">${esc(D.names[longest[SPAN.title]])}</b>: ` +
        `<b>${time(longest[SPAN.self])}</b> in ${esc(D.phases[longest[SPAN.phase]])}${workerName(longest[SPAN.track])}` +
        `${longest[SPAN.stack] ? `, queued by ${origin(longest[SPAN.stack])}` : ''}. ` +
        '<button type="button" id="show-longest">show</button></p>');
    } else {
      parts.push('<p>No callback ran in the loop.</p>');
    }
    const notes = [];
    const main = D.tracks[0] && D.tracks[0].kinds[SCRIPT];
    if (main && main[1]) notes.push(`the main script ran ${time(main[2])} before the loop began`);
    if (D.jobs.length) {
      const n = D.poolThreads;
      notes.push(`${count(D.jobs.length, 'pool job')} ran on ${count(n, 'thread')}` +
        (waited.size ? `; ${waited.size} of them waited until one was free` : '; none had to wait until one was free'));
    }
    const dropped = D.dropped.reduce((a, b) => a + b, 0);
    if (dropped) notes.push(`${dropped.toLocaleString('en')} older events have been dropped from the timeline; counts and the longest are of the whole run`);
    if (notes.length) { const t = notes.join('; '); parts.push(`<p>${t[0].toUpperCase()}${t.slice(1)}.</p>`); }
    $('verdict').innerHTML = parts.join('');
    $('show-longest')?.addEventListener('click', () => { goTo(longest); canvas.focus({ preventScroll: true }); });
  }

  function table(id, head, list, bar, empty) {
    const t = document.querySelector(`#${id} table`);
    if (!list.length) {
      t.outerHTML = `<p class="none">${empty}</p>`;
      return;
    }
    t.innerHTML = `<thead><tr>${head.map((h) => `<th${h[0] === '#' ? ' class="n"' : ''}>${h.replace('#', '')}</th>`).join('')}</tr></thead>` +
      `<tbody>${list.map((cells) => `<tr${bar ? ' tabindex="0"' : ''}>${cells.map((c, i) =>
        `<td${head[i][0] === '#' ? ' class="n"' : ''}>${c}</td>`).join('')}</tr>`).join('')}</tbody>`;
    if (!bar) return;
    [...t.tBodies[0].rows].forEach((tr, i) => {
      tr.addEventListener('click', () => bar(i));
      tr.addEventListener('keydown', (e) => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); bar(i); } });
    });
  }

  function tables() {
    const top = ranked.slice(0, 20);
    table('longest', ['#by itself', '#in all', 'callback', 'kind', 'queued'], top.map((s) => [
      time(s[SPAN.self]), time(s[SPAN.dur]), `<i class="dot" style="background:var(--${spanColor(s)})"></i><code>${esc(D.names[s[SPAN.title]])}</code>`,
      esc(kindName(s)) + workerName(s[SPAN.track]), origin(s[SPAN.stack]) || '<span class="none">–</span>']), (i) => goTo(top[i]), 'Nothing ran.');

    const waits = D.jobs.filter((j) => j[JOB.started] >= 0).map((j) => j[JOB.started] - j[JOB.queued]);
    const runs = D.jobs.filter((j) => j[JOB.finished] >= 0).map((j) => j[JOB.finished] - j[JOB.started]);
    const sum = (l) => l.reduce((a, b) => a + b, 0);
    document.querySelector('#pool p').innerHTML = D.jobs.length
      ? `${count(D.jobs.length, 'job')} on ${count(D.poolThreads, 'thread')}: ${time(sum(runs))} of work, ${time(sum(waits))} of waiting for a thread.`
      : '';
    const jobs = D.jobs.slice().sort((a, b) => (b[JOB.finished] - b[JOB.queued]) - (a[JOB.finished] - a[JOB.queued])).slice(0, 20);
    const bars = new Map(lanes.flat().map((b) => [b.job, b]));
    table('pool', ['#waited', '#ran', '#callback after', 'thread', 'job', 'queued'], jobs.map((j) => [
      j[JOB.started] < 0 ? 'waits' : time(j[JOB.started] - j[JOB.queued]),
      j[JOB.finished] < 0 ? (j[JOB.started] < 0 ? '' : 'runs') : time(j[JOB.finished] - j[JOB.started]),
      j[JOB.done] < 0 ? '' : time(j[JOB.done] - j[JOB.finished]),
      j[JOB.lane] < 0 ? '' : j[JOB.lane] + 1, `<code>${esc(D.names[j[JOB.title]])}</code>`, origin(j[JOB.stack])]),
    (i) => { const b = bars.get(jobs[i]); if (b) { choose(b); show(b); canvas.scrollIntoView({ block: 'nearest' }); } }, 'No job went to the pool.');

    const open = D.handles.filter((h) => h[HANDLE.closed] < 0).slice(0, 100);
    table('handles', ['what', '#open for', 'opened'], open.map((h) => [`<code>${esc(D.names[h[HANDLE.kind]])}</code>${workerName(h[HANDLE.track])}`,
      time(D.end - h[HANDLE.opened]), origin(h[HANDLE.stack]) || '<span class="none">by the runtime</span>']), null, 'Nothing.');
  }

  // --- The diagram of the phases

  function diagram(track) {
    const t = D.tracks[track];
    const W = 250, H = 50, GAPY = 14, X = 46, top = 8;
    const out = [];
    D.phases.forEach((name, i) => {
      const [, callbacks, total, inside, long] = t.phases[i];
      const y = top + i * (H + GAPY);
      if (i) out.push(`<line class="wire" x1="${X + W / 2}" y1="${y - GAPY}" x2="${X + W / 2}" y2="${y}"/>`);
      const busy = callbacks
        ? `${count(callbacks, 'callback')}, ${time(total)}${callbacks > 1 ? `, longest ${time(long[SPAN.dur])}` : ''}`
        : 'no callbacks';
      out.push(`<g data-phase="${esc(name)}" data-callbacks="${callbacks}"><rect class="box" x="${X}" y="${y}" width="${W}" height="${H}" rx="5"/>` +
        `<rect x="${X}" y="${y}" width="6" height="${H}" rx="3" style="fill:var(--${PHASE_COLORS[i]})"/>` +
        `<text x="${X + W / 2 + 3}" y="${y + 20}" text-anchor="middle">${esc(name)}</text>` +
        `<text class="small" x="${X + W / 2 + 3}" y="${y + 38}" text-anchor="middle">${busy}</text>` +
        (callbacks ? `<title>${esc(name)}: ${busy}; ${time(inside)} in the phase. Longest: ${esc(D.names[long[SPAN.title]])}</title>` : '') + '</g>');
    });
    const last = top + 5 * (H + GAPY) + H / 2, first = top + H / 2;
    out.push(`<path class="wire" d="M${X} ${last} H18 V${first} H${X - 7}"/><path class="head" d="M${X} ${first} l-8 -4 v8 z"/>`);
    const py = top + 3 * (H + GAPY) + H / 2;
    out.push(`<rect class="box" x="${X + W + 46}" y="${py - 34}" width="150" height="68" rx="5"/>` +
      `<text x="${X + W + 121}" y="${py - 15}" text-anchor="middle">incoming:</text>` +
      `<text class="small" x="${X + W + 121}" y="${py + 3}" text-anchor="middle">connections, data, etc.</text>` +
      `<text class="small" x="${X + W + 121}" y="${py + 21}" text-anchor="middle">waited ${time(t.waited)}</text>` +
      `<path class="wire" d="M${X + W + 46} ${py} H${X + W + 7}"/><path class="head" d="M${X + W} ${py} l8 -4 v8 z"/>`);
    const k = t.kinds, side = (n, yy, color, label) => {
      out.push(`<rect x="${X + W + 46}" y="${yy - 10}" width="10" height="10" rx="2" style="fill:var(--${color})"/>` +
        `<text class="small" x="${X + W + 62}" y="${yy}" data-queue="${label}" data-count="${n[1]}">${label}: ${n[1].toLocaleString('en')}</text>` +
        `<text class="small" x="${X + W + 62}" y="${yy + 15}">${n[1] ? `${time(n[2])}, longest ${time(n[4][SPAN.dur])}` : ''}</text>`);
    };
    const add = (a, b) => [0, a[1] + b[1], a[2] + b[2], 0, !b[4] || (a[4] && a[4][SPAN.dur] >= b[4][SPAN.dur]) ? a[4] : b[4]];
    out.push(`<text class="small" x="${X + W + 46}" y="${top + 12}">after each callback:</text>`);
    side(k[TICK], top + 34, 'tick', 'nextTick');
    side(add(k[MICROTASK], k[PROMISE]), top + 72, 'micro', 'microtasks');
    out.push(`<text class="small" x="${X + W + 46}" y="${last + 4}">${count(t.turns, 'turn')} of the loop</text>`);
    $('diagram').innerHTML = `<svg viewBox="0 0 ${X + W + 210} ${top * 2 + 6 * H + 5 * GAPY}" role="img" aria-label="The phases of the event loop of ${esc(t.name)}">${out.join('')}</svg>`;
  }

  // --- Theme, and everything together

  const dark = matchMedia('(prefers-color-scheme: dark)');
  let forced = null;
  function theme() {
    root.classList.toggle('dark', forced ?? dark.matches);
    readColors();
    schedule();
  }
  $('theme').addEventListener('click', () => { forced = !root.classList.contains('dark'); theme(); });
  dark.addEventListener('change', theme);

  $('meta').textContent = `process ${D.pid}, started ${new Date(D.start).toLocaleString()}, ${time(D.end - full.from)} on ${count(D.tracks.length, 'loop')}` +
    (D.args.length > 2 ? `, with ${D.args.slice(2).join(' ')}` : '');
  $('legend').innerHTML = [['script', 'script'], ...D.phases.map((p, i) => [PHASE_COLORS[i], p]), ['tick', 'nextTick'], ['micro', 'microtasks'],
    ['pool', 'pool thread'], ['wait', 'waiting'], ['handle', 'handle']]
    .map(([color, name]) => `<span><i style="background:var(--${color})"></i>${esc(name)}</span>`).join('');
  canvas.setAttribute('aria-label', `Timeline of ${count(D.spans.length, 'span')}, ${count(D.jobs.length, 'pool job')} and ${count(D.handles.length, 'handle')}`);
  const select = $('track');
  select.innerHTML = D.tracks.map((t, i) => `<option value="${i}">${esc(t.name)}</option>`).join('');
  select.hidden = D.tracks.length < 2;
  select.addEventListener('change', () => diagram(Number(select.value)));

  verdict();
  tables();
  diagram(0);
  new ResizeObserver(schedule).observe(canvas);
  theme();
  fit();
  window.traceView = { data: D, rects, get view() { return { ...view }; }, get chosen() { return chosen && chosen.title; } };
  root.dataset.ready = 'true';
})();
