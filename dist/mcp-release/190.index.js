export const id = 190;
export const ids = [190];
export const modules = {

/***/ 4190:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  snapshot: () => (/* binding */ snapshot)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(3136);
// EXTERNAL MODULE: ./packages/action-kit/src/errors.ts
var errors = __webpack_require__(8826);
;// CONCATENATED MODULE: ./packages/cli/src/report/clock.ts
/** The clock of the machine; what it repeats does not keep the process alive. */
const wallClock = {
    now: () => performance.now(),
    every(milliseconds, call) {
        const timer = setInterval(call, milliseconds);
        timer.unref();
        return () => clearInterval(timer);
    },
};

;// CONCATENATED MODULE: ./packages/cli/src/report/text-width.ts
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const ascii = /^[\x20-\x7e]*$/;
const marks = /^\p{M}+$/u;
// East Asian Wide and Fullwidth (https://www.unicode.org/reports/tr11/), and what terminals draw as emoji.
const wide = /\p{Emoji_Presentation}|\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1b000}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{1f300}-\u{1f64f}\u{1f900}-\u{1faff}\u{20000}-\u{3fffd}]/u;
/** How many columns of a terminal a text without control characters takes. */
function textWidth(text) {
    if (ascii.test(text))
        return text.length;
    return characters(text).reduce((sum, character) => sum + characterWidth(character), 0);
}
/** The text in at most `width` columns; what does not fit goes from the middle, so that start and ending stay. */
function truncateMiddle(text, width) {
    if (textWidth(text) <= width)
        return text;
    if (width <= 1)
        return width < 1 ? '' : '…';
    const all = characters(text);
    const head = take(all, Math.ceil((width - 1) / 2));
    const tail = take(all.reverse(), width - 1 - textWidth(head.join('')));
    return `${head.join('')}…${tail.reverse().join('')}`;
}
/** The text in at most `width` columns; what does not fit goes from the end. */
function truncateEnd(text, width) {
    if (textWidth(text) <= width)
        return text;
    if (width <= 1)
        return width < 1 ? '' : '…';
    return `${take(characters(text), width - 1)
        .join('')
        .trimEnd()}…`;
}
/** The text as lines of at most `width` columns, broken at spaces where there are some. */
function wrap(text, width) {
    const room = Math.max(1, width);
    const lines = [];
    let line = '';
    for (const word of text.split(' ').flatMap(long => pieces(long, room))) {
        if (line !== '' && textWidth(line) + 1 + textWidth(word) > room) {
            lines.push(line);
            line = word;
        }
        else
            line = line === '' ? word : `${line} ${word}`;
    }
    return line === '' ? lines : [...lines, line];
}
function pieces(word, width) {
    const result = [];
    let rest = characters(word);
    while (textWidth(rest.join('')) > width) {
        // A character wider than the line still has to go somewhere.
        const head = take(rest, width);
        const count = Math.max(1, head.length);
        result.push(rest.slice(0, count).join(''));
        rest = rest.slice(count);
    }
    return [...result, rest.join('')].filter(piece => piece !== '');
}
function take(list, width) {
    const taken = [];
    let used = 0;
    for (const character of list) {
        used += characterWidth(character);
        if (used > width)
            break;
        taken.push(character);
    }
    return taken;
}
function characters(text) {
    return Array.from(graphemes.segment(text), ({ segment }) => segment);
}
function characterWidth(character) {
    if (marks.test(character))
        return 0;
    return wide.test(character) ? 2 : 1;
}

;// CONCATENATED MODULE: ./packages/cli/src/report/visible-text.ts
// Cc and Cf hold terminal escapes, bidi overrides and invisible joiners; Zl and Zp break lines; Cs are halves of characters.
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;
const visible_text_short = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
/**
 * Text of others with everything that a reader cannot see written out, such as `\x1b` or `\u202e`: it can neither move
 * the cursor of a terminal nor turn the direction of a line.
 */
function visible(text) {
    return text.replaceAll(unseen, escapeCharacter);
}
/** As `visible`, but line feeds stay what they are and a tab is a space. */
function visibleLines(text) {
    return text.replaceAll('\r\n', '\n').replaceAll('\t', ' ').split('\n').map(visible).join('\n');
}
/** As `visible`, for prose: line breaks and runs of white space become one space. */
function visibleLine(text) {
    return visible(text.replaceAll(/[ \t\r\n]+/g, ' ').trim());
}
function escapeCharacter(character) {
    const named = visible_text_short[character];
    if (named !== undefined)
        return named;
    const code = character.codePointAt(0) ?? 0;
    const hex = code.toString(16);
    if (code <= 0xff)
        return `\\x${hex.padStart(2, '0')}`;
    return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}

;// CONCATENATED MODULE: ./packages/cli/src/report/lines.ts


const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 };
/** A piece of a line with everything invisible in it written out. */
function span(text, style) {
    return { text: visibleLine(text), style };
}
/** Empty columns between pieces. */
function gap(width) {
    return { text: ' '.repeat(Math.max(0, width)), style: undefined };
}
/** Columns that a line takes. */
function lineWidth(line) {
    return line.reduce((sum, { text }) => sum + textWidth(text), 0);
}
/** The line as it is written to the terminal: never wider than the page, never with blanks at its end. */
function formatLine(line, page) {
    let room = page.width;
    const pieces = [];
    for (const { text, style } of withoutBlanksAtEnd(line)) {
        const fitting = truncateEnd(text, room);
        room -= textWidth(fitting);
        pieces.push({ text: fitting, style });
        if (fitting !== text)
            break;
    }
    return pieces.map(piece => paint(piece, page.color)).join('');
}
/** A text in several lines of at most `width` columns, behind a mark that stands alone at the left. */
function markedLines(mark, text, page) {
    const lines = wrap(visibleLine(text), page.width - 2);
    return lines.map((line, index) => [index === 0 ? mark : gap(1), gap(1), span(line, page.style)]);
}
function withoutBlanksAtEnd(line) {
    const last = line.findLastIndex(({ text }) => text.trim() !== '');
    return line.slice(0, last + 1);
}
function paint({ text, style }, color) {
    if (!color || style === undefined || text === '')
        return text;
    return `\u001b[${codes[style]}m${text}\u001b[${style === 'bold' || style === 'dim' ? 22 : 39}m`;
}

;// CONCATENATED MODULE: ./packages/cli/src/report/quantities.ts
const units = ['kB', 'MB', 'GB', 'TB'];
/** Bytes as a person reads them, in powers of 1000: `812 B`, `18.2 kB`, `1.9 MB`. */
function sizeText(bytes) {
    if (bytes < 1000)
        return `${bytes} B`;
    let value = bytes / 1000;
    let unit = 0;
    // 999.95 would be written as 1000.0 of the smaller unit.
    while (value >= 999.95 && unit < units.length - 1) {
        value /= 1000;
        unit += 1;
    }
    return `${value.toFixed(1)} ${units[unit] ?? 'TB'}`;
}
/** Seconds as a person reads them: `4.2 s`, `3 min 05 s`. */
function secondsText(seconds) {
    if (seconds < 59.95)
        return `${seconds.toFixed(1)} s`;
    const whole = Math.round(seconds);
    return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}
/** `1 file`, `3 files`. */
function countText(count, noun) {
    return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
/** A part of a whole in percent, 0 when there is no whole. */
function percentage(part, whole) {
    return whole > 0 ? Math.min(100, Math.max(0, (part / whole) * 100)) : 0;
}

;// CONCATENATED MODULE: ./packages/cli/src/report/progress.ts





const progress_frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const frameMilliseconds = 120;
const titleWidth = 28;
// Goes to the start of the line and empties it.
const eraseLine = '\r\u001b[2K';
/** Progress on a stream: on a terminal with a live line of what runs, elsewhere a line for each step that ended. */
function progress_progress(stream, options) {
    const { color, clock = wallClock } = options;
    const page = () => ({ color, width: (stream.columns ?? 0) > 0 ? (stream.columns ?? 80) : stream.isTTY ? 80 : 100 });
    const live = stream.isTTY ? liveLine(stream, clock, () => ({ color, width: page().width - 1 })) : undefined;
    const write = (lines) => {
        live?.erase();
        stream.write(lines.map(line => formatLine(line, page()) + '\n').join(''));
        live?.draw();
    };
    return {
        start: title => live?.add(title),
        done(title, seconds, note = '') {
            live?.remove(title);
            write([[span('✓', 'green'), gap(1), ...timed(title, seconds), gap(2), span(note, 'dim')]]);
        },
        fail(title, seconds, message) {
            live?.remove(title);
            const reasons = message.split('\n').flatMap(text => markedLines(gap(1), text, { width: page().width }));
            write([[span('✗', 'red'), gap(1), ...timed(title, seconds)], ...reasons]);
        },
        skip(subject, reason) {
            const [first = '', ...rest] = reason.split('\n');
            const { width } = page();
            const told = markedLines(span('–', 'yellow'), `skipped ${subject}: ${first}`, { width });
            write([...told, ...rest.flatMap(text => markedLines(gap(1), text, { width, style: 'dim' }))]);
        },
        close: () => live?.close(),
    };
}
function timed(title, seconds) {
    const name = span(title);
    const time = secondsText(seconds);
    return [name, gap(Math.max(2, titleWidth - textWidth(name.text) + 10 - time.length)), span(time)];
}
function liveLine(stream, clock, page) {
    const running = new Map();
    let frame = 0;
    let stop;
    const erase = () => {
        if (stop !== undefined)
            stream.write(eraseLine);
    };
    const draw = () => {
        if (running.size === 0)
            return;
        const parts = Array.from(running, ([title, since]) => `${visibleLine(title)}  ${secondsText((clock.now() - since) / 1000)}`);
        const line = [span(progress_frames[frame % progress_frames.length] ?? '', 'cyan'), gap(1), { text: parts.join(', '), style: undefined }];
        stream.write(eraseLine + formatLine(line, page()));
    };
    const rest = () => {
        erase();
        stop?.();
        stop = undefined;
    };
    return {
        erase,
        draw,
        add(title) {
            running.set(title, clock.now());
            stop ??= clock.every(frameMilliseconds, () => {
                frame += 1;
                draw();
            });
            draw();
        },
        remove(title) {
            running.delete(title);
            if (running.size === 0)
                rest();
        },
        close() {
            running.clear();
            rest();
        },
    };
}

;// CONCATENATED MODULE: ./packages/cli/src/report/answers.ts
/** What happened when the file was started; undefined when nobody tried. */
function serverOf(report, file) {
    return report.servers.find(server => server.file === file.name);
}
/** The servers that answered, each tool list once however many files offer it. */
function answers(servers) {
    const groups = new Map();
    for (const server of servers.filter(({ status }) => status === 'verified')) {
        gather(groups, JSON.stringify([server.server, server.protocol, server.tools]), server);
    }
    return [...groups.values()].flatMap(started => (started[0] === undefined ? [] : [{ server: started[0], started }]));
}
/** What the plan left out and the files that were not started, one entry for each reason. */
function omissions(report) {
    const groups = new Map();
    for (const { subject, reason, hint } of report.skipped) {
        gather(groups, JSON.stringify(['plan', reason, hint]), { subject, reason, hint });
    }
    for (const { file, reason = 'no reason given', hint } of report.servers.filter(({ status }) => status === 'skipped')) {
        gather(groups, JSON.stringify(['start', reason, hint]), { subject: file, reason, hint });
    }
    return [...groups.values()].flatMap(group => {
        const [first] = group;
        if (first === undefined)
            return [];
        const subjects = group.map(({ subject }) => subject);
        return [{ subjects, reason: first.reason, ...(first.hint === undefined ? {} : { hint: first.hint }) }];
    });
}
/** Files that are there because of other files: SBOMs and signatures. */
function isCompanion({ kind }) {
    return kind === 'sbom' || kind === 'signature';
}
/** Seconds of all steps, and those of them in which called programs ran. */
function stepTotals(report) {
    const seconds = report.steps.reduce((sum, step) => sum + step.seconds, 0);
    const toolSeconds = report.steps.reduce((sum, step) => sum + Math.min(step.toolSeconds, step.seconds), 0);
    return { seconds, toolSeconds };
}
function gather(groups, key, item) {
    const group = groups.get(key);
    if (group === undefined)
        groups.set(key, [item]);
    else
        group.push(item);
}

;// CONCATENATED MODULE: ./packages/cli/src/report/columns.ts


const between = 2;
/** The rows as aligned lines; columns that may be cut give way until the table fits. */
function alignColumns(rows, columns, width) {
    const widths = columnWidths(rows, columns, width);
    return rows.map(row => columns.flatMap((column, index) => cellSpans(row[index], column, widths[index] ?? 0)));
}
/** Columns that the rows need when nothing is cut. */
function naturalWidth(rows, columns) {
    return total(columns.map((_column, index) => widest(rows, index)));
}
function columnWidths(rows, columns, width) {
    const widths = columns.map((_column, index) => widest(rows, index));
    let excess = total(widths) - width;
    while (excess > 0) {
        const index = nextToCut(widths, columns);
        if (index === -1)
            break;
        widths[index] = (widths[index] ?? 0) - 1;
        excess -= 1;
    }
    return widths;
}
// Prose gives way before names do.
function nextToCut(widths, columns) {
    for (const place of ['end', 'middle']) {
        const room = columns.map(({ cut, least = 8 }, index) => (cut === place ? (widths[index] ?? 0) - least : 0));
        const most = Math.max(...room);
        if (most > 0)
            return room.indexOf(most);
    }
    return -1;
}
function widest(rows, index) {
    return rows.reduce((most, row) => Math.max(most, textWidth(row[index]?.text ?? '')), 0);
}
function total(widths) {
    return widths.reduce((sum, width) => sum + width, 0) + between * Math.max(0, widths.length - 1);
}
function cellSpans(cell, column, width) {
    const { text, style } = cell ?? gap(0);
    const fitting = column.cut === 'end' ? truncateEnd(text, width) : truncateMiddle(text, width);
    const blanks = width - textWidth(fitting);
    const piece = { text: fitting, style };
    return column.align === 'right' ? [gap(blanks), piece, gap(between)] : [piece, gap(blanks + between)];
}

;// CONCATENATED MODULE: ./packages/cli/src/report/terminal-files.ts





const nameColumn = { cut: 'middle', least: 20 };
// A reason longer than this is cut; it is told in full below the table.
const startedWidth = 22;
const startedColumn = { cut: 'end', least: startedWidth };
const sizeColumn = { align: 'right' };
const wideColumns = [nameColumn, {}, {}, sizeColumn, {}, startedColumn, {}];
const none = span('–', 'dim');
/** The files of the release: one line for each where the page is wide enough, else two. */
function fileLines(report, width) {
    const files = report.files.filter(file => !isCompanion(file));
    if (files.length === 0)
        return [];
    const head = ['file', 'kind', 'platform', 'size', 'sha256', 'started', 'signed'].map(text => span(text, 'dim'));
    const rows = [head, ...files.map(file => fileCells(report, file))];
    const shortened = rows.map(row => row.with(5, span(truncateEnd(row[5]?.text ?? '', startedWidth))));
    // Names that lose more than a few letters are worth a second line.
    const fits = naturalWidth(shortened, wideColumns) - width <= 8;
    const table = fits ? alignColumns(rows, wideColumns, width) : twoLines(rows, width);
    return [...table, ...companionLine(report)];
}
function fileCells(report, file) {
    return [
        span(file.name),
        span(file.kind, 'dim'),
        file.platform === undefined ? none : span(file.platform, 'dim'),
        span(sizeText(file.size)),
        span(file.sha256.slice(0, 12), 'dim'),
        startedCell(serverOf(report, file)),
        file.signature === undefined ? none : span('✓', 'green'),
    ];
}
function startedCell(server) {
    if (server === undefined)
        return none;
    switch (server.status) {
        case 'verified':
            return span(`✓ ${server.protocol ?? 'answered'}, ${countText(server.tools?.length ?? 0, 'tool')}`, 'green');
        case 'failed':
            return span(`✗ ${server.reason ?? 'failed'}`, 'red');
        case 'skipped':
            return span(`skipped: ${server.reason ?? 'no reason given'}`, 'yellow');
    }
}
function twoLines(rows, width) {
    const pick = (row, indexes) => indexes.map(index => row[index] ?? none);
    const upper = alignColumns(rows.map(row => pick(row, [0, 3, 6])), [nameColumn, sizeColumn, {}], width);
    const lower = alignColumns(rows.map(row => pick(row, [1, 2, 4, 5])), [{}, {}, {}, startedColumn], width - 2);
    return upper.flatMap((line, index) => [line, [gap(2), ...(lower[index] ?? [])]]);
}
function companionLine(report) {
    const count = (kind) => report.files.filter(file => file.kind === kind).length;
    const parts = [
        ...(count('sbom') > 0 ? [countText(count('sbom'), 'SBOM')] : []),
        ...(count('signature') > 0 ? [countText(count('signature'), 'signature bundle')] : []),
    ];
    return parts.length > 0 ? [[span(`and ${parts.join(', ')}`, 'dim')]] : [];
}

;// CONCATENATED MODULE: ./packages/cli/src/report/terminal-servers.ts




/** What answered and with which tools, one line for each tool; then what did not answer as it should. */
function serverLines(report, width) {
    const answered = answers(report.servers).flatMap(({ server, started }) => [
        serverLine(server, started.length),
        ...toolLines(server, width),
    ]);
    const faulty = report.servers.flatMap(server => [...failureLines(server, width), ...warningLines(server, width)]);
    return [...answered, ...faulty];
}
function serverLine(server, files) {
    const facts = [
        `MCP ${server.protocol ?? ''}`.trim(),
        countText(server.tools?.length ?? 0, 'tool'),
        `from ${countText(files, 'file')}`,
    ];
    const { name, version } = server.server ?? { name: server.file, version: '' };
    return [span(name, 'bold'), gap(1), span(version), gap(2), span(facts.join(', '), 'dim')];
}
function toolLines(server, width) {
    const rows = (server.tools ?? []).map(({ name, description = '' }) => [span(name, 'cyan'), span(description, 'dim')]);
    const columns = [{ cut: 'middle', least: 16 }, { cut: 'end', least: 8 }];
    return alignColumns(rows, columns, width - 2).map(line => [gap(2), ...line]);
}
function failureLines(server, width) {
    if (server.status !== 'failed')
        return [];
    const checks = server.checks.filter(({ status }) => status === 'failed');
    return [
        ...markedLines(span('✗', 'red'), `${server.file}: ${server.reason ?? 'failed'}`, { width }),
        ...checks.flatMap(check => markedLines(gap(1), checkText(check), { width, style: 'red' })),
        ...markedLines(gap(1), server.hint ?? '', { width, style: 'dim' }),
    ];
}
function warningLines(server, width) {
    const checks = server.checks.filter(({ status }) => status === 'warning');
    return checks.flatMap(check => markedLines(span('!', 'yellow'), `${server.file}: ${checkText(check)}`, { width }));
}
function checkText({ name, detail }) {
    return detail === undefined ? name : `${name}: ${detail}`;
}

;// CONCATENATED MODULE: ./packages/cli/src/report/terminal-steps.ts




const terminal_steps_marks = {
    done: ['✓', 'green'],
    failed: ['✗', 'red'],
    skipped: ['–', 'yellow'],
};
const barWidth = 24;
/** How long each step took; the heavy part of its bar is the time of the programs that it called. */
function stepLines(report, width) {
    if (report.steps.length === 0)
        return [];
    const longest = Math.max(...report.steps.map(({ seconds }) => seconds));
    const rows = report.steps.map(step => {
        const [mark, style] = terminal_steps_marks[step.status];
        return [span(mark, style), span(step.title), span(secondsText(step.seconds)), span(bar(step, longest), 'dim')];
    });
    const columns = [{}, { cut: 'middle', least: 12 }, { align: 'right' }, {}];
    const { seconds, toolSeconds } = stepTotals(report);
    const own = percentage(seconds - toolSeconds, seconds).toFixed(0);
    const share = `${secondsText(toolSeconds)} in called tools, ${own} % outside them`;
    return [...alignColumns(rows, columns, width), [gap(3), span(share, 'dim')]];
}
function bar(step, longest) {
    if (step.seconds === 0)
        return '';
    const whole = Math.max(1, Math.round((percentage(step.seconds, longest) / 100) * barWidth));
    const heavy = Math.round((percentage(step.toolSeconds, step.seconds) / 100) * whole);
    return '━'.repeat(heavy) + '─'.repeat(whole - heavy);
}

;// CONCATENATED MODULE: ./packages/cli/src/report/terminal.ts








const widestPage = 140;
const statuses = {
    released: { mark: '✓', style: 'green' },
    failed: { mark: '✗', style: 'red' },
    skipped: { mark: '–', style: 'yellow' },
};
/** What the snapshots did, as text for a terminal: a block for each project and a line that counts them. */
function renderTable(reports, options) {
    // A terminal that does not tell its width gets what every terminal has.
    const width = options.width > 0 ? Math.min(options.width, widestPage) : 80;
    const lines = reports.flatMap(report => [...projectLines(report, width), []]);
    return [...lines, summary(reports)].map(line => formatLine(line, { ...options, width }) + '\n').join('');
}
function projectLines(report, width) {
    const blocks = [
        reasonLines(report, width),
        indent(fileLines(report, width - 2)),
        indent(serverLines(report, width - 2)),
        indent(omissionLines(report, width - 2)),
        indent(stepLines(report, width - 2)),
        indent(releaseLines(report)),
    ].filter(block => block.length > 0);
    const [first, ...rest] = blocks;
    return [...heading(report, width), ...(first ?? []), ...rest.flatMap(block => [[], ...block])];
}
function heading(report, width) {
    const { mark, style } = statuses[report.status];
    const left = [span(report.name, 'bold'), gap(2), span(report.version?.tag ?? '')];
    const right = [span(`${mark} ${report.status}`, style), gap(2), span(secondsText(report.seconds))];
    const blanks = Math.max(2, width - lineWidth(left) - lineWidth(right));
    return [[...left, gap(blanks), ...right], [span('─'.repeat(width), 'dim')]];
}
function reasonLines(report, width) {
    // The reason of a failed project usually is what its failed step said; once is enough.
    const failures = report.steps.flatMap(({ title, error }) => error === undefined || error === report.reason ? [] : [`${title}: ${error}`]);
    const reasons = [...new Set([...(report.reason === undefined ? [] : [report.reason]), ...failures])];
    return reasons
        .flatMap(reason => reason.split('\n'))
        .flatMap(reason => wrap(visibleLine(reason), width - 2))
        .map(text => [gap(2), span(text, statuses[report.status].style)]);
}
function omissionLines(report, width) {
    const all = omissions(report);
    return all.flatMap(({ subjects, reason, hint }, index) => {
        const more = subjects.length > 1 ? ` and ${subjects.length - 1} more` : '';
        const told = markedLines(span('–', 'yellow'), `skipped ${subjects[0] ?? ''}${more}: ${reason}`, { width });
        // Neighbours with the same remedy share it.
        const remedy = hint === undefined || hint === all[index + 1]?.hint ? '' : hint;
        return [...told, ...markedLines(gap(1), remedy, { width, style: 'dim' })];
    });
}
function releaseLines({ release }) {
    if (release === undefined)
        return [];
    const state = release.draft ? 'draft' : release.prerelease ? 'prerelease' : 'release';
    const facts = [release.state, countText(release.assets, 'asset'), `${release.downloaded} downloaded and equal`];
    return [[span(`${state} ${release.tag}`, 'bold'), gap(2), span(facts.join(', '), 'dim')]];
}
function summary(reports) {
    return ['released', 'skipped', 'failed'].flatMap((status, index) => {
        const count = reports.filter(report => report.status === status).length;
        const text = span(`${count} ${status}`, count > 0 ? statuses[status].style : undefined);
        return index === 0 ? [text] : [span(','), gap(1), text];
    });
}
function indent(lines) {
    return lines.map(line => [gap(2), ...line]);
}

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: external "node:readline"
var external_node_readline_ = __webpack_require__(481);
;// CONCATENATED MODULE: ./packages/action-kit/src/contract.ts
/** `source-date` → `sourceDate`: the name under which code sees an input. */
function camelCase(name) {
    return name.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}
/** The environment variable in which the runner hands over an input (actions/runner, ActionRunner: spaces become `_`, upper case). */
function inputVariable(name) {
    return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}

;// CONCATENATED MODULE: ./packages/action-kit/src/environment.ts
// Inputs and runner tokens belong to the action alone; the rest are the usual names of credentials.
const withheld = [
    /^INPUT_/i,
    /^ACTIONS_(ID_TOKEN|RUNTIME|RESULTS|CACHE)/,
    /^GITHUB_(OUTPUT|ENV|PATH|STATE|STEP_SUMMARY)$/,
    /(^|_)(TOKEN|PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIALS|APIKEY)(_|$)/i,
    /(PRIVATE|SECRET|ACCESS|API|SIGNING)_?KEY/i,
];
// Names that match above but are no secrets, only settings that builds need.
const kept = new Set(['AWS_WEB_IDENTITY_TOKEN_FILE']);
/**
 * The environment for a program that is not ours: all but what looks like a credential or belongs to the runner's
 * protocol. What a program really needs is given to it by name in `ExecOptions.env`.
 */
function childEnvironment(env, extra = {}) {
    const result = {};
    for (const [name, value] of Object.entries(env)) {
        if (value !== undefined && (kept.has(name) || !withheld.some(rule => rule.test(name))))
            result[name] = value;
    }
    return { ...result, ...extra };
}

;// CONCATENATED MODULE: ./packages/cli/src/snapshot/runner-log.ts
/**
 * Reads one line as the runner does (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands):
 * returns the line for the log, with masked secrets, or `undefined` when it is a command that nobody needs to see.
 */
function readRunnerLine(state, line) {
    if (state.stopped !== undefined) {
        if (line === `::${state.stopped}::`) {
            state.stopped = undefined;
            return undefined;
        }
        return masked(state, line);
    }
    const [, command, text = ''] = /^::([a-z-]+)(?: [^:]*)?::(.*)$/.exec(line) ?? [];
    if (command === undefined)
        return masked(state, line);
    const value = unescaped(text);
    if (command === 'stop-commands')
        state.stopped = value;
    if (command === 'add-mask' && value !== '')
        state.masks.push(value);
    if (command === 'error')
        state.errors.push(masked(state, value));
    const heading = command === 'group' ? value : ['error', 'warning', 'notice'].includes(command) ? `${command}: ${value}` : undefined;
    return heading === undefined ? undefined : masked(state, heading);
}
function masked({ masks }, text) {
    return masks.reduce((shown, mask) => shown.replaceAll(mask, '***'), text);
}
function unescaped(text) {
    return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

;// CONCATENATED MODULE: ./packages/cli/src/snapshot/runner-files.ts
/** Reads GITHUB_OUTPUT: `name=value` lines and `name<<MARK` … `MARK` sections. */
function readOutputs(text) {
    const outputs = {};
    const lines = text.split(/\r?\n/);
    for (let at = 0; at < lines.length; at++) {
        const line = lines[at] ?? '';
        const [, name, mark] = /^([^=<]+)<<(.+)$/.exec(line) ?? [];
        if (name !== undefined && mark !== undefined) {
            const end = lines.indexOf(mark, at + 1);
            if (end < 0)
                break;
            outputs[name] = lines.slice(at + 1, end).join('\n');
            at = end;
        }
        else if (line.includes('=')) {
            outputs[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
        }
    }
    return outputs;
}

;// CONCATENATED MODULE: ./packages/cli/src/snapshot/trace.ts
/** Seconds in which at least one called program ran, from the lines of MCP_RELEASE_TRACE; overlaps count once. */
function toolSeconds(trace) {
    const calls = trace
        .split('\n')
        .filter(line => line !== '')
        .map(line => JSON.parse(line))
        .sort((a, b) => a.started - b.started);
    let total = 0;
    let until = 0;
    for (const { started, ended } of calls) {
        total += Math.max(0, ended - Math.max(started, until));
        until = Math.max(until, ended);
    }
    return total / 1000;
}

;// CONCATENATED MODULE: ./packages/cli/src/snapshot/bundle.ts










/** The processes that run now, so that an interrupt can end them. */
const running = new Set();
/** Starts dist/<action>/index.js with the runner's variables and files, writes its log, reads its outputs. */
async function startBundle(start, place) {
    await (0,promises_.mkdir)(place.temp, { recursive: true });
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)(place.temp, `${start.action}-runner-`));
    const files = {
        GITHUB_OUTPUT: (0,external_node_path_.join)(folder, 'output'),
        GITHUB_ENV: (0,external_node_path_.join)(folder, 'env'),
        GITHUB_PATH: (0,external_node_path_.join)(folder, 'path'),
        GITHUB_STATE: (0,external_node_path_.join)(folder, 'state'),
        GITHUB_STEP_SUMMARY: (0,external_node_path_.join)(folder, 'summary.md'),
        MCP_RELEASE_TRACE: (0,external_node_path_.join)(folder, 'trace'),
    };
    await Promise.all(Object.values(files).map(file => (0,promises_.writeFile)(file, '')));
    const inputs = Object.fromEntries(Object.entries(start.inputs).map(([name, value]) => [inputVariable(name), value]));
    const env = { ...childEnvironment(process.env), ...runnerVariables(place), ...files, ...start.env, ...inputs };
    const began = Date.now();
    const { exitCode, errors } = await run((0,external_node_path_.join)(place.dist, start.action, 'index.js'), {
        env,
        cwd: place.workspace,
        log: start.log,
    });
    const end = {
        ok: exitCode === 0,
        outputs: readOutputs(await (0,promises_.readFile)(files.GITHUB_OUTPUT, 'utf8')),
        errors: exitCode === 0 || errors.length > 0 ? errors : [`${start.action} ended with exit code ${String(exitCode)}`],
        seconds: (Date.now() - began) / 1000,
        toolSeconds: toolSeconds(await (0,promises_.readFile)(files.MCP_RELEASE_TRACE, 'utf8')),
    };
    await (0,promises_.rm)(folder, { recursive: true, force: true });
    return end;
}
function runnerVariables({ workspace, temp }) {
    return {
        CI: 'true',
        GITHUB_ACTIONS: 'true',
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_WORKSPACE: workspace,
        RUNNER_TEMP: temp,
        // The copy of the sources is no checkout, even when it lies inside of one.
        GIT_CEILING_DIRECTORIES: (0,external_node_path_.dirname)(workspace),
    };
}
async function run(bundle, options) {
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(options.log), { recursive: true });
    const log = (0,external_node_fs_.createWriteStream)(options.log);
    // Its own process group, so that an interrupt reaches the tools that it started, too.
    const child = (0,external_node_child_process_.spawn)(process.execPath, [bundle], {
        cwd: options.cwd,
        env: options.env,
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: process.platform !== 'win32',
    });
    running.add(child);
    const state = { errors: [], masks: [], stopped: undefined };
    for (const stream of [child.stdout, child.stderr]) {
        (0,external_node_readline_.createInterface)({ input: stream, crlfDelay: Infinity }).on('line', line => {
            const shown = readRunnerLine(state, line);
            if (shown !== undefined)
                log.write(`${shown}\n`);
        });
    }
    const exitCode = await new Promise((resolve, reject) => {
        child.on('error', reject);
        child.on('close', resolve);
    }).finally(() => running.delete(child));
    log.end();
    await (0,external_node_stream_promises_.finished)(log);
    return { exitCode, errors: state.errors };
}
/** Ends what runs, with all that it started. */
function endRunning() {
    for (const child of running) {
        if (child.pid === undefined)
            continue;
        try {
            process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGTERM');
        }
        catch {
            // It has ended in the meantime.
        }
    }
}

// EXTERNAL MODULE: ./node_modules/zod/v4/core/errors.js
var core_errors = __webpack_require__(7428);
;// CONCATENATED MODULE: ./packages/release-model/src/json.ts


/** JSON as it is committed and released: two spaces, a newline at the end. */
function formatJson(value) {
    return `${JSON.stringify(value, undefined, 2)}\n`;
}
/** Reads JSON of a known shape; throws an `InputError` whose problems name `file`, the place and what is wrong. */
function parseJson(schema, { file, text }) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch (error) {
        throw new errors/* InputError */.dz([`${file}: is no JSON (${error instanceof Error ? error.message : String(error)})`]);
    }
    const result = schema.safeParse(value);
    if (result.success)
        return result.data;
    throw new errors/* InputError */.dz(result.error.issues.map(issue => `${file}: ${core_errors/* toDotPath */.sR(issue.path) || '(root)'}: ${issue.message}`));
}

;// CONCATENATED MODULE: ./packages/cli/src/report/markup.ts

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** HTML that was made by `markup`, as opposed to text, which is escaped wherever it is put. */
class Markup {
    html;
    constructor(html) {
        this.html = html;
    }
}
/**
 * A piece of HTML: text in its holes is escaped, in attributes too, which must be quoted; characters that nobody sees
 * are written out; undefined is nothing.
 */
function markup(parts, ...contents) {
    return new Markup(parts.map((part, index) => part + fill(contents[index])).join(''));
}
/** The address of a file in the folder of the report. */
function fileAddress(name) {
    return `./${encoded(name)}`;
}
/** The address of a file below the folder of the report, such as `logs/plan.log`. */
function pathAddress(path) {
    return `./${path.split('/').map(encoded).join('/')}`;
}
function encoded(segment) {
    // Half a character cannot be encoded and would stop the report.
    return encodeURIComponent(segment.replaceAll(/\p{Cs}/gu, '\ufffd'));
}
function fill(content) {
    if (content === undefined)
        return '';
    if (content instanceof Markup)
        return content.html;
    if (typeof content === 'number' || typeof content === 'string')
        return markup_escape(String(content));
    return content.map(({ html }) => html).join('');
}
function markup_escape(text) {
    return visibleLines(text).replaceAll(/[&<>"']/g, character => entities[character] ?? '');
}

;// CONCATENATED MODULE: ./packages/cli/src/report/html-parts.ts


const signs = {
    good: { mark: '✓', name: 'good' },
    bad: { mark: '✗', name: 'bad' },
    warning: { mark: '!', name: 'warning' },
    left: { mark: '–', name: 'left' },
};
/** A mark and a word for how something went. */
function outcome(kind, text) {
    const { mark, name } = signs[kind];
    return markup `<span class="outcome ${name}"><span aria-hidden="true">${mark}</span> ${text}</span>`;
}
/** A link to a file of the release. */
function fileLink(name) {
    return markup `<a href="${fileAddress(name)}">${name}</a>`;
}
/** Nothing, said so that a screen reader says it too. */
const nothing = markup `<span class="quiet">none</span>`;
/** Size, with the exact bytes for who points at it. */
function size(file) {
    return markup `<span title="${file.size} bytes">${sizeText(file.size)}</span>`;
}
/** A part of the page under its heading. */
function section(title, ...contents) {
    return markup `<section>
<h2>${title}</h2>
${contents}
</section>
`;
}
/** A list of facts, without those that are unknown. */
function facts(entries) {
    const known = entries.filter(([, value]) => value !== undefined);
    return markup `<dl class="facts">${known.map(([name, value]) => markup `<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

;// CONCATENATED MODULE: ./packages/cli/src/report/html-table.ts

/**
 * A table whose rows become blocks on a narrow page; the first cell of a row is its header. The roles are those of the
 * elements: some browsers forget them when a table is laid out as blocks.
 */
function table(headings, rows) {
    return markup `<table role="table">
<thead role="rowgroup"><tr role="row">${headings.map(headingCell)}</tr></thead>
<tbody role="rowgroup">
${rows.map(row => markup `<tr role="row">${row.map((cell, index) => bodyCell(cell, headings[index], index))}</tr>\n`)}</tbody>
</table>`;
}
function headingCell(heading) {
    return markup `<th role="columnheader" scope="col"${numeric(heading)}>${heading.title}</th>`;
}
function bodyCell(cell, heading, index) {
    if (index === 0)
        return markup `<th role="rowheader" scope="row">${cell}</th>`;
    return markup `<td role="cell" data-label="${heading?.title}"${numeric(heading)}>${cell}</td>`;
}
function numeric(heading) {
    return heading?.numeric === true ? new Markup(' class="number"') : undefined;
}

;// CONCATENATED MODULE: ./packages/cli/src/report/html-files.ts





/** Every file of the release with its digest, whether it was started and whether it was signed. */
function filesSection(report) {
    const files = report.files.filter(file => !isCompanion(file));
    if (files.length === 0)
        return section('Files', markup `<p class="quiet">No files were made.</p>`);
    const headings = [
        { title: 'File and SHA-256' },
        { title: 'Kind' },
        { title: 'Platform' },
        { title: 'Size', numeric: true },
        { title: 'Started' },
        { title: 'Signed' },
    ];
    const rows = files.map(file => [
        named(file),
        markup `<span class="word">${file.kind}</span>`,
        markup `<span class="word">${file.platform ?? 'any'}</span>`,
        size(file),
        started(serverOf(report, file)),
        file.signature === undefined
            ? nothing
            : markup `<a href="${fileAddress(file.signature)}">${outcome('good', 'signed')}</a>`,
    ]);
    return section('Files', table(headings, rows));
}
/** Signatures and SBOMs with their digests, each with the files that it signs or describes. */
function evidenceSection(report) {
    const names = companionNames(report);
    if (names.length === 0)
        return section('Signatures and SBOMs', markup `<p class="quiet">Nothing was signed.</p>`);
    const headings = [{ title: 'File and SHA-256' }, { title: 'For' }, { title: 'Size', numeric: true }];
    const rows = names.map(name => {
        const file = report.files.find(each => each.name === name);
        const subjects = report.files.filter(each => each.signature === name || each.sboms.includes(name));
        return [
            file === undefined ? markup `<span class="name">${fileLink(name)}</span>` : named(file),
            subjects.length === 0 ? nothing : markup `${subjects.map(each => markup `<span class="name">${each.name}</span>`)}`,
            file === undefined ? nothing : size(file),
        ];
    });
    return section('Signatures and SBOMs', signedText(report), table(headings, rows));
}
function companionNames(report) {
    const listed = report.files.filter(isCompanion).map(({ name }) => name);
    const named = report.files.flatMap(({ signature, sboms }) => [
        ...(signature === undefined ? [] : [signature]),
        ...sboms,
    ]);
    return [...new Set([...listed, ...named])];
}
function signedText(report) {
    const files = report.files.filter(file => !isCompanion(file));
    const unsigned = files.filter(({ signature }) => signature === undefined).map(({ name }) => name);
    if (unsigned.length === 0)
        return markup `<p>Every file above is signed.</p>`;
    const signed = files.length - unsigned.length;
    return markup `<p>${countText(signed, 'file')} signed; without a signature of their own: ${unsigned.join(', ')}.</p>`;
}
function named(file) {
    return markup `<span class="name">${fileLink(file.name)}</span><code class="digest">${file.sha256}</code>`;
}
function started(server) {
    if (server === undefined)
        return markup `<span class="quiet">no server</span>`;
    switch (server.status) {
        case 'verified':
            return outcome('good', countText(server.tools?.length ?? 0, 'tool'));
        case 'failed':
            return outcome('bad', 'failed');
        case 'skipped':
            return outcome('left', 'skipped');
    }
}

;// CONCATENATED MODULE: ./packages/cli/src/report/html-masthead.ts




const outcomes = { released: 'good', failed: 'bad', skipped: 'left' };
/** The head of the page: what was released and how it went, in a few lines. */
function masthead(report) {
    return markup `<header>
<p class="kicker">mcp-release snapshot</p>
<h1>${report.name} <span class="version">${report.version?.tag}</span></h1>
<p class="lead">${outcome(outcomes[report.status], statusText(report))}</p>
${failureNotice(report)}
${facts([
        ['Started', markup `<time datetime="${report.startedAt}">${dateText(report.startedAt)}</time>`],
        ['Took', secondsText(report.seconds)],
        ['Source', markup `<code>${report.source}</code>`],
        ['Commit', report.commit === undefined ? undefined : commit(report)],
    ])}
</header>`;
}
function statusText(report) {
    const time = secondsText(report.seconds);
    if (report.status === 'skipped')
        return 'Skipped on this machine';
    if (report.status === 'failed')
        return `Failed after ${time}`;
    const files = report.files.filter(file => !isCompanion(file)).length;
    const started = answers(report.servers).reduce((sum, answer) => sum + answer.started.length, 0);
    const signed = report.files.filter(file => file.signature !== undefined).length;
    return `Released in ${time}: ${countText(files, 'file')}, ${started} started over MCP, ${signed} signed`;
}
function failureNotice(report) {
    const failures = report.steps.filter(({ error }) => error !== undefined && error !== report.reason);
    if (report.reason === undefined && failures.length === 0)
        return undefined;
    const reason = report.reason === undefined ? undefined : markup `<p>${report.reason}</p>`;
    const errors = failures.map(({ title, error }) => markup `<p><strong>${title}</strong>: ${error}</p>`);
    return markup `<div class="notice ${report.status === 'failed' ? 'bad' : 'left'}">${reason}${errors}</div>`;
}
function commit(report) {
    const dirty = report.dirty ? markup ` <span class="warning">with uncommitted changes</span>` : undefined;
    return markup `<code class="digest">${report.commit}</code>${dirty}`;
}
function dateText(iso) {
    const date = new Date(iso);
    if (Number.isNaN(date.getTime()))
        return iso;
    return date.toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }) + ' UTC';
}

;// CONCATENATED MODULE: ./packages/cli/src/report/html-release.ts



/** What was left out and why, with what would change that. */
function skippedSection(report) {
    const all = omissions(report);
    if (all.length === 0)
        return section('Skipped', markup `<p class="quiet">Nothing was skipped.</p>`);
    return section('Skipped', markup `<dl class="skipped">${all.map(omission)}</dl>`);
}
/** The release as the embedded forge has it. */
function releaseSection({ release }) {
    if (release === undefined)
        return section('Release', markup `<p class="quiet">Nothing was released.</p>`);
    return section('Release', markup `<p>Made on the forge that is part of this tool; nothing was published.</p>`, facts([
        ['Tag', markup `<code>${release.tag}</code>`],
        ['State', stateText(release)],
        ['Assets', release.assets],
        ['Downloaded again with equal digest', `${release.downloaded} of ${release.assets}`],
    ]));
}
/** Commands with which a reader can check the files. */
function verifySection({ verify }) {
    if (verify.length === 0)
        return markup ``;
    return section('Verify', markup `<p>In the folder of this page:</p>`, markup `<pre tabindex="0"><code>${verify.join('\n')}</code></pre>`);
}
function omission({ subjects, reason, hint }) {
    const names = subjects.map(subject => markup `<dt class="name">${subject}</dt>`);
    const remedy = hint === undefined ? undefined : markup `<dd class="hint">${hint}</dd>`;
    return markup `<div>${names}<dd>${reason}</dd>${remedy}</div>`;
}
function stateText({ state, draft, prerelease }) {
    return [state, ...(draft ? ['draft'] : []), ...(prerelease ? ['prerelease'] : [])].join(', ');
}

;// CONCATENATED MODULE: ./packages/cli/src/report/html-servers.ts




const html_servers_outcomes = {
    ok: 'good',
    failed: 'bad',
    warning: 'warning',
    skipped: 'left',
};
/** What answered over MCP with which tools, and every check of every file that was started. */
function serverSection(report) {
    const failed = report.servers.filter(({ status }) => status === 'failed').map(failedServer);
    const answered = answers(report.servers).map(answeringServer);
    const empty = failed.length + answered.length === 0 ? [markup `<p class="quiet">No server was started.</p>`] : [];
    return section('Servers', ...failed, ...answered, ...empty);
}
function answeringServer({ server, started }) {
    const tools = server.tools ?? [];
    return markup `<article>
<h3>${server.server?.name ?? server.file} <span class="version">${server.server?.version}</span></h3>
<p>Answered as an MCP server ${protocol(server)}from ${countText(started.length, 'file')}, with ${countText(tools.length, 'tool')}.</p>
<dl class="tools">${tools.map(({ name, description }) => markup `<div><dt><code>${name}</code></dt><dd>${description}</dd></div>`)}</dl>
${started.map(startedFile)}</article>
`;
}
function failedServer(server) {
    return markup `<article>
<h3>${outcome('bad', 'Did not pass')}</h3>
<div class="notice bad"><p>${server.reason}</p>${hintOf(server)}</div>
${startedFile(server)}</article>
`;
}
function startedFile(server) {
    return markup `<div class="started">
<h4 class="name">${fileLink(server.file)}</h4>
<p class="quiet">${measures(server)}</p>
<ul class="checks">${server.checks.map(checkItem)}</ul>
</div>
`;
}
function checkItem({ name, status, detail }) {
    const word = status === 'ok' ? name : `${name}: ${status}`;
    const more = detail === undefined ? undefined : markup ` <span class="quiet">${detail}</span>`;
    return markup `<li>${outcome(html_servers_outcomes[status], word)}${more}</li>`;
}
function measures({ startMilliseconds, peakMemoryKilobytes }) {
    const parts = [
        ...(startMilliseconds === undefined ? [] : [`first answer after ${startMilliseconds} ms`]),
        ...(peakMemoryKilobytes === undefined ? [] : [`at most ${sizeText(peakMemoryKilobytes * 1024)} of memory`]),
    ];
    return parts.join(', ');
}
function protocol({ protocol, era }) {
    if (protocol === undefined)
        return '';
    return era === undefined ? `(protocol ${protocol}) ` : `(protocol ${protocol}, ${era}) `;
}
function hintOf({ hint }) {
    return hint === undefined ? undefined : markup `<p class="hint">${hint}</p>`;
}

;// CONCATENATED MODULE: ./packages/cli/src/report/html-steps.ts





const html_steps_outcomes = { done: 'good', failed: 'bad', skipped: 'left' };
/** How long each step took, and how much of it the programs that it called. */
function stepSection(report) {
    if (report.steps.length === 0)
        return section('Steps', markup `<p class="quiet">No step was run.</p>`);
    const longest = Math.max(...report.steps.map(({ seconds }) => seconds));
    const headings = [
        { title: 'Step' },
        { title: 'Share' },
        { title: 'Time', numeric: true },
        { title: 'Called tools', numeric: true },
        { title: 'Log' },
    ];
    const rows = report.steps.map(step => [
        outcome(html_steps_outcomes[step.status], step.status === 'done' ? step.title : `${step.title}: ${step.status}`),
        html_steps_bar(step, longest),
        markup `${secondsText(step.seconds)}`,
        markup `${secondsText(step.toolSeconds)}`,
        step.log === '' ? nothing : markup `<a href="${pathAddress(step.log)}">log</a>`,
    ]);
    return section('Steps', totals(report), table(headings, rows));
}
function totals(report) {
    const { seconds, toolSeconds } = stepTotals(report);
    const own = seconds - toolSeconds;
    const share = percentage(own, seconds).toFixed(1);
    return markup `<p><span class="key tool"></span> ${secondsText(toolSeconds)} in the programs that the steps called; <span class="key own"></span> ${secondsText(own)} (${share} %) outside them.</p>`;
}
// The numbers stand beside the bar, so a screen reader may pass over it.
function html_steps_bar(step, longest) {
    const tool = percentage(Math.min(step.toolSeconds, step.seconds), longest);
    const own = percentage(step.seconds, longest) - tool;
    return markup `<span class="bar" aria-hidden="true"><i class="tool" style="width:${tool.toFixed(2)}%"></i><i class="own" style="width:${own.toFixed(2)}%"></i></span>`;
}

;// CONCATENATED MODULE: ./packages/cli/src/report/html-style.ts
/** The look of report.html: a page of text, in the colours of the reader's system, on any width and on paper. */
const style = `
:root {
  color-scheme: light dark;
  --paper: #fdfcf9; --ink: #22201c; --quiet: #6a645a; --rule: #e3ddd2; --tint: #f5f2ea;
  --link: #1f4e86; --good: #23683c; --bad: #a32a1e; --warning: #7d5300; --tool: #5f7f9f; --own: #c48a3c;
  --serif: Charter, 'Bitstream Charter', 'Iowan Old Style', 'Sitka Text', Cambria, Georgia, 'Liberation Serif', serif;
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'Liberation Mono', 'DejaVu Sans Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #17181b; --ink: #e5e2db; --quiet: #a39d92; --rule: #33353a; --tint: #1f2125;
    --link: #93bbee; --good: #85c99a; --bad: #f2968a; --warning: #e2b866; --tool: #7d9dbf; --own: #d9a45c;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  max-width: 68rem; margin: 0 auto; padding: 4rem 2rem 3rem;
  background: var(--paper); color: var(--ink); font: 1rem/1.55 var(--sans); font-variant-numeric: tabular-nums;
}
p { margin: 0 0 .75rem; max-width: 44rem; overflow-wrap: anywhere; }
h1, h2, h3 { font-family: var(--serif); font-weight: 600; line-height: 1.2; overflow-wrap: anywhere; text-wrap: balance; }
h1 { margin: 0 0 .75rem; font-size: 2.6rem; letter-spacing: -.01em; }
h2 { margin: 0 0 1rem; font-size: 1.45rem; }
h3 { margin: 0 0 .5rem; font-size: 1.15rem; }
h4 { margin: 0; font-size: .9rem; font-weight: 500; }
section { margin-top: 3.25rem; padding-top: 1.5rem; border-top: 1px solid var(--rule); }
article + article { margin-top: 2.5rem; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .18em; text-decoration-color: color-mix(in srgb, currentColor 35%, transparent); }
a:hover { text-decoration-color: currentColor; }
a:focus-visible, pre:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
code, pre { font-family: var(--mono); font-size: .85em; overflow-wrap: anywhere; }
dl, dd, ul { margin: 0; padding: 0; }
.kicker { margin-bottom: .5rem; color: var(--quiet); font-size: .875rem; }
.version { color: var(--quiet); font-weight: 400; }
.lead { max-width: none; margin-bottom: 1.75rem; font: 1.2rem/1.45 var(--serif); }
.quiet, .hint { color: var(--quiet); }
.name { display: block; overflow-wrap: anywhere; font-weight: 500; }
.digest { display: block; margin-top: .1rem; color: var(--quiet); font-size: .75rem; line-height: 1.45; word-break: break-all; -webkit-user-select: all; user-select: all; }
.outcome.good > :first-child, .good { color: var(--good); }
.outcome.bad > :first-child, .bad { color: var(--bad); }
.outcome.warning > :first-child, .warning { color: var(--warning); }
.outcome.left > :first-child { color: var(--quiet); }
.outcome { color: inherit; }
.outcome > :first-child { font-weight: 700; }
.facts { display: flex; flex-wrap: wrap; gap: .9rem 2.5rem; }
.facts dt { color: var(--quiet); font-size: .8rem; }
.facts dd { overflow-wrap: anywhere; }
.facts .digest { display: inline; color: inherit; font-size: .85em; }
.notice { margin: 0 0 1.75rem; padding: .1rem 0 .1rem 1rem; border-left: 3px solid currentColor; max-width: 44rem; }
.notice p { color: var(--ink); white-space: pre-line; }
.notice p.hint { color: var(--quiet); }
.notice p:last-child { margin-bottom: 0; }
.notice.left { color: var(--quiet); }
table { width: 100%; border-collapse: collapse; font-size: .9rem; }
th, td { padding: .6rem 1.25rem .6rem 0; text-align: left; vertical-align: top; font-weight: 400; }
th:last-child, td:last-child { padding-right: 0; }
thead th { padding-top: 0; color: var(--quiet); font-size: .8rem; white-space: nowrap; border-bottom: 1px solid var(--rule); }
tbody tr + tr > * { border-top: 1px solid var(--rule); }
td .outcome, .word, td.number { white-space: nowrap; }
@media (min-width: 68rem) { tbody th .digest { white-space: nowrap; } }
.number { text-align: right; }
td .name { font-weight: 400; font-size: .85rem; }
h3 + table, table + h3 { margin-top: 1.75rem; }
.tools { margin: 1rem 0 1.75rem; }
.tools > div { display: grid; grid-template-columns: minmax(9rem, 13rem) 1fr; gap: 0 1.5rem; padding: .35rem 0; }
.tools dt { overflow-wrap: anywhere; }
.tools dd, .skipped dd { white-space: pre-line; overflow-wrap: anywhere; max-width: 40rem; }
.started { padding: .9rem 0; border-top: 1px solid var(--rule); }
.started p { margin: 0; max-width: none; font-size: .85rem; }
.checks { display: flex; flex-wrap: wrap; gap: .15rem 1.4rem; margin-top: .4rem; list-style: none; font-size: .85rem; }
.checks li { overflow-wrap: anywhere; }
.skipped dt { font-weight: 600; }
.skipped > div { padding: .6rem 0; }
.skipped > div + div { border-top: 1px solid var(--rule); }
pre { margin: 0; padding: 1rem 1.15rem; background: var(--tint); border-radius: 4px; white-space: pre-wrap; line-height: 1.6; }
.bar { display: flex; height: .6rem; margin-top: .42rem; min-width: min(16rem, 100%); }
.bar i { min-width: 0; }
.tool { background: var(--tool); }
.own { background: repeating-linear-gradient(135deg, var(--own) 0 2px, transparent 2px 4px); }
.key { display: inline-block; width: .9rem; height: .6rem; margin: 0 .15rem 0 0; }
.bar, .key { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
footer { margin-top: 3.25rem; padding-top: 1.25rem; border-top: 1px solid var(--rule); color: var(--quiet); font-size: .875rem; }
@media (max-width: 44rem) {
  body { padding: 2rem 1.15rem; }
  h1 { font-size: 1.95rem; }
  .lead { font-size: 1.1rem; }
  section { margin-top: 2.25rem; padding-top: 1.25rem; }
  table, tbody, tr, tbody th, td { display: block; width: 100%; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tbody tr { padding: .8rem 0; }
  tbody tr + tr { border-top: 1px solid var(--rule); }
  tbody tr + tr > * { border-top: 0; }
  tbody th { padding: 0 0 .3rem; }
  td { display: grid; grid-template-columns: 6.5rem 1fr; gap: .75rem; padding: .1rem 0; text-align: left; }
  td::before { content: attr(data-label); color: var(--quiet); font-size: .8rem; }
  td.number { text-align: left; }
  .tools > div { grid-template-columns: 1fr; padding: .5rem 0; }
}
@media print {
  :root { --paper: #fff; --ink: #000; --quiet: #444; --rule: #bbb; --tint: #f4f4f4; --link: #000; --good: #1d5a33; --bad: #8f2016; --warning: #6b4700; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  section { margin-top: 1.5rem; padding-top: 1rem; }
  h2, h3, h4 { break-after: avoid; }
  tr, .started, .tools > div, .skipped > div { break-inside: avoid; }
}
`;

;// CONCATENATED MODULE: ./packages/cli/src/report/html.ts







// Nothing is loaded and nothing runs, whatever the names in the report say.
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
/** report.html: the whole report as one page that needs nothing but itself. */
function renderHtml(report) {
    const title = `${report.name} ${report.version?.tag ?? ''}`.trim();
    return markup `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}: ${report.status}</title>
<style>${new Markup(style)}</style>
</head>
<body>
${masthead(report)}
<main>
${sections(report)}</main>
<footer><p>The same facts for programs: <a href="${fileAddress('report.json')}">report.json</a></p></footer>
</body>
</html>
`.html;
}
function sections(report) {
    return [
        filesSection(report),
        serverSection(report),
        skippedSection(report),
        releaseSection(report),
        verifySection(report),
        stepSection(report),
        evidenceSection(report),
    ];
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./packages/release-model/src/file-names.ts

/** PEP 503 normal form with `_`, as wheel and sdist names have it (PEP 427, PEP 625). */
function normalizedPythonName(name) {
    return name.replace(/[-_.]+/g, '_').toLowerCase();
}
/** A pure-Python wheel (PEP 427). */
function pureWheelName(name, version) {
    return `${normalizedPythonName(name)}-${version}-py3-none-any.whl`;
}
/** A source distribution (PEP 625). */
function sdistName(name, version) {
    return `${normalizedPythonName(name)}-${version}.tar.gz`;
}
/** What `npm pack` writes: `@scope/name` → `scope-name-1.0.0.tgz`. */
function npmTarballName(name, version) {
    return `${name.replace(/^@/, '').replaceAll('/', '-')}-${version}.tgz`;
}
/** An archive with one executable: zip on Windows, tar.gz elsewhere; one scheme for every language. */
function archiveName(name, version, platform) {
    const [os, arch] = platformParts(platform);
    return `${name}_${version}_${os}_${arch}.${os === 'windows' ? 'zip' : 'tar.gz'}`;
}
/** A multi-platform image as an OCI layout in a tar file. */
function imageArchiveName(name, version) {
    return `${name}_${version}_image.oci.tar`;
}
/** The files that describe or prove another file, by suffix. */
const suffixes = { spdx: '.spdx.json', cyclonedx: '.cdx.json', signature: '.sigstore.json' };
/** Names of the files that cover a whole release. */
const releaseFiles = { checksums: 'SHA256SUMS', manifest: 'release-manifest.json', tools: 'tools.json' };
/** What a plain file name may hold; for messages. */
const plainNameRule = 'letters, digits and . _ + @ - only, and a letter, digit or _ first';
/** Whether a text is a plain file name: one path segment that no shell, log or URL can mistake for something else. */
function isPlainName(text) {
    return text.length <= 200 && /^[A-Za-z0-9_][A-Za-z0-9._+@-]*$/.test(text);
}

// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 14 modules
var schemas = __webpack_require__(5586);
;// CONCATENATED MODULE: ./packages/release-model/src/artifact.ts


/** What a file of a release is. */
const artifactKinds = [
    'wheel',
    'sdist',
    'npm-package',
    'archive',
    'image',
    'sbom',
    'tools',
    'manifest',
    'checksums',
    'signature',
];
const artifactKind = schemas/* enum */.k5n(artifactKinds);
/** A plain file name. */
const fileName = schemas/* string */.YjP().refine(isPlainName, `is no plain file name (${plainNameRule})`);
/** Lower-case hex. */
const sha256 = schemas/* string */.YjP().regex(/^[0-9a-f]{64}$/, 'is no sha256 in lower-case hex');
/** A file that was built. */
const builtArtifact = schemas/* strictObject */.rej({
    name: fileName,
    kind: artifactKind,
    /** The plan's package, absent when the file was built outside a release. */
    package: schemas/* string */.YjP().optional(),
    /** `os/arch`, absent when the file runs everywhere. */
    platform: schemas/* string */.YjP().optional(),
    /** Bytes. */
    size: schemas/* int */.Whr().nonnegative(),
    sha256,
});
/** What one build job made; travels beside the files, so that the fan-in can prove that nothing was lost or changed. */
const fragment = schemas/* strictObject */.rej({ schemaVersion: schemas/* literal */.euz(1), artifacts: schemas/* array */.YOg(builtArtifact) });

;// CONCATENATED MODULE: ./packages/release-model/src/platform.ts
/** What a binary runs on, in the vocabulary of Go and OCI. */
const platforms = [
    'linux/amd64',
    'linux/arm64',
    'darwin/amd64',
    'darwin/arm64',
    'windows/amd64',
    'windows/arm64',
];
/** Whether a text names a platform that the suite builds for. */
function isPlatform(text) {
    return platforms.includes(text);
}
/** `linux/amd64` → `['linux', 'amd64']`. */
function platform_platformParts(platform) {
    const [os, arch] = platform.split('/');
    return [os, arch];
}
/**
 * The Rust target triple of a platform: musl on Linux, so that one static file runs on every distribution; the GNU
 * flavours on Windows, because they link without Microsoft's SDK and so on every build machine.
 */
const rustTriples = {
    'linux/amd64': 'x86_64-unknown-linux-musl',
    'linux/arm64': 'aarch64-unknown-linux-musl',
    'darwin/amd64': 'x86_64-apple-darwin',
    'darwin/arm64': 'aarch64-apple-darwin',
    'windows/amd64': 'x86_64-pc-windows-gnu',
    'windows/arm64': 'aarch64-pc-windows-gnullvm',
};
/** `.exe` on Windows. */
function executableSuffix(platform) {
    return platform.startsWith('windows/') ? '.exe' : '';
}

;// CONCATENATED MODULE: ./packages/release-model/src/plan.ts



const version = schemas/* strictObject */.rej({
    /** The git tag, such as `v1.2.3-rc.1`. */
    tag: schemas/* string */.YjP(),
    semver: schemas/* string */.YjP(),
    pep440: schemas/* string */.YjP().optional(),
    prerelease: schemas/* boolean */.zMY(),
    channel: schemas/* enum */.k5n(['stable', 'alpha', 'beta', 'rc', 'other']),
});
/** The languages and formats in which a server is published. */
const ecosystems = ['pypi', 'npm', 'go', 'cargo', 'oci'];
const plannedPackage = schemas/* strictObject */.rej({
    /** Unique in the plan: `ecosystem:path`. */
    id: schemas/* string */.YjP(),
    ecosystem: schemas/* enum */.k5n(ecosystems),
    /** Folder relative to the repository, `.` for its root, always with `/`. */
    path: schemas/* string */.YjP(),
    name: schemas/* string */.YjP(),
    /** As the ecosystem spells it. */
    version: schemas/* string */.YjP(),
    /** The file that decided name and version, relative to the repository. */
    manifest: schemas/* string */.YjP(),
    /** Commands that the package installs; the first one is the server. */
    executables: schemas/* array */.YOg(schemas/* string */.YjP()),
    /** https://github.com/package-url/purl-spec */
    purl: schemas/* string */.YjP(),
    /** SPDX expression, as the manifest has it. */
    license: schemas/* string */.YjP().optional(),
});
const plannedArtifact = schemas/* strictObject */.rej({
    name: fileName,
    kind: artifactKind,
    package: schemas/* string */.YjP().optional(),
    platform: schemas/* enum */.k5n(platforms).optional(),
    /** The build job that makes it; absent for what the later stages add. */
    job: schemas/* string */.YjP().optional(),
    /** The file that this one describes or signs. */
    subject: fileName.optional(),
});
/** What a build job needs on its machine. */
const toolchains = ['python', 'node', 'go', 'rust', 'buildx'];
const job = schemas/* strictObject */.rej({
    id: schemas/* string */.YjP().regex(/^[a-z0-9][a-z0-9._-]*$/),
    /** The label of the runner. */
    runner: schemas/* string */.YjP(),
    toolchain: schemas/* enum */.k5n(toolchains),
    action: schemas/* enum */.k5n(['build-wheel', 'build-npm', 'cross-compile', 'buildx-image']),
    /** The inputs of the action, by their names. */
    inputs: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP()),
});
const skip = schemas/* strictObject */.rej({ subject: schemas/* string */.YjP(), reason: schemas/* string */.YjP(), hint: schemas/* string */.YjP().optional() });
/** The shape of release-plan.json, version 1. Unknown keys are refused: a plan is read by the version that wrote it. */
const planSchema = schemas/* strictObject */.rej({
    schemaVersion: schemas/* literal */.euz(1),
    /** The last part of the repository's name, or the folder's. */
    name: schemas/* string */.YjP(),
    version,
    /** `owner/name` on the forge. */
    repository: schemas/* string */.YjP().optional(),
    /** 40 hex digits, absent outside git. */
    commit: schemas/* string */.YjP().optional(),
    /** Seconds since 1970: the time that all built files carry (https://reproducible-builds.org/specs/source-date-epoch/). */
    sourceDate: schemas/* int */.Whr().nonnegative(),
    packages: schemas/* array */.YOg(plannedPackage),
    jobs: schemas/* array */.YOg(job),
    /** Every file that the release will contain. */
    artifacts: schemas/* array */.YOg(plannedArtifact),
    skipped: schemas/* array */.YOg(skip),
    /** How the servers are started when they are verified. */
    verify: schemas/* strictObject */.rej({ args: schemas/* array */.YOg(schemas/* string */.YjP()), env: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP()) }),
});
/** The files that build jobs make, as opposed to those that later stages add. */
function builtFiles(plan) {
    return plan.artifacts.filter(artifact => artifact.job !== undefined);
}

;// CONCATENATED MODULE: ./packages/release-model/src/manifest.ts



/**
 * The shape of release-manifest.json, version 1: what a release consists of, for programs that read it. It holds no time
 * of day and no machine, so that the same commit gives the same bytes.
 */
const manifestSchema = schemas/* strictObject */.rej({
    schemaVersion: schemas/* literal */.euz(1),
    name: schemas/* string */.YjP(),
    version: planSchema.shape.version,
    repository: schemas/* string */.YjP().optional(),
    commit: schemas/* string */.YjP().optional(),
    sourceDate: schemas/* int */.Whr().nonnegative(),
    packages: schemas/* array */.YOg(schemas/* strictObject */.rej({
        ecosystem: schemas/* enum */.k5n(ecosystems),
        name: schemas/* string */.YjP(),
        version: schemas/* string */.YjP(),
        purl: schemas/* string */.YjP(),
        license: schemas/* string */.YjP().optional(),
    })),
    artifacts: schemas/* array */.YOg(builtArtifact.omit({ package: true }).extend({
        /** purl of the package that the file belongs to. */
        purl: schemas/* string */.YjP().optional(),
        /** Names of the files that list its components. */
        sboms: schemas/* array */.YOg(fileName),
    })),
    /** The files that list components, with their own digests. */
    sboms: schemas/* array */.YOg(schemas/* strictObject */.rej({ name: fileName, subject: fileName, sha256: sha256 })),
    /** What a reader might expect and will not find, and why. */
    skipped: planSchema.shape.skipped,
});

;// CONCATENATED MODULE: ./packages/cli/src/snapshot/compose-report.ts




/** The report of one project from what its steps left. */
async function composeReport(subject, outcome, ended) {
    const { plan, release } = outcome;
    return {
        schemaVersion: 1,
        name: subject.source.name,
        source: subject.directory,
        ...ended,
        ...(plan === undefined ? {} : { version: plan.version }),
        ...(subject.source.commit === undefined ? {} : { commit: subject.source.commit }),
        dirty: subject.source.dirty,
        startedAt: subject.startedAt.toISOString(),
        seconds: subject.seconds,
        files: ended.status === 'released' && plan !== undefined ? await describeFiles(plan, subject.files) : [],
        servers: outcome.verification?.servers ?? [],
        skipped: plan?.skipped ?? [],
        steps: outcome.steps,
        ...(release === undefined ? {} : { release }),
        verify: ended.status === 'released' ? verifyCommands() : [],
    };
}
async function describeFiles(plan, folder) {
    const text = await (0,promises_.readFile)((0,external_node_path_.join)(folder, releaseFiles.manifest), 'utf8');
    const manifest = parseJson(manifestSchema, { file: releaseFiles.manifest, text });
    const sboms = new Map(manifest.artifacts.map(each => [each.name, each.sboms]));
    return Promise.all(plan.artifacts.map(async ({ name, kind, platform }) => {
        const path = (0,external_node_path_.join)(folder, name);
        const signature = plan.artifacts.find(each => each.kind === 'signature' && each.subject === name)?.name;
        return {
            name,
            kind,
            ...(platform === undefined ? {} : { platform }),
            size: (await (0,promises_.stat)(path)).size,
            sha256: (0,external_node_crypto_.createHash)('sha256')
                .update(await (0,promises_.readFile)(path))
                .digest('hex'),
            ...(signature === undefined ? {} : { signature }),
            sboms: sboms.get(name) ?? [],
        };
    }));
}
function verifyCommands() {
    const bundle = releaseFiles.checksums + suffixes.signature;
    return [
        `cosign verify-blob --key cosign.pub --insecure-ignore-tlog --bundle ${bundle} ${releaseFiles.checksums}`,
        `sha256sum --check --ignore-missing ${releaseFiles.checksums}`,
    ];
}

;// CONCATENATED MODULE: ./packages/release-model/src/verification.ts

/** What is looked at when a server is verified, in the order of reports. */
const checkNames = [
    'installs',
    'handshake',
    'stdout-purity',
    'server-version',
    'tools-valid',
    'expected-tools',
    'resources-listed',
    'prompts-listed',
    'clean-exit',
];
const check = schemas/* strictObject */.rej({
    name: schemas/* enum */.k5n(checkNames),
    status: schemas/* enum */.k5n(['ok', 'failed', 'warning', 'skipped']),
    detail: schemas/* string */.YjP().optional(),
});
const verifiedServer = schemas/* strictObject */.rej({
    /** The name of the file that was started, without its folder. */
    file: schemas/* string */.YjP(),
    status: schemas/* enum */.k5n(['verified', 'failed', 'skipped']),
    /** Why it failed or was skipped. */
    reason: schemas/* string */.YjP().optional(),
    hint: schemas/* string */.YjP().optional(),
    /** What the server says of itself. */
    server: schemas/* strictObject */.rej({ name: schemas/* string */.YjP(), version: schemas/* string */.YjP(), title: schemas/* string */.YjP().optional() }).optional(),
    /** The protocol version that was agreed on, such as `2025-11-25`. */
    protocol: schemas/* string */.YjP().optional(),
    /** `legacy`: opens with `initialize`; `modern`: stateless, since 2026-07-28. */
    era: schemas/* enum */.k5n(['legacy', 'modern']).optional(),
    tools: schemas/* array */.YOg(schemas/* strictObject */.rej({ name: schemas/* string */.YjP(), title: schemas/* string */.YjP().optional(), description: schemas/* string */.YjP().optional() }))
        .optional(),
    checks: schemas/* array */.YOg(check),
    /** From the start of the process to its answer to the handshake. */
    startMilliseconds: schemas/* int */.Whr().nonnegative().optional(),
    /** Of the server and its children together, where the platform tells. */
    peakMemoryKilobytes: schemas/* int */.Whr().nonnegative().optional(),
});
/** The shape of the report of mcp-verify, version 1. */
const verificationSchema = schemas/* strictObject */.rej({ schemaVersion: schemas/* literal */.euz(1), servers: schemas/* array */.YOg(verifiedServer) });

;// CONCATENATED MODULE: ./packages/release-model/src/checksums.ts
/** The text of SHA256SUMS as `sha256sum --check` reads it: sorted by name, two spaces. */
function formatChecksums(checksums) {
    const byName = [...checksums].sort((a, b) => (a.name < b.name ? -1 : 1));
    return byName.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('');
}
/** Reads SHA256SUMS; `undefined` for a line that is none. */
function parseChecksums(text) {
    return text
        .split('\n')
        .filter(line => line !== '')
        .map(line => {
        const [, sha256, name] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
        return sha256 === undefined || name === undefined ? undefined : { name, sha256 };
    });
}

// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./packages/forge/src/errors.ts
const documentation = 'https://docs.github.com/rest';
/** A refusal in the shape in which GitHub answers it. */
class ApiError extends Error {
    status;
    body;
    constructor(status, message, details = {}) {
        super(message);
        this.status = status;
        this.name = 'ApiError';
        this.headers = details.headers ?? {};
        const errors = details.errors === undefined ? {} : { errors: details.errors };
        this.body = { message, ...errors, documentation_url: documentation, status: String(status) };
    }
    headers;
}
/** 404, which GitHub also gives for what the token may not see. */
const notFound = () => new ApiError(404, 'Not Found');
/** 422 with all problems at once. */
const validationFailed = (errors) => new ApiError(422, 'Validation Failed', { errors });
/** Throws one refusal for all problems, if there are any. */
function refuse(problems) {
    if (problems.length > 0)
        throw validationFailed(problems);
}

;// CONCATENATED MODULE: ./packages/forge/src/actors.ts

const bot = 'github-actions[bot]';
/** Finds out who sends a request; without a list of tokens any token may write. */
function authenticate(header, seeds) {
    const token = /^(?:token|bearer) +(\S+)$/i.exec(header ?? '')?.[1];
    if (token === undefined)
        throw new ApiError(401, header === undefined ? 'Requires authentication' : 'Bad credentials');
    if (seeds === undefined)
        return { token, login: bot, write: true };
    const seed = seeds.find(one => (typeof one === 'string' ? one : one.token) === token);
    if (seed === undefined)
        throw new ApiError(401, 'Bad credentials');
    if (typeof seed === 'string')
        return { token, login: bot, write: true };
    return { token, login: seed.login ?? bot, write: seed.contents === 'write' };
}
/** Refuses a mutation with a token that may only read, naming the permission as GitHub does. */
function requirePermission(actor, mutation) {
    if (!mutation || actor.write)
        return;
    throw new ApiError(403, 'Resource not accessible by integration', {
        headers: { 'x-accepted-github-permissions': 'contents=write' },
    });
}

;// CONCATENATED MODULE: ./packages/forge/src/asset-name.ts
/**
 * The name under which GitHub stores an uploaded file: accents are taken off, every run of characters outside
 * letters, digits and `-_+@` becomes one dot, dots at either end go, and a name left without a base gets `default`.
 * @see https://docs.github.com/rest/releases/assets#upload-a-release-asset
 */
function assetName(given) {
    const plain = given
        .normalize('NFD')
        .replace(/\p{Mn}/gu, '')
        .normalize('NFC');
    const based = plain.startsWith('.') ? `default${plain}` : plain;
    const dotted = based.replace(/[^a-z0-9\-_+@]+/gi, '.').replace(/^\.|\.$/g, '');
    return dotted !== given && !dotted.includes('.') ? `default.${dotted}` : dotted;
}

;// CONCATENATED MODULE: ./packages/forge/src/assets.ts


/** The largest file GitHub takes. */
const maximumSize = 2 ** 31;
const problem = (code, field, message) => ({
    resource: 'ReleaseAsset',
    code,
    ...(field === undefined ? {} : { field }),
    ...(message === undefined ? {} : { message }),
});
/** Refuses a change of the files of an immutable release, in GitHub's words. */
function requireMutable(release, verb) {
    if (release.immutable)
        refuse([problem('custom', undefined, `Cannot ${verb} asset from an immutable release`)]);
}
function requireFreeName(release, name, self) {
    const taken = [...release.assets.values()].some(one => one.name === name && one !== self);
    if (taken)
        refuse([problem('already_exists', 'name')]);
}
/** Refuses a declared size that GitHub would refuse; the size must be declared. */
function requireSize(contentLength) {
    const size = contentLength === undefined ? Number.NaN : Number(contentLength);
    if (!Number.isSafeInteger(size))
        throw new ApiError(400, 'Bad Content-Length');
    if (size < 1)
        throw validationFailed([problem('custom', 'size', 'size must be greater than or equal to 1')]);
    if (size > maximumSize)
        throw validationFailed([problem('custom', 'size', `size must be less than or equal to ${maximumSize}`)]);
    return size;
}
/** Takes the name for an upload: until its bytes are there, the asset is a `starter`. */
function reserveAsset(world, release, request) {
    if (release.immutable)
        throw new ApiError(422, 'Cannot upload assets to an immutable release.');
    const name = assetName(request.name);
    if (name === '' || name === 'default.')
        refuse([problem('invalid', 'name')]);
    requireFreeName(release, name);
    const now = world.now();
    const asset = {
        id: world.nextId(),
        name,
        label: request.label ?? null,
        state: 'starter',
        contentType: request.contentType,
        size: 0,
        digest: null,
        downloads: 0,
        createdAt: now,
        updatedAt: now,
        uploader: request.uploader,
    };
    release.assets.set(asset.id, asset);
    return asset;
}
/** Turns a `starter` whose bytes have arrived into an asset, unless its release is gone or closed meanwhile. */
function completeAsset(release, asset, content) {
    if (!release.assets.has(asset.id))
        throw new ApiError(404, 'Not Found');
    if (release.immutable) {
        release.assets.delete(asset.id);
        throw new ApiError(422, 'Cannot upload assets to an immutable release.');
    }
    Object.assign(asset, { state: 'uploaded', size: content.size, digest: content.digest });
}
/** Renames or relabels an asset, under the same rules for names as an upload. */
function updateAsset(world, release, edit) {
    const { asset, change } = edit;
    requireMutable(release, 'update');
    const name = change.name === undefined ? asset.name : assetName(change.name);
    if (name === '' || name === 'default.')
        refuse([problem('invalid', 'name')]);
    requireFreeName(release, name, asset);
    Object.assign(asset, { name, label: change.label ?? asset.label, updatedAt: world.now() });
}
/** Removes an asset, and with it whatever an upload in progress would have become. */
function deleteAsset(release, asset) {
    requireMutable(release, 'delete');
    release.assets.delete(asset.id);
}
/** An asset together with its release, by its id within a repository. */
function findAsset(repository, id) {
    for (const release of repository.releases.values()) {
        const asset = release.assets.get(id);
        if (asset !== undefined)
            return { release, asset };
    }
    return undefined;
}

;// CONCATENATED MODULE: ./packages/forge/src/pagination.ts
/** Cuts a list as GitHub does: 30 items, at most 100, with a Link header where there is more than one page. */
function paginate(all, query, address) {
    const size = Math.min(Math.max(Number(query['per_page'] ?? 30), 1), 100);
    const page = Math.max(Number(query['page'] ?? 1), 1);
    const last = Math.max(Math.ceil(all.length / size), 1);
    const link = (number, relation) => `<${address}?per_page=${size}&page=${number}>; rel="${relation}"`;
    const links = [
        ...(page > 1 ? [link(page - 1, 'prev')] : []),
        ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
        ...(page > 1 ? [link(1, 'first')] : []),
    ];
    return {
        items: all.slice((page - 1) * size, page * size),
        headers: links.length === 0 ? {} : { link: links.join(', ') },
    };
}

;// CONCATENATED MODULE: ./packages/forge/src/latest.ts
function latest_version(tag) {
    const match = /^v?(\d+)\.(\d+)\.(\d+)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/.exec(tag);
    if (match === null)
        return undefined;
    return { numbers: match.slice(1, 4).map(Number), stable: match[4] === undefined };
}
function compareVersions(a, b) {
    const difference = a.numbers.map((number, index) => number - (b.numbers[index] ?? 0)).find(value => value !== 0);
    return difference ?? Number(a.stable) - Number(b.stable);
}
/** The order that `legacy` means: by semantic version where both have one, else by date of creation. */
function compareReleases(a, b) {
    const [left, right] = [latest_version(a.tagName), latest_version(b.tagName)];
    const byVersion = left !== undefined && right !== undefined ? compareVersions(left, right) : 0;
    return byVersion || a.createdAt.getTime() - b.createdAt.getTime() || a.id - b.id;
}
/** The newest of some releases, undefined for none. */
const newest = (releases) => releases.reduce((best, one) => (best === undefined || compareReleases(one, best) > 0 ? one : best), undefined);
/** The latest release: the one that was made so, else the newest; a draft or prerelease is never it. */
function latestRelease(repository) {
    const full = [...repository.releases.values()].filter(one => !one.draft && !one.prerelease);
    return full.find(one => one.id === repository.latestId) ?? newest(full.filter(one => one.makeLatest !== 'false'));
}
/** Applies `make_latest` to a published release. */
function applyMakeLatest(repository, release) {
    if (release.prerelease || release.draft)
        return;
    if (release.makeLatest === 'true')
        repository.latestId = release.id;
    else if (release.makeLatest === 'legacy' || repository.latestId === release.id)
        repository.latestId = undefined;
}

;// CONCATENATED MODULE: ./packages/forge/src/release-notes.ts


/**
 * The notes GitHub generates for a range without pull requests: the link to the whole changelog. The forge knows no
 * commits, so it lists none.
 */
function generateNotes(repository, request, web) {
    const given = request.previous_tag_name;
    if (given !== undefined && !repository.tags.has(given))
        throw validationFailed([{ resource: 'Release', code: 'invalid', field: 'previous_tag_name' }]);
    const published = [...repository.releases.values()].filter(one => !one.draft && one.tagName !== request.tag_name);
    const previous = given ?? newest(published)?.tagName;
    const base = `${web}/${repository.owner}/${repository.name}`;
    const range = previous === undefined ? `commits/${request.tag_name}` : `compare/${previous}...${request.tag_name}`;
    return { name: request.tag_name, body: `**Full Changelog**: ${base}/${range}` };
}

;// CONCATENATED MODULE: ./packages/forge/src/release-rules.ts
/** GitHub refuses longer bodies. */
const maximumBody = 125_000;
const custom = (field, message) => ({ resource: 'Release', code: 'custom', field, message });
/** Refuses a body over the limit; GitHub counts characters, not bytes. */
const bodyProblems = (body) => Array.from(body ?? '').length > maximumBody
    ? [custom('body', `body is too long (maximum is ${maximumBody} characters)`)]
    : [];
// The rules of `git check-ref-format` that matter for a tag.
const malformed = /[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|^[/.-]|\/\.|[/.]$|\.lock(\/|$)|^$|^@$/;
/** The commit that a new tag would get, undefined when the target is not known. */
function resolveTarget(repository, target) {
    return repository.branches.get(target) ?? (/^[0-9a-f]{40}$/.test(target) ? target : undefined);
}
/** A target matters only while its tag does not exist; then it must be a branch or a commit. */
function targetProblems(repository, tagName, target) {
    if (repository.tags.has(tagName) || resolveTarget(repository, target) !== undefined)
        return [];
    return [{ resource: 'Release', code: 'invalid', field: 'target_commitish' }];
}
/** Why a release may not be published: a bad tag name, a burned one, or one that has a release. */
function publishProblems(repository, candidate) {
    const { id, tagName } = candidate;
    const validTag = { resource: 'Release', code: 'custom', message: 'Published releases must have a valid tag' };
    if (malformed.test(tagName)) {
        const messages = ['tag_name is not a valid tag', 'tag_name is not well-formed'];
        return [...messages.map(message => custom('tag_name', message)), validTag];
    }
    if (repository.burnedTags.has(tagName))
        return [custom('tag_name', 'tag_name was used by an immutable release'), validTag];
    const taken = [...repository.releases.values()].some(one => !one.draft && one.tagName === tagName && one.id !== id);
    return taken ? [{ resource: 'Release', code: 'already_exists', field: 'tag_name' }] : [];
}
/** What an edit of an immutable release may not touch: title, notes and the prerelease mark stay free. */
function immutableProblems(release, change) {
    if (!release.immutable)
        return [];
    const touched = [
        ...(change.tag_name !== undefined && change.tag_name !== release.tagName ? ['tag_name'] : []),
        ...(change.target_commitish !== undefined && change.target_commitish !== release.targetCommitish
            ? ['target_commitish']
            : []),
        ...(change.draft === true ? ['state'] : []),
    ];
    return touched.map(field => custom(field, `${field} cannot be changed when release is immutable`));
}
/** An explicit `make_latest: "true"` does not go with a draft or a prerelease. */
function latestProblems(release, makeLatest) {
    if (makeLatest !== 'true' || (!release.draft && !release.prerelease))
        return [];
    return [{ resource: 'Release', code: 'custom', message: 'Latest release cannot be draft or prerelease.' }];
}

;// CONCATENATED MODULE: ./packages/forge/src/releases.ts




function requireCategory(repository, category) {
    if (category !== undefined && !repository.discussionCategories.has(category))
        throw notFound();
}
function publish(repository, release, now) {
    if (!repository.tags.has(release.tagName)) {
        const sha = resolveTarget(repository, release.targetCommitish);
        if (sha === undefined)
            throw new Error(`Unchecked target ${release.targetCommitish}`);
        repository.tags.set(release.tagName, sha);
    }
    release.publishedAt = now;
    release.immutable = repository.immutableReleases;
}
/** Adds a release; published at once unless it is a draft. */
function createRelease(world, repository, request) {
    if (repository.branches.size === 0)
        throw new ApiError(422, 'Repository is empty.');
    requireCategory(repository, request.discussion_category_name);
    const [id, now] = [world.nextId(), world.now()];
    const release = {
        id,
        tagName: request.tag_name,
        targetCommitish: request.target_commitish ?? repository.defaultBranch,
        name: request.name ?? null,
        body: request.body ?? null,
        draft: request.draft ?? false,
        prerelease: request.prerelease ?? false,
        immutable: false,
        makeLatest: request.make_latest ?? 'true',
        discussion: request.discussion_category_name,
        createdAt: now,
        publishedAt: null,
        updatedAt: now,
        author: request.author,
        untagged: `untagged-${(0,external_node_crypto_.createHash)('sha256').update(`release ${id}`).digest('hex').slice(0, 20)}`,
        assets: new Map(),
    };
    refuse([
        ...bodyProblems(release.body),
        ...targetProblems(repository, release.tagName, release.targetCommitish),
        ...latestProblems(release, request.make_latest),
        ...(release.draft ? [] : publishProblems(repository, release)),
    ]);
    if (!release.draft)
        publish(repository, release, now);
    repository.releases.set(id, release);
    applyMakeLatest(repository, release);
    return release;
}
function changed(release, change) {
    return {
        id: release.id,
        tagName: change.tag_name ?? release.tagName,
        targetCommitish: change.target_commitish ?? release.targetCommitish,
        name: change.name ?? release.name,
        body: change.body ?? release.body,
        draft: change.draft ?? release.draft,
        prerelease: change.prerelease ?? release.prerelease,
        makeLatest: change.make_latest ?? release.makeLatest,
        discussion: change.discussion_category_name ?? release.discussion,
    };
}
/** Edits a release, and publishes it when `draft` turns false; all or nothing. */
function updateRelease(world, repository, edit) {
    const { release, change } = edit;
    requireCategory(repository, change.discussion_category_name);
    const next = changed(release, change);
    const moved = next.tagName !== release.tagName || next.targetCommitish !== release.targetCommitish;
    const publishing = release.draft && !next.draft;
    const retagged = !next.draft && next.tagName !== release.tagName;
    refuse([
        ...immutableProblems(release, change),
        ...bodyProblems(change.body),
        ...(moved || publishing ? targetProblems(repository, next.tagName, next.targetCommitish) : []),
        ...latestProblems(next, change.make_latest),
        ...(publishing || retagged ? publishProblems(repository, next) : []),
    ]);
    const now = world.now();
    Object.assign(release, next, { updatedAt: now });
    if (publishing || retagged)
        publish(repository, release, release.publishedAt ?? now);
    if (release.draft)
        release.publishedAt = null;
    if (publishing || change.make_latest !== undefined)
        applyMakeLatest(repository, release);
}
/** Removes a release; the tag stays, but the name of an immutable release's tag is spent. */
function deleteRelease(repository, release) {
    repository.releases.delete(release.id);
    if (release.immutable)
        repository.burnedTags.add(release.tagName);
}
/** The published release of a tag; drafts have no tag yet. */
const findByTag = (repository, tagName) => [...repository.releases.values()].find(one => !one.draft && one.tagName === tagName);
/** The release of a tag, or else the newest draft that waits for it, as GitHub's GraphQL API finds it. */
const findByPendingTag = (repository, tagName) => findByTag(repository, tagName) ?? [...repository.releases.values()].filter(one => one.tagName === tagName).at(-1);
/** The releases from newest to oldest; drafts only for those who may write. */
const listReleases = (repository, drafts) => [...repository.releases.values()].filter(one => drafts || !one.draft).reverse();

;// CONCATENATED MODULE: ./packages/forge/src/representation.ts
const nodeId = (kind, id) => Buffer.from(`${kind}:${id}`).toString('base64url');
/** The short form of an account. */
function userJson(login, at) {
    const api = `${at.api}/users/${encodeURIComponent(login)}`;
    return {
        login,
        id: 1,
        node_id: nodeId('User', 1),
        avatar_url: `${at.web}/avatars/1`,
        gravatar_id: '',
        url: api,
        html_url: `${at.web}/${encodeURIComponent(login)}`,
        followers_url: `${api}/followers`,
        following_url: `${api}/following{/other_user}`,
        gists_url: `${api}/gists{/gist_id}`,
        starred_url: `${api}/starred{/owner}{/repo}`,
        subscriptions_url: `${api}/subscriptions`,
        organizations_url: `${api}/orgs`,
        repos_url: `${api}/repos`,
        events_url: `${api}/events{/privacy}`,
        received_events_url: `${api}/received_events`,
        type: login.endsWith('[bot]') ? 'Bot' : 'User',
        site_admin: false,
    };
}
const apiBase = (repository, at) => `${at.api}/repos/${repository.owner}/${repository.name}`;
const webBase = (repository, at) => `${at.web}/${repository.owner}/${repository.name}`;
// The web addresses of a draft do not know its tag.
const webTag = (release) => release.draft ? release.untagged : release.tagName.split('/').map(encodeURIComponent).join('/');
/** An asset as the API shows it. */
function assetJson(repository, owned, at) {
    const { release, asset } = owned;
    return {
        url: `${apiBase(repository, at)}/releases/assets/${asset.id}`,
        id: asset.id,
        node_id: nodeId('ReleaseAsset', asset.id),
        name: asset.name,
        label: asset.label,
        uploader: userJson(asset.uploader, at),
        content_type: asset.contentType,
        state: asset.state,
        size: asset.size,
        digest: asset.digest,
        download_count: asset.downloads,
        created_at: asset.createdAt.toISOString(),
        updated_at: asset.updatedAt.toISOString(),
        browser_download_url: `${webBase(repository, at)}/releases/download/${webTag(release)}/${encodeURIComponent(asset.name)}`,
    };
}
/** The web page of a release. */
const releasePage = (repository, release, at) => `${webBase(repository, at)}/releases/tag/${webTag(release)}`;
/** A release as the API shows it. */
function releaseJson(repository, release, at) {
    const api = apiBase(repository, at);
    const archive = (kind) => (release.draft ? null : `${api}/${kind}/${webTag(release)}`);
    const discussed = release.discussion !== undefined && !release.draft;
    return {
        url: `${api}/releases/${release.id}`,
        assets_url: `${api}/releases/${release.id}/assets`,
        upload_url: `${at.uploads}/repos/${repository.owner}/${repository.name}/releases/${release.id}/assets{?name,label}`,
        html_url: releasePage(repository, release, at),
        id: release.id,
        author: userJson(release.author, at),
        node_id: nodeId('Release', release.id),
        tag_name: release.tagName,
        target_commitish: release.targetCommitish,
        name: release.name,
        draft: release.draft,
        immutable: release.immutable,
        prerelease: release.prerelease,
        created_at: release.createdAt.toISOString(),
        updated_at: release.updatedAt.toISOString(),
        published_at: release.publishedAt?.toISOString() ?? null,
        assets: [...release.assets.values()].map(asset => assetJson(repository, { release, asset }, at)),
        tarball_url: archive('tarball'),
        zipball_url: archive('zipball'),
        body: release.body,
        ...(discussed ? { discussion_url: `${webBase(repository, at)}/discussions/${release.id}` } : {}),
    };
}
/** A ref as the API shows it. */
function refJson(repository, found, at) {
    const api = `${apiBase(repository, at)}/git`;
    return {
        ref: found.ref,
        node_id: Buffer.from(`Ref:${repository.id}:${found.ref}`).toString('base64url'),
        url: `${api}/${found.ref.split('/').map(encodeURIComponent).join('/')}`,
        object: { sha: found.sha, type: 'commit', url: `${api}/commits/${found.sha}` },
    };
}

;// CONCATENATED MODULE: ./packages/forge/src/release-handlers.ts






/** The release of the path; a draft does not exist for those who may only read. */
function pathRelease(call) {
    const release = call.repository.releases.get(Number(call.params['release_id']));
    if (release === undefined || (release.draft && !call.actor.write))
        throw notFound();
    return release;
}
const show = (call, release, status = 200) => {
    if (release === undefined)
        throw notFound();
    return { status, json: releaseJson(call.repository, release, call.at) };
};
function list(call) {
    const address = `${call.at.api}/repos/${call.repository.owner}/${call.repository.name}/releases`;
    const page = paginate(listReleases(call.repository, call.actor.write), call.query, address);
    const json = page.items.map(release => releaseJson(call.repository, release, call.at));
    return { status: 200, headers: page.headers, json };
}
// Generated notes follow a given body, and give a name only where there is none.
function withNotes(call, request) {
    if (request.generate_release_notes !== true)
        return request;
    const notes = generateNotes(call.repository, { tag_name: request.tag_name }, call.at.web);
    const body = request.body === undefined ? notes.body : `${request.body}\n\n${notes.body}`;
    return { ...request, name: request.name ?? notes.name, body };
}
function create(call) {
    const request = withNotes(call, call.body);
    const release = createRelease(call.world, call.repository, { ...request, author: call.actor.login });
    const reply = show(call, release, 201);
    return {
        ...reply,
        headers: { location: `${call.at.api}/repos/${call.repository.owner}/${call.repository.name}/releases/${release.id}` },
    };
}
function update(call) {
    const release = pathRelease(call);
    updateRelease(call.world, call.repository, { release, change: call.body ?? {} });
    return show(call, release);
}
async function remove(call) {
    const release = pathRelease(call);
    deleteRelease(call.repository, release);
    for (const id of release.assets.keys())
        await call.storage.remove(id);
    return { status: 204 };
}
/** The operations on releases. */
const releaseHandlers = {
    'repos/list-releases': list,
    'repos/create-release': create,
    'repos/get-release': call => show(call, pathRelease(call)),
    'repos/get-release-by-tag': call => show(call, findByTag(call.repository, String(call.params['tag']))),
    'repos/get-latest-release': call => show(call, latestRelease(call.repository)),
    'repos/update-release': update,
    'repos/delete-release': remove,
    'repos/generate-release-notes': call => ({
        status: 200,
        json: generateNotes(call.repository, call.body, call.at.web),
    }),
};

;// CONCATENATED MODULE: ./packages/forge/src/asset-handlers.ts





function pathAsset(call) {
    const found = findAsset(call.repository, Number(call.params['asset_id']));
    if (found === undefined || (found.release.draft && !call.actor.write))
        throw notFound();
    return found;
}
/** The bytes of an asset, counted as a download; a `starter` has none. */
function download(asset, storage) {
    if (asset.state !== 'uploaded')
        throw notFound();
    asset.downloads += 1;
    return {
        status: 200,
        headers: { 'content-disposition': `attachment; filename=${asset.name}` },
        file: { path: storage.path(asset.id), size: asset.size, contentType: asset.contentType },
    };
}
function get(call) {
    const found = pathAsset(call);
    if (call.accept.includes('application/octet-stream'))
        return download(found.asset, call.storage);
    return { status: 200, json: assetJson(call.repository, found, call.at) };
}
function asset_handlers_list(call) {
    const release = pathRelease(call);
    const address = `${call.at.api}/repos/${call.repository.owner}/${call.repository.name}/releases/${release.id}/assets`;
    const page = paginate([...release.assets.values()], call.query, address);
    const json = page.items.map(asset => assetJson(call.repository, { release, asset }, call.at));
    return { status: 200, headers: page.headers, json };
}
/** Takes the name of an upload before its bytes, as GitHub does. */
function reserveUpload(call) {
    const release = pathRelease(call);
    requireSize(call.upload.contentLength);
    const label = call.query['label'];
    const asset = reserveAsset(call.world, release, {
        name: String(call.query['name']),
        label: typeof label === 'string' ? label : undefined,
        contentType: call.upload.contentType ?? 'application/octet-stream',
        uploader: call.actor.login,
    });
    return { release, asset };
}
async function upload(call) {
    const { release, asset } = reserveUpload(call);
    try {
        completeAsset(release, asset, await call.storage.write(asset.id, call.upload.bytes));
    }
    catch (error) {
        await call.storage.remove(asset.id);
        if (!call.upload.keepRemnant)
            release.assets.delete(asset.id);
        throw error;
    }
    return { status: 201, json: assetJson(call.repository, { release, asset }, call.at) };
}
function asset_handlers_update(call) {
    const found = pathAsset(call);
    updateAsset(call.world, found.release, {
        asset: found.asset,
        change: call.body ?? {},
    });
    return { status: 200, json: assetJson(call.repository, found, call.at) };
}
async function asset_handlers_remove(call) {
    const { release, asset } = pathAsset(call);
    deleteAsset(release, asset);
    await call.storage.remove(asset.id);
    return { status: 204 };
}
/** The operations on assets. */
const assetHandlers = {
    'repos/list-release-assets': asset_handlers_list,
    'repos/upload-release-asset': upload,
    'repos/get-release-asset': get,
    'repos/update-release-asset': asset_handlers_update,
    'repos/delete-release-asset': asset_handlers_remove,
};

;// CONCATENATED MODULE: ./packages/forge/src/body.ts

const maximumJson = 10_000_000;
/** The bytes of a request, counted as they come. */
async function* countedBytes(request, counter) {
    for await (const chunk of request) {
        counter.bodyBytes += chunk.length;
        yield chunk;
    }
}
/** Reads a JSON object; an empty body is undefined. */
async function readJson(bytes) {
    const chunks = [];
    let size = 0;
    for await (const chunk of bytes) {
        size += chunk.length;
        if (size > maximumJson)
            throw new ApiError(413, 'Payload too large');
        chunks.push(chunk);
    }
    if (size === 0)
        return undefined;
    const value = parse(Buffer.concat(chunks).toString('utf8'));
    if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw new ApiError(400, 'Body should be a JSON object');
    return value;
}
function parse(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        throw new ApiError(400, 'Problems parsing JSON');
    }
}

;// CONCATENATED MODULE: ./packages/forge/src/graphql-query.ts
/** A query that cannot be read or answered. */
class GraphqlError extends Error {
}
const token = /\s+|,|#[^\n]*|(\.\.\.|[{}()[\]:$!=@|&]|"(?:[^"\\\n]|\\.)*"|-?\d+(?:\.\d+)?|[A-Za-z_]\w*)|(.)/g;
function tokenize(text) {
    const tokens = [];
    for (const [, known, unknown] of text.matchAll(token)) {
        if (unknown !== undefined)
            throw new GraphqlError(`Parse error on "${unknown}"`);
        if (known !== undefined)
            tokens.push(known);
    }
    return tokens;
}
class Reader {
    variables;
    #at = 0;
    #tokens;
    constructor(text, variables) {
        this.variables = variables;
        this.#tokens = tokenize(text);
    }
    query() {
        if (this.#peek() !== '{') {
            const kind = this.#next();
            if (kind !== 'query')
                throw new GraphqlError(`The forge answers queries only, not "${kind}"`);
            while (this.#peek() !== '{')
                this.#header();
        }
        const fields = this.#selection();
        if (this.#at < this.#tokens.length)
            throw new GraphqlError('The forge answers one query without fragments');
        return fields;
    }
    // The name and the variable definitions; the values of the variables are what counts.
    #header() {
        if (this.#next() !== '(')
            return;
        while (this.#next() !== ')')
            ;
    }
    #selection() {
        this.#expect('{');
        const fields = [];
        while (this.#peek() !== '}')
            fields.push(this.#field());
        this.#expect('}');
        return fields;
    }
    #field() {
        const alias = this.#name();
        const name = this.#skip(':') ? this.#name() : alias;
        const args = {};
        if (this.#skip('(')) {
            while (!this.#skip(')')) {
                const argument = this.#name();
                this.#expect(':');
                args[argument] = this.#value();
            }
        }
        return { alias, name, args, fields: this.#peek() === '{' ? this.#selection() : undefined };
    }
    #value() {
        const text = this.#next();
        if (text === '$')
            return this.variables[this.#name()];
        if (text.startsWith('"'))
            return JSON.parse(text);
        if (/^-?\d/.test(text))
            return Number(text);
        if (text === 'true' || text === 'false')
            return text === 'true';
        if (text === 'null')
            return null;
        if (/^\w+$/.test(text))
            return text;
        throw new GraphqlError(`Parse error on "${text}"`);
    }
    #name() {
        const text = this.#next();
        if (!/^[A-Za-z_]\w*$/.test(text))
            throw new GraphqlError(`Parse error on "${text}"`);
        return text;
    }
    #peek() {
        return this.#tokens[this.#at];
    }
    #skip(text) {
        const found = this.#peek() === text;
        if (found)
            this.#at += 1;
        return found;
    }
    #next() {
        const text = this.#peek();
        if (text === undefined)
            throw new GraphqlError('Unexpected end of document');
        this.#at += 1;
        return text;
    }
    #expect(text) {
        const found = this.#next();
        if (found !== text)
            throw new GraphqlError(`Parse error on "${found}", expected "${text}"`);
    }
}
/** Reads one query with its variables filled in. */
const parseQuery = (text, variables) => new Reader(text, variables).query();

;// CONCATENATED MODULE: ./packages/forge/src/model.ts
/** The key of a repository: GitHub compares both parts without regard to case. */
const repositoryKey = (owner, name) => `${owner}/${name}`.toLowerCase();
const model_commit = /^[0-9a-f]{40}$/;
function requireCommits(seed) {
    const wrong = Object.entries({ ...seed.branches, ...seed.tags }).filter(([, sha]) => !model_commit.test(sha));
    if (wrong.length === 0)
        return;
    const list = wrong.map(([name, sha]) => `${name}: "${sha}"`).join(', ');
    throw new TypeError(`${seed.owner}/${seed.name}: refs need commits of 40 hex digits, got ${list}`);
}
function createRepository(seed, world) {
    requireCommits(seed);
    const defaultBranch = seed.defaultBranch ?? 'main';
    const branches = new Map(Object.entries(seed.branches ?? {}));
    const head = Object.values(seed.tags ?? {}).at(-1);
    if (!branches.has(defaultBranch) && head !== undefined)
        branches.set(defaultBranch, head);
    return {
        id: world.nextId(),
        owner: seed.owner,
        name: seed.name,
        createdAt: world.now(),
        defaultBranch,
        branches,
        tags: new Map(Object.entries(seed.tags ?? {})),
        immutableReleases: seed.immutableReleases ?? false,
        discussionCategories: new Set(seed.discussionCategories ?? []),
        releases: new Map(),
        burnedTags: new Set(),
        latestId: undefined,
    };
}
/** A fresh world with the given repositories and no release. */
function createWorld(seeds, now) {
    let last = 1000;
    const nextId = () => (last += 1);
    const repositories = seeds.map(seed => createRepository(seed, { now, nextId }));
    return { repositories: new Map(repositories.map(one => [repositoryKey(one.owner, one.name), one])), now, nextId };
}

;// CONCATENATED MODULE: ./packages/forge/src/graphql.ts





const isObject = (value) => typeof value === 'object' && value !== null && 'type' in value && 'values' in value;
function releaseObject(repository, release, at) {
    const shown = releaseJson(repository, release, at);
    return {
        type: 'Release',
        values: {
            databaseId: () => release.id,
            id: () => shown['node_id'],
            tagName: () => release.tagName,
            name: () => release.name,
            description: () => release.body,
            isDraft: () => release.draft,
            isPrerelease: () => release.prerelease,
            isLatest: () => latestRelease(repository) === release,
            immutable: () => release.immutable,
            createdAt: () => shown['created_at'],
            publishedAt: () => shown['published_at'],
            updatedAt: () => shown['updated_at'],
            url: () => releasePage(repository, release, at),
        },
    };
}
function repositoryObject(repository, context) {
    const show = (release) => release === undefined || (release.draft && !context.write) ? null : releaseObject(repository, release, context.at);
    return {
        type: 'Repository',
        values: {
            databaseId: () => repository.id,
            name: () => repository.name,
            nameWithOwner: () => `${repository.owner}/${repository.name}`,
            release: args => show(findByPendingTag(repository, graphql_text(args, 'tagName'))),
            latestRelease: () => show(latestRelease(repository)),
        },
    };
}
function graphql_text(args, name) {
    const value = args[name];
    if (typeof value !== 'string')
        throw new GraphqlError(`Argument '${name}' needs a String!`);
    return value;
}
class NotFound extends GraphqlError {
}
const root = (context) => ({
    type: 'Query',
    values: {
        repository: args => {
            const [owner, name] = [graphql_text(args, 'owner'), graphql_text(args, 'name')];
            const found = context.world.repositories.get(repositoryKey(owner, name));
            if (found === undefined)
                throw new NotFound(`Could not resolve to a Repository with the name '${owner}/${name}'.`);
            return repositoryObject(found, context);
        },
    },
});
function graphql_select(object, fields) {
    const entries = fields.map(field => {
        if (field.name === '__typename')
            return [field.alias, object.type];
        const read = object.values[field.name];
        if (read === undefined)
            throw new GraphqlError(`Field '${field.name}' doesn't exist on type '${object.type}'`);
        const value = read(field.args);
        if (isObject(value) !== (field.fields !== undefined) && value !== null)
            throw new GraphqlError(`Field '${field.name}' has a wrong selection`);
        return [field.alias, isObject(value) ? graphql_select(value, field.fields ?? []) : value];
    });
    return Object.fromEntries(entries);
}
function readRequest(body) {
    const given = (typeof body === 'object' && body !== null ? body : {});
    if (typeof given.query !== 'string')
        throw new GraphqlError('A query attribute must be specified and must be a string.');
    return { query: given.query, variables: (given.variables ?? {}) };
}
/** Answers a GraphQL request about releases; like GitHub with status 200, also for a query it cannot answer. */
function answerGraphql(context, body) {
    try {
        const { query, variables } = readRequest(body);
        return { status: 200, json: { data: graphql_select(root(context), parseQuery(query, variables)) } };
    }
    catch (error) {
        if (!(error instanceof GraphqlError))
            throw error;
        const missing = error instanceof NotFound;
        const details = missing ? { type: 'NOT_FOUND', path: ['repository'] } : {};
        return {
            status: 200,
            json: { ...(missing ? { data: { repository: null } } : {}), errors: [{ ...details, message: error.message }] },
        };
    }
}

// EXTERNAL MODULE: ./node_modules/ajv/dist/ajv.js
var ajv = __webpack_require__(2463);
// EXTERNAL MODULE: ./node_modules/ajv-formats/dist/index.js
var dist = __webpack_require__(2815);
var dist_default = /*#__PURE__*/__webpack_require__.n(dist);
;// CONCATENATED MODULE: ./packages/forge/src/openapi.gen.json
const openapi_gen_namespaceObject = /*#__PURE__*/JSON.parse('{"openapi":"3.0.3","info":{"title":"GitHub\'s official OpenAPI spec + Octokit extension","version":"23.0.2","license":{"name":"MIT","url":"https://spdx.org/licenses/MIT"}},"paths":{"/repos/{owner}/{repo}":{"get":{"operationId":"repos/get","parameters":[{"name":"owner","in":"path","required":true,"schema":{"type":"string"}},{"name":"repo","in":"path","required":true,"schema":{"type":"string"}}],"responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/full-repository"}}}},"301":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/basic-error"}}}},"403":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/basic-error"}}}},"404":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/basic-error"}}}}}}},"/repos/{owner}/{repo}/releases":{"get":{"operationId":"repos/list-releases","parameters":[{"name":"owner","in":"path","required":true,"schema":{"type":"string"}},{"name":"repo","in":"path","required":true,"schema":{"type":"string"}},{"name":"per_page","in":"query","schema":{"type":"integer","default":30}},{"name":"page","in":"query","schema":{"type":"integer","default":1}}],"responses":{"200":{"content":{"application/json":{"schema":{"type":"array","items":{"$ref":"#/components/schemas/release"}}}},"headers":{"Link":{"schema":{"type":"string"}}}},"404":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/basic-error"}}}}}},"post":{"operationId":"repos/create-release","parameters":[{"name":"owner","in":"path","required":true,"schema":{"type":"string"}},{"name":"repo","in":"path","required":true,"schema":{"type":"string"}}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","properties":{"tag_name":{"type":"string"},"target_commitish":{"type":"string"},"name":{"type":"string"},"body":{"type":"string"},"draft":{"type":"boolean","default":false},"prerelease":{"type":"boolean","default":false},"discussion_category_name":{"type":"string"},"generate_release_notes":{"type":"boolean","default":false},"make_latest":{"type":"string","enum":["true","false","legacy"],"default":"true"}},"required":["tag_name"]}}}},"responses":{"201":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/release"}}},"headers":{"Location":{"schema":{"type":"string"}}}},"404":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/basic-error"}}}},"422":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/validation-error"}}}}}}},"/repos/{owner}/{repo}/releases/latest":{"get":{"operationId":"repos/get-latest-release","parameters":[{"name":"owner","in":"path","required":true,"schema":{"type":"string"}},{"name":"repo","in":"path","required":true,"schema":{"type":"string"}}],"responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/release"}}}},"404":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/basic-error"}}}}}}},"/repos/{owner}/{repo}/releases/tags/{tag}":{"get":{"operationId":"repos/get-release-by-tag","parameters":[{"name":"owner","in":"path","required":true,"schema":{"type":"string"}},{"name":"repo","in":"path","required":true,"schema":{"type":"string"}},{"name":"tag","in":"path","required":true,"schema":{"type":"string"}}],"responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/release"}}}},"404":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/basic-error"}}}}}}},"/repos/{owner}/{repo}/releases/generate-notes":{"post":{"operationId":"repos/generate-release-notes","parameters":[{"name":"owner","in":"path","required":true,"schema":{"type":"string"}},{"name":"repo","in":"path","required":true,"schema":{"type":"string"}}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","properties":{"tag_name":{"type":"string"},"target_commitish":{"type":"string"},"previous_tag_name":{"type":"string"},"configuration_file_path":{"type":"string"}},"required":["tag_name"]}}}},"responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/release-notes-content"}}}},"404":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/basic-error"}}}}}}},"/repos/{owner}/{repo}/releases/{release_id}":{"get":{"operationId":"repos/get-release","parameters":[{"name":"owner","in":"path","required":true,"schema":{"type":"string"}},{"name":"repo","in":"path","required":true,"schema":{"type":"string"}},{"name":"release_id","in":"path","required":true,"schema":{"type":"integer"}}],"responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/release"}}}},"401":{}}},"patch":{"operationId":"repos/update-release","parameters":[{"name":"owner","in":"path","required":true,"schema":{"type":"string"}},{"name":"repo","in":"path","required":true,"schema":{"type":"string"}},{"name":"release_id","in":"path","required":true,"schema":{"type":"integer"}}],"requestBody":{"required":false,"content":{"application/json":{"schema":{"type":"object","properties":{"tag_name":{"type":"string"},"target_commitish":{"type":"string"},"name":{"type":"string"},"body":{"type":"string"},"draft":{"type":"boolean"},"prerelease":{"type":"boolean"},"make_latest":{"type":"string","enum":["true","false","legacy"],"default":"true"},"discussion_category_name":{"type":"string"}}}}}},"responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/release"}}}},"404":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/basic-error"}}}}}},"delete":{"operationId":"repos/delete-release","parameters":[{"name":"owner","in":"path","required":true,"schema":{"type":"string"}},{"name":"repo","in":"path","required":true,"schema":{"type":"string"}},{"name":"release_id","in":"path","required":true,"schema":{"type":"integer"}}],"responses":{"204":{},"404":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/basic-error"}}}}}}},"/repos/{owner}/{repo}/releases/{release_id}/assets":{"get":{"operationId":"repos/list-release-assets","parameters":[{"name":"owner","in":"path","required":true,"schema":{"type":"string"}},{"name":"repo","in":"path","required":true,"schema":{"type":"string"}},{"name":"release_id","in":"path","required":true,"schema":{"type":"integer"}},{"name":"per_page","in":"query","schema":{"type":"integer","default":30}},{"name":"page","in":"query","schema":{"type":"integer","default":1}}],"responses":{"200":{"content":{"application/json":{"schema":{"type":"array","items":{"$ref":"#/components/schemas/release-asset"}}}},"headers":{"Link":{"schema":{"type":"string"}}}}}},"post":{"operationId":"repos/upload-release-asset","parameters":[{"name":"owner","in":"path","required":true,"schema":{"type":"string"}},{"name":"repo","in":"path","required":true,"schema":{"type":"string"}},{"name":"release_id","in":"path","required":true,"schema":{"type":"integer"}},{"name":"name","in":"query","required":true,"schema":{"type":"string"}},{"name":"label","in":"query","schema":{"type":"string"}}],"requestBody":{"required":false,"content":{"application/octet-stream":{"schema":{"type":"string","format":"binary"}}}},"responses":{"201":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/release-asset"}}}},"422":{}}}},"/repos/{owner}/{repo}/releases/assets/{asset_id}":{"get":{"operationId":"repos/get-release-asset","parameters":[{"name":"owner","in":"path","required":true,"schema":{"type":"string"}},{"name":"repo","in":"path","required":true,"schema":{"type":"string"}},{"name":"asset_id","in":"path","required":true,"schema":{"type":"integer"}}],"responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/release-asset"}}}},"302":{},"404":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/basic-error"}}}}}},"patch":{"operationId":"repos/update-release-asset","parameters":[{"name":"owner","in":"path","required":true,"schema":{"type":"string"}},{"name":"repo","in":"path","required":true,"schema":{"type":"string"}},{"name":"asset_id","in":"path","required":true,"schema":{"type":"integer"}}],"requestBody":{"required":false,"content":{"application/json":{"schema":{"type":"object","properties":{"name":{"type":"string"},"label":{"type":"string"},"state":{"type":"string"}}}}}},"responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/release-asset"}}}}}},"delete":{"operationId":"repos/delete-release-asset","parameters":[{"name":"owner","in":"path","required":true,"schema":{"type":"string"}},{"name":"repo","in":"path","required":true,"schema":{"type":"string"}},{"name":"asset_id","in":"path","required":true,"schema":{"type":"integer"}}],"responses":{"204":{},"404":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/basic-error"}}}}}}},"/repos/{owner}/{repo}/git/ref/{ref}":{"get":{"operationId":"git/get-ref","parameters":[{"name":"owner","in":"path","required":true,"schema":{"type":"string"}},{"name":"repo","in":"path","required":true,"schema":{"type":"string"}},{"name":"ref","in":"path","required":true,"schema":{"type":"string"}}],"responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/git-ref"}}}},"404":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/basic-error"}}}},"409":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/basic-error"}}}}}}},"/repos/{owner}/{repo}/git/matching-refs/{ref}":{"get":{"operationId":"git/list-matching-refs","parameters":[{"name":"owner","in":"path","required":true,"schema":{"type":"string"}},{"name":"repo","in":"path","required":true,"schema":{"type":"string"}},{"name":"ref","in":"path","required":true,"schema":{"type":"string"}}],"responses":{"200":{"content":{"application/json":{"schema":{"type":"array","items":{"$ref":"#/components/schemas/git-ref"}}}},"headers":{"Link":{"schema":{"type":"string"}}}},"409":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/basic-error"}}}}}}},"/repos/{owner}/{repo}/immutable-releases":{"get":{"operationId":"repos/check-immutable-releases","parameters":[{"name":"owner","in":"path","required":true,"schema":{"type":"string"}},{"name":"repo","in":"path","required":true,"schema":{"type":"string"}}],"responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/check-immutable-releases"}}}},"404":{}}}}},"components":{"schemas":{"basic-error":{"title":"Basic Error","type":"object","properties":{"message":{"type":"string"},"documentation_url":{"type":"string"},"url":{"type":"string"},"status":{"type":"string"}}},"check-immutable-releases":{"title":"Check immutable releases","type":"object","properties":{"enabled":{"type":"boolean"},"enforced_by_owner":{"type":"boolean"}},"required":["enabled","enforced_by_owner"]},"full-repository":{"title":"Full Repository","type":"object","properties":{"id":{"type":"integer","format":"int64"},"node_id":{"type":"string"},"name":{"type":"string"},"full_name":{"type":"string"},"owner":{"$ref":"#/components/schemas/simple-user"},"private":{"type":"boolean"},"html_url":{"type":"string","format":"uri"},"description":{"type":"string","nullable":true},"fork":{"type":"boolean"},"url":{"type":"string","format":"uri"},"archive_url":{"type":"string"},"assignees_url":{"type":"string"},"blobs_url":{"type":"string"},"branches_url":{"type":"string"},"collaborators_url":{"type":"string"},"comments_url":{"type":"string"},"commits_url":{"type":"string"},"compare_url":{"type":"string"},"contents_url":{"type":"string"},"contributors_url":{"type":"string","format":"uri"},"deployments_url":{"type":"string","format":"uri"},"downloads_url":{"type":"string","format":"uri"},"events_url":{"type":"string","format":"uri"},"forks_url":{"type":"string","format":"uri"},"git_commits_url":{"type":"string"},"git_refs_url":{"type":"string"},"git_tags_url":{"type":"string"},"git_url":{"type":"string"},"issue_comment_url":{"type":"string"},"issue_events_url":{"type":"string"},"issues_url":{"type":"string"},"keys_url":{"type":"string"},"labels_url":{"type":"string"},"languages_url":{"type":"string","format":"uri"},"merges_url":{"type":"string","format":"uri"},"milestones_url":{"type":"string"},"notifications_url":{"type":"string"},"pulls_url":{"type":"string"},"releases_url":{"type":"string"},"ssh_url":{"type":"string"},"stargazers_url":{"type":"string","format":"uri"},"statuses_url":{"type":"string"},"subscribers_url":{"type":"string","format":"uri"},"subscription_url":{"type":"string","format":"uri"},"tags_url":{"type":"string","format":"uri"},"teams_url":{"type":"string","format":"uri"},"trees_url":{"type":"string"},"clone_url":{"type":"string"},"mirror_url":{"type":"string","format":"uri","nullable":true},"hooks_url":{"type":"string","format":"uri"},"svn_url":{"type":"string","format":"uri"},"homepage":{"type":"string","format":"uri","nullable":true},"language":{"type":"string","nullable":true},"forks_count":{"type":"integer"},"stargazers_count":{"type":"integer"},"watchers_count":{"type":"integer"},"size":{"type":"integer"},"default_branch":{"type":"string"},"open_issues_count":{"type":"integer"},"is_template":{"type":"boolean"},"topics":{"type":"array","items":{"type":"string"}},"has_issues":{"type":"boolean"},"has_projects":{"type":"boolean"},"has_wiki":{"type":"boolean"},"has_pages":{"type":"boolean"},"has_downloads":{"type":"boolean"},"has_discussions":{"type":"boolean"},"has_pull_requests":{"type":"boolean"},"pull_request_creation_policy":{"type":"string","enum":["all","collaborators_only"]},"archived":{"type":"boolean"},"disabled":{"type":"boolean"},"visibility":{"type":"string"},"pushed_at":{"type":"string","format":"date-time"},"created_at":{"type":"string","format":"date-time"},"updated_at":{"type":"string","format":"date-time"},"permissions":{"type":"object","properties":{"admin":{"type":"boolean"},"maintain":{"type":"boolean"},"push":{"type":"boolean"},"triage":{"type":"boolean"},"pull":{"type":"boolean"}},"required":["admin","pull","push"]},"allow_rebase_merge":{"type":"boolean"},"temp_clone_token":{"type":"string","nullable":true},"allow_squash_merge":{"type":"boolean"},"allow_auto_merge":{"type":"boolean"},"delete_branch_on_merge":{"type":"boolean"},"allow_merge_commit":{"type":"boolean"},"allow_update_branch":{"type":"boolean"},"use_squash_pr_title_as_default":{"type":"boolean"},"squash_merge_commit_title":{"type":"string","enum":["PR_TITLE","COMMIT_OR_PR_TITLE"]},"squash_merge_commit_message":{"type":"string","enum":["PR_BODY","COMMIT_MESSAGES","BLANK"]},"merge_commit_title":{"type":"string","enum":["PR_TITLE","MERGE_MESSAGE"]},"merge_commit_message":{"type":"string","enum":["PR_BODY","PR_TITLE","BLANK"]},"allow_forking":{"type":"boolean"},"web_commit_signoff_required":{"type":"boolean"},"subscribers_count":{"type":"integer"},"network_count":{"type":"integer"},"license":{"$ref":"#/components/schemas/nullable-license-simple"},"forks":{"type":"integer"},"master_branch":{"type":"string"},"open_issues":{"type":"integer"},"watchers":{"type":"integer"},"anonymous_access_enabled":{"default":true,"type":"boolean"},"custom_properties":{"type":"object","additionalProperties":true}},"required":["archive_url","assignees_url","blobs_url","branches_url","collaborators_url","comments_url","commits_url","compare_url","contents_url","contributors_url","deployments_url","description","downloads_url","events_url","fork","forks_url","full_name","git_commits_url","git_refs_url","git_tags_url","hooks_url","html_url","id","node_id","issue_comment_url","issue_events_url","issues_url","keys_url","labels_url","languages_url","merges_url","milestones_url","name","notifications_url","owner","private","pulls_url","releases_url","stargazers_url","statuses_url","subscribers_url","subscription_url","tags_url","teams_url","trees_url","url","clone_url","default_branch","forks","forks_count","git_url","has_issues","has_projects","has_wiki","has_pages","has_discussions","homepage","language","archived","disabled","mirror_url","open_issues","open_issues_count","license","pushed_at","size","ssh_url","stargazers_count","svn_url","watchers","watchers_count","created_at","updated_at","network_count","subscribers_count"]},"git-ref":{"title":"Git Reference","type":"object","properties":{"ref":{"type":"string"},"node_id":{"type":"string"},"url":{"type":"string","format":"uri"},"object":{"type":"object","properties":{"type":{"type":"string"},"sha":{"type":"string","minLength":40,"maxLength":40},"url":{"type":"string","format":"uri"}},"required":["type","sha","url"]}},"required":["ref","node_id","url","object"]},"nullable-license-simple":{"title":"License Simple","type":"object","properties":{"key":{"type":"string"},"name":{"type":"string"},"url":{"type":"string","nullable":true,"format":"uri"},"spdx_id":{"type":"string","nullable":true},"node_id":{"type":"string"},"html_url":{"type":"string","format":"uri"}},"required":["key","name","url","spdx_id","node_id"],"nullable":true},"nullable-simple-user":{"title":"Simple User","type":"object","properties":{"name":{"nullable":true,"type":"string"},"email":{"nullable":true,"type":"string"},"login":{"type":"string"},"id":{"type":"integer","format":"int64"},"node_id":{"type":"string"},"avatar_url":{"type":"string","format":"uri"},"gravatar_id":{"type":"string","nullable":true},"url":{"type":"string","format":"uri"},"html_url":{"type":"string","format":"uri"},"followers_url":{"type":"string","format":"uri"},"following_url":{"type":"string"},"gists_url":{"type":"string"},"starred_url":{"type":"string"},"subscriptions_url":{"type":"string","format":"uri"},"organizations_url":{"type":"string","format":"uri"},"repos_url":{"type":"string","format":"uri"},"events_url":{"type":"string"},"received_events_url":{"type":"string","format":"uri"},"type":{"type":"string"},"site_admin":{"type":"boolean"},"starred_at":{"type":"string"},"user_view_type":{"type":"string"}},"required":["avatar_url","events_url","followers_url","following_url","gists_url","gravatar_id","html_url","id","node_id","login","organizations_url","received_events_url","repos_url","site_admin","starred_url","subscriptions_url","type","url"],"nullable":true},"release":{"title":"Release","type":"object","properties":{"url":{"type":"string","format":"uri"},"html_url":{"type":"string","format":"uri"},"assets_url":{"type":"string","format":"uri"},"upload_url":{"type":"string"},"tarball_url":{"type":"string","format":"uri","nullable":true},"zipball_url":{"type":"string","format":"uri","nullable":true},"id":{"type":"integer"},"node_id":{"type":"string"},"tag_name":{"type":"string"},"target_commitish":{"type":"string"},"name":{"type":"string","nullable":true},"body":{"type":"string","nullable":true},"draft":{"type":"boolean"},"prerelease":{"type":"boolean"},"immutable":{"type":"boolean"},"created_at":{"type":"string","format":"date-time"},"published_at":{"type":"string","format":"date-time","nullable":true},"updated_at":{"type":"string","nullable":true,"format":"date-time"},"author":{"$ref":"#/components/schemas/simple-user"},"assets":{"type":"array","items":{"$ref":"#/components/schemas/release-asset"}},"body_html":{"type":"string"},"body_text":{"type":"string"},"mentions_count":{"type":"integer"},"discussion_url":{"type":"string","format":"uri"}},"required":["assets_url","upload_url","tarball_url","zipball_url","created_at","published_at","draft","id","node_id","author","html_url","name","prerelease","tag_name","target_commitish","assets","url"]},"release-asset":{"title":"Release Asset","type":"object","properties":{"url":{"type":"string","format":"uri"},"browser_download_url":{"type":"string","format":"uri"},"id":{"type":"integer"},"node_id":{"type":"string"},"name":{"type":"string"},"label":{"type":"string","nullable":true},"state":{"type":"string","enum":["uploaded","open","starter"]},"content_type":{"type":"string"},"size":{"type":"integer"},"digest":{"type":"string","nullable":true},"download_count":{"type":"integer"},"created_at":{"type":"string","format":"date-time"},"updated_at":{"type":"string","format":"date-time"},"uploader":{"$ref":"#/components/schemas/nullable-simple-user"}},"required":["id","name","content_type","size","digest","state","url","node_id","download_count","label","uploader","browser_download_url","created_at","updated_at"]},"release-notes-content":{"title":"Generated Release Notes Content","type":"object","properties":{"name":{"type":"string"},"body":{"type":"string"}},"required":["name","body"]},"simple-user":{"title":"Simple User","type":"object","properties":{"name":{"nullable":true,"type":"string"},"email":{"nullable":true,"type":"string"},"login":{"type":"string"},"id":{"type":"integer","format":"int64"},"node_id":{"type":"string"},"avatar_url":{"type":"string","format":"uri"},"gravatar_id":{"type":"string","nullable":true},"url":{"type":"string","format":"uri"},"html_url":{"type":"string","format":"uri"},"followers_url":{"type":"string","format":"uri"},"following_url":{"type":"string"},"gists_url":{"type":"string"},"starred_url":{"type":"string"},"subscriptions_url":{"type":"string","format":"uri"},"organizations_url":{"type":"string","format":"uri"},"repos_url":{"type":"string","format":"uri"},"events_url":{"type":"string"},"received_events_url":{"type":"string","format":"uri"},"type":{"type":"string"},"site_admin":{"type":"boolean"},"starred_at":{"type":"string"},"user_view_type":{"type":"string"}},"required":["avatar_url","events_url","followers_url","following_url","gists_url","gravatar_id","html_url","id","node_id","login","organizations_url","received_events_url","repos_url","site_admin","starred_url","subscriptions_url","type","url"]},"validation-error":{"title":"Validation Error","type":"object","required":["message","documentation_url"],"properties":{"message":{"type":"string"},"documentation_url":{"type":"string"},"errors":{"type":"array","items":{"type":"object","required":["code"],"properties":{"resource":{"type":"string"},"field":{"type":"string"},"message":{"type":"string"},"code":{"type":"string"},"index":{"type":"integer"},"value":{"oneOf":[{"type":"string","nullable":true},{"type":"integer","nullable":true},{"type":"array","nullable":true,"items":{"type":"string"}}]}}}}}}}}}');
;// CONCATENATED MODULE: ./packages/forge/src/openapi.ts




const paths = openapi_gen_namespaceObject.paths;
// A tag or ref may hold slashes, so the last parameter of such a path takes the rest of it.
const greedy = new Set(['tag', 'ref']);
function pattern(template) {
    const source = template
        .split('/')
        .map(part => /^\{\w+\}$/.test(part) ? `(?<${part.slice(1, -1)}>${greedy.has(part.slice(1, -1)) ? '.+' : '[^/]+'})` : part);
    return new RegExp(`^${source.join('/')}$`);
}
// Templates with fewer parameters first: `releases/latest` is not a release id.
const routes = Object.entries(paths)
    .map(([template, methods]) => ({ template, methods, matcher: pattern(template) }))
    .sort((a, b) => a.template.split('{').length - b.template.split('{').length);
/** All operations that the description keeps. */
const operationIds = Object.values(paths).flatMap(methods => Object.values(methods).map(operation => operation.operationId));
/** Finds the operation for a method and a path below the API address. */
function matchOperation(method, path) {
    const wanted = method === 'HEAD' ? 'get' : method.toLowerCase();
    for (const { template, methods, matcher } of routes) {
        const found = matcher.exec(path);
        const operation = methods[wanted];
        if (found === null || operation === undefined)
            continue;
        const params = Object.entries(found.groups ?? {}).map(([name, value]) => [name, decode(value)]);
        return { operation, pointer: ['paths', template, wanted], params: Object.fromEntries(params) };
    }
    return undefined;
}
// A value with broken escapes stands for itself; nothing will be found under it.
function decode(value) {
    try {
        return decodeURIComponent(value);
    }
    catch {
        return value;
    }
}
const settings = { strict: false, allErrors: true, verbose: true, logger: false };
const json = new ajv.Ajv(settings);
const strings = new ajv.Ajv({ ...settings, coerceTypes: true });
for (const ajv of [json, strings])
    dist_default()(ajv);
json.addFormat('binary', true);
json.addSchema(openapi_gen_namespaceObject, 'github');
function schemaAt(pointer) {
    const escaped = pointer.map(part => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')));
    const validate = json.getSchema(`github#/${escaped.join('/')}`);
    if (validate === undefined)
        throw new Error(`The description has no ${pointer.join(' ')}`);
    return validate;
}
// GitHub's wording, as far as it is known.
function wording(error) {
    const params = error.params;
    if (error.keyword === 'required')
        return `"${String(params['missingProperty'])}" wasn't supplied.`;
    const at = `For 'properties${error.instancePath}', ${JSON.stringify(error.data)}`;
    if (error.keyword === 'type')
        return `${at} is not a ${String(params['type'])}.`;
    if (error.keyword === 'enum')
        return `${at} is not a member of ${JSON.stringify(params['allowedValues'])}.`;
    return `${at} ${error.message ?? 'is invalid'}.`;
}
const invalid = (validate) => new ApiError(422, `Invalid request.\n\n${(validate.errors ?? []).map(wording).join('\n')}`);
const parameterChecks = new Map();
/** Checks the parameters of one place and returns them with the types that the description gives them. */
function readParameters(match, place, given) {
    const key = `${place} ${match.operation.operationId}`;
    const parameters = match.operation.parameters.filter(one => one.in === place);
    const check = parameterChecks.get(key) ??
        strings.compile({
            type: 'object',
            properties: Object.fromEntries(parameters.map(one => [one.name, one.schema])),
            required: parameters.filter(one => one.required === true).map(one => one.name),
        });
    parameterChecks.set(key, check);
    const values = { ...given };
    if (check(values))
        return values;
    // An id that is no number leads nowhere.
    throw place === 'path' ? new ApiError(404, 'Not Found') : invalid(check);
}
/** Whether the operation takes a JSON body. */
const takesJson = (match) => match.operation.requestBody?.content['application/json'] !== undefined;
/** Checks a JSON body against the description. */
function checkBody(match, body) {
    if (body === undefined && match.operation.requestBody?.required !== true)
        return;
    const check = schemaAt([...match.pointer, 'requestBody', 'content', 'application/json', 'schema']);
    if (!check(body ?? {}))
        throw invalid(check);
}
/** What is wrong with an answer of the forge itself; undefined when it agrees with the description. */
function answerProblem(match, status, body) {
    const declared = match.operation.responses[String(status)];
    const name = `${match.operation.operationId} ${status}`;
    if (declared === undefined && status < 400)
        return `${name}: the description has no such answer`;
    const described = declared?.content?.['application/json'] !== undefined;
    if (status < 400 && !described)
        return body === undefined ? undefined : `${name}: the description has no body here`;
    // The description does not list every error of every operation.
    const pointer = described
        ? [...match.pointer, 'responses', String(status), 'content', 'application/json', 'schema']
        : ['components', 'schemas', 'basic-error'];
    const check = schemaAt(pointer);
    return check(body) ? undefined : `${name}: ${json.errorsText(check.errors)}`;
}

;// CONCATENATED MODULE: ./packages/forge/src/repository-representation.ts

// Links of a repository that only append to its API address.
const links = {
    archive_url: '/{archive_format}{/ref}',
    assignees_url: '/assignees{/user}',
    blobs_url: '/git/blobs{/sha}',
    branches_url: '/branches{/branch}',
    collaborators_url: '/collaborators{/collaborator}',
    comments_url: '/comments{/number}',
    commits_url: '/commits{/sha}',
    compare_url: '/compare/{base}...{head}',
    contents_url: '/contents/{+path}',
    contributors_url: '/contributors',
    deployments_url: '/deployments',
    downloads_url: '/downloads',
    events_url: '/events',
    forks_url: '/forks',
    git_commits_url: '/git/commits{/sha}',
    git_refs_url: '/git/refs{/sha}',
    git_tags_url: '/git/tags{/sha}',
    hooks_url: '/hooks',
    issue_comment_url: '/issues/comments{/number}',
    issue_events_url: '/issues/events{/number}',
    issues_url: '/issues{/number}',
    keys_url: '/keys{/key_id}',
    labels_url: '/labels{/name}',
    languages_url: '/languages',
    merges_url: '/merges',
    milestones_url: '/milestones{/number}',
    notifications_url: '/notifications{?since,all,participating}',
    pulls_url: '/pulls{/number}',
    releases_url: '/releases{/id}',
    stargazers_url: '/stargazers',
    statuses_url: '/statuses/{sha}',
    subscribers_url: '/subscribers',
    subscription_url: '/subscription',
    tags_url: '/tags',
    teams_url: '/teams',
    trees_url: '/git/trees{/sha}',
};
const counters = ['forks', 'forks_count', 'open_issues', 'open_issues_count', 'network_count', 'subscribers_count'];
const zero = (names) => Object.fromEntries(names.map(name => [name, 0]));
/** A repository as the API shows it: public, empty of everything that is not a release. */
function repositoryJson(repository, write, at) {
    const fullName = `${repository.owner}/${repository.name}`;
    const [api, web, created] = [
        `${at.api}/repos/${fullName}`,
        `${at.web}/${fullName}`,
        repository.createdAt.toISOString(),
    ];
    return {
        id: repository.id,
        node_id: Buffer.from(`Repository:${repository.id}`).toString('base64url'),
        name: repository.name,
        full_name: fullName,
        private: false,
        owner: userJson(repository.owner, at),
        html_url: web,
        description: null,
        fork: false,
        url: api,
        ...Object.fromEntries(Object.entries(links).map(([name, path]) => [name, `${api}${path}`])),
        clone_url: `${web}.git`,
        git_url: `${web}.git`,
        ssh_url: `${web}.git`,
        svn_url: web,
        homepage: null,
        language: null,
        mirror_url: null,
        license: null,
        default_branch: repository.defaultBranch,
        ...zero([...counters, 'stargazers_count', 'watchers', 'watchers_count', 'size']),
        has_issues: false,
        has_projects: false,
        has_wiki: false,
        has_pages: false,
        has_discussions: repository.discussionCategories.size > 0,
        archived: false,
        disabled: false,
        pushed_at: created,
        created_at: created,
        updated_at: created,
        permissions: { admin: false, push: write, pull: true },
    };
}

;// CONCATENATED MODULE: ./packages/forge/src/repository-handlers.ts



const allRefs = (repository) => [
    ...[...repository.branches].map(([name, sha]) => ({ ref: `refs/heads/${name}`, sha })),
    ...[...repository.tags].map(([name, sha]) => ({ ref: `refs/tags/${name}`, sha })),
];
function getRef(call) {
    const ref = `refs/${String(call.params['ref'])}`;
    const found = allRefs(call.repository).find(one => one.ref === ref);
    if (found === undefined)
        throw notFound();
    return { status: 200, json: refJson(call.repository, found, call.at) };
}
function matchingRefs(call) {
    const prefix = `refs/${String(call.params['ref'])}`;
    const found = allRefs(call.repository).filter(one => one.ref.startsWith(prefix));
    return { status: 200, json: found.map(one => refJson(call.repository, one, call.at)) };
}
function immutableReleases(call) {
    if (!call.repository.immutableReleases)
        throw notFound();
    return { status: 200, json: { enabled: true, enforced_by_owner: false } };
}
/** The operations on a repository and its refs. */
const repositoryHandlers = {
    'repos/get': call => ({ status: 200, json: repositoryJson(call.repository, call.actor.write, call.at) }),
    'repos/check-immutable-releases': immutableReleases,
    'git/get-ref': getRef,
    'git/list-matching-refs': matchingRefs,
};

;// CONCATENATED MODULE: ./packages/forge/src/dispatch.ts










/** The handler of each operation. */
const handlers = { ...releaseHandlers, ...assetHandlers, ...repositoryHandlers };
/** Checks the parameters of a request; its body is still unread. */
function prepare(premises, target, admitted) {
    const { request } = admitted;
    const params = readParameters(target.match, 'path', target.match.params);
    const repository = premises.world.repositories.get(repositoryKey(String(params['owner']), String(params['repo'])));
    if (repository === undefined)
        throw notFound();
    return {
        world: premises.world,
        storage: premises.storage,
        at: premises.at,
        repository,
        actor: admitted.actor,
        params,
        query: readParameters(target.match, 'query', admitted.query),
        body: undefined,
        accept: request.headers.accept ?? '',
        upload: {
            bytes: admitted.bytes,
            contentLength: request.headers['content-length'],
            contentType: request.headers['content-type'],
            keepRemnant: premises.keepRemnant,
        },
    };
}
async function callOperation(premises, target, admitted) {
    const call = prepare(premises, target, admitted);
    const handler = handlers[target.operationId];
    if (handler === undefined)
        throw new Error(`No handler for ${target.operationId}`);
    if (!takesJson(target.match))
        return handler(call);
    const body = await readJson(admitted.bytes);
    checkBody(target.match, body);
    return handler({ ...call, body });
}
/** Carries out a request of a known sender. */
async function dispatch(premises, target, admitted) {
    if (target.kind === 'graphql') {
        const context = { world: premises.world, at: premises.at, write: admitted.actor.write };
        return answerGraphql(context, await readJson(admitted.bytes));
    }
    if (target.kind !== 'api')
        throw notFound();
    const reply = await callOperation(premises, target, admitted);
    const wrong = reply.file === undefined ? answerProblem(target.match, reply.status, reply.json) : undefined;
    if (premises.strict && wrong !== undefined)
        throw new Error(`The forge answers otherwise than described: ${wrong}`);
    return reply;
}
/** Serves a file of a published release to anybody; a draft has no public files. */
function serveFile(premises, target) {
    const repository = premises.world.repositories.get(repositoryKey(target.owner, target.repo));
    if (repository === undefined)
        throw notFound();
    const release = target.tag === undefined ? latestRelease(repository) : findByTag(repository, target.tag);
    const asset = [...(release?.assets.values() ?? [])].find(one => one.name === target.name);
    if (asset === undefined)
        throw notFound();
    return download(asset, premises.storage);
}

;// CONCATENATED MODULE: ./packages/forge/src/rate-limit.ts

/** The refusal for a spent quota, with the headers that say when it returns. */
function quotaSpent(status, limit, reset) {
    return new ApiError(status, 'API rate limit exceeded for installation.', {
        headers: quotaHeaders(limit, limit, reset),
    });
}
/** The refusal for too many requests at once. */
function slowDown(status, retryAfterSeconds) {
    const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
    return new ApiError(status, message, { headers: { 'retry-after': String(retryAfterSeconds) } });
}
function quotaHeaders(limit, used, reset) {
    return {
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': String(Math.max(limit - used, 0)),
        'x-ratelimit-used': String(used),
        'x-ratelimit-reset': String(reset),
        'x-ratelimit-resource': 'core',
    };
}
/** Counts the requests of each token. */
class RateLimiter {
    options;
    now;
    #windows = new Map();
    #mutations = [];
    #running = 0;
    constructor(options, now) {
        this.options = options;
        this.now = now;
    }
    /** Admits a request and returns the headers for its answer, or throws the refusal. */
    enter(token, mutation) {
        this.#running += 1;
        const seconds = Math.floor(this.now().getTime() / 1000);
        const limit = this.options.limit ?? 5000;
        const known = this.#windows.get(token);
        const fresh = { used: 0, reset: seconds + (this.options.windowSeconds ?? 3600) };
        const window = known !== undefined && known.reset > seconds ? known : fresh;
        this.#windows.set(token, window);
        if (window.used >= limit)
            throw quotaSpent(this.options.status ?? 403, limit, window.reset);
        window.used += 1;
        this.#secondary(mutation);
        return quotaHeaders(limit, window.used, window.reset);
    }
    /** Ends a request that entered. */
    leave() {
        this.#running -= 1;
    }
    #secondary(mutation) {
        const rules = this.options.secondary;
        if (rules === undefined)
            return;
        const now = this.now().getTime();
        const since = now - (rules.windowSeconds ?? 60) * 1000;
        this.#mutations = this.#mutations.filter(time => time > since);
        const crowded = this.#running > (rules.concurrent ?? Infinity);
        const hasty = mutation && this.#mutations.length >= (rules.mutations ?? Infinity);
        if (crowded || hasty)
            throw slowDown(rules.status ?? 403, rules.retryAfterSeconds ?? 60);
        if (mutation)
            this.#mutations.push(now);
    }
}

;// CONCATENATED MODULE: ./packages/forge/src/faults.ts


/** The faults still to come. */
class Faults {
    #pending = [];
    /** Adds a fault; the first one that matches a request hits it. */
    add(fault) {
        this.#pending.push({ fault, seen: 0, hits: 0 });
    }
    /** Removes all faults. */
    clear() {
        this.#pending = [];
    }
    /** The fault that hits a request, counted as used. */
    take(info) {
        const due = this.#pending.filter(one => {
            if (!matches(one.fault, info))
                return false;
            one.seen += 1;
            return one.seen >= (one.fault.match?.nth ?? 1) && one.hits < (one.fault.times ?? 1);
        });
        const first = due[0];
        if (first === undefined)
            return undefined;
        first.hits += 1;
        return first.fault;
    }
}
function matches({ match = {} }, info) {
    if (match.operationId !== undefined && match.operationId !== info.operationId)
        return false;
    if (match.method !== undefined && match.method.toUpperCase() !== info.method)
        return false;
    if (match.path === undefined)
        return true;
    return typeof match.path === 'string' ? match.path === info.path : match.path.test(info.path);
}
const gatewayPage = '<html>\n<head><title>502 Bad Gateway</title></head>\n<body><h1>Bad Gateway</h1></body>\n</html>\n';
const limitStatus = (fault) => (fault.status === 429 ? 429 : 403);
/** The error that a fault answers with; undefined for a fault of the connection. */
function faultError(fault, now) {
    const seconds = fault.retryAfterSeconds ?? 1;
    if (fault.kind === 'secondary-limit')
        return slowDown(limitStatus(fault), seconds);
    if (fault.kind === 'rate-limit')
        return quotaSpent(limitStatus(fault), 5000, Math.ceil(now.getTime() / 1000) + seconds);
    if (fault.kind !== 'status')
        return undefined;
    const status = fault.status ?? 500;
    // A gateway answers with a page, whatever the client accepts.
    return status === 502 || status === 504 ? { status, html: gatewayPage } : new ApiError(status, 'Server Error');
}

;// CONCATENATED MODULE: ./packages/forge/src/transmit.ts


function payload(reply) {
    if (reply.html !== undefined)
        return { type: 'text/html', bytes: Buffer.from(reply.html) };
    if (reply.json === undefined)
        return undefined;
    return { type: 'application/json; charset=utf-8', bytes: Buffer.from(JSON.stringify(reply.json)) };
}
/** Puts an answer on the wire, or with `truncate` only the first half of it before the connection breaks. */
async function transmit(response, reply, how) {
    if (response.destroyed)
        return;
    const content = payload(reply);
    const size = reply.file?.size ?? content?.bytes.length ?? 0;
    const type = reply.file?.contentType ?? content?.type;
    response.writeHead(reply.status, {
        'x-github-request-id': how.requestId,
        'x-github-media-type': 'github.v3; format=json',
        ...reply.headers,
        ...(type === undefined ? {} : { 'content-type': type }),
        ...(reply.status === 204 ? {} : { 'content-length': size }),
    });
    const half = how.truncate === true ? Math.floor(size / 2) : size;
    if (response.req.method === 'HEAD' || size === 0)
        response.end();
    else if (reply.file === undefined)
        await write(response, content?.bytes.subarray(0, half), half === size);
    else
        await pipeFile(response, reply.file.path, { bytes: half, whole: half === size });
    if (half < size)
        response.destroy();
}
function write(response, bytes, whole) {
    return new Promise(resolve => {
        if (whole)
            response.end(bytes, resolve);
        else
            response.write(bytes ?? '', () => resolve());
        response.once('close', resolve);
    });
}
async function pipeFile(response, path, part) {
    try {
        await (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(path, { end: part.bytes - 1 }), response, { end: part.whole });
    }
    catch {
        // The client went away, or the file was deleted meanwhile: a broken connection says so.
        response.destroy();
    }
}

;// CONCATENATED MODULE: ./packages/forge/src/exchange.ts








const isSafe = (method) => method === 'GET' || method === 'HEAD';
/** One request with its answer. */
class Exchange {
    desk;
    wire;
    about;
    #bytes;
    constructor(desk, wire, about) {
        this.desk = desk;
        this.wire = wire;
        this.about = about;
        this.#bytes = countedBytes(wire.request, about.record);
    }
    /** Answers the request, or does what the fault says. */
    async run(fault) {
        if (fault === undefined) {
            await this.#send(await this.#answer());
            return;
        }
        if (fault.leaves === 'starter')
            this.#leaveStarter();
        if (fault.kind === 'reset-before')
            this.#reset();
        else if (fault.kind === 'reset-half-way')
            await this.#resetHalfWay();
        else if (fault.kind === 'stall')
            await this.#stall(fault);
        else if (fault.kind === 'answer-lost')
            await this.#answer().then(() => this.#reset());
        else if (fault.kind === 'truncate-answer')
            await this.#send(await this.#answer(), true);
        else
            await this.#sendError(fault);
    }
    async #answer() {
        const { target } = this.about;
        let headers = {};
        let entered = false;
        try {
            if (target.kind === 'download')
                return serveFile(this.desk, target);
            const actor = this.#actor();
            const mutation = target.kind !== 'graphql' && !isSafe(this.wire.request.method);
            entered = true;
            headers = this.desk.limiter.enter(actor.token, mutation);
            requirePermission(actor, mutation);
            const reply = await dispatch(this.desk, target, this.#admitted(actor));
            return { ...reply, headers: { ...headers, ...reply.headers } };
        }
        catch (error) {
            return this.#refusal(error, headers);
        }
        finally {
            if (entered)
                this.desk.limiter.leave();
        }
    }
    #refusal(error, headers) {
        if (error instanceof ApiError)
            return { status: error.status, headers: { ...headers, ...error.headers }, json: error.body };
        // A client that went away is no failure of the forge.
        if (!this.wire.request.destroyed || this.wire.request.complete)
            this.desk.bugs.push(error instanceof Error ? error : new Error(String(error)));
        return { status: 500, headers, json: new ApiError(500, String(error)).body };
    }
    #actor() {
        return authenticate(this.wire.request.headers.authorization, this.desk.tokens);
    }
    #admitted(actor) {
        return { request: this.wire.request, bytes: this.#bytes, query: this.about.record.query, actor };
    }
    #leaveStarter() {
        const { target } = this.about;
        if (target.kind !== 'api' || target.operationId !== 'repos/upload-release-asset')
            return;
        try {
            reserveUpload(prepare(this.desk, target, this.#admitted(this.#actor())));
        }
        catch (error) {
            if (!(error instanceof ApiError))
                throw error;
        }
    }
    #reset() {
        this.wire.request.socket.destroy();
    }
    async #resetHalfWay() {
        const { request } = this.wire;
        const half = Number(request.headers['content-length'] ?? 0) / 2;
        try {
            const chunks = this.#bytes[Symbol.asyncIterator]();
            while (this.about.record.bodyBytes < half && (await chunks.next()).done !== true)
                ;
        }
        catch {
            // The client was faster; the connection is gone either way.
        }
        this.#reset();
    }
    async #stall(fault) {
        if (fault.effect === true)
            await this.#answer();
        if (!this.wire.response.destroyed)
            await (0,external_node_events_.once)(this.wire.response, 'close');
    }
    async #sendError(fault) {
        if (fault.effect === true)
            await this.#answer();
        const error = faultError(fault, this.desk.world.now());
        await this.#send(error instanceof ApiError ? this.#refusal(error, {}) : (error ?? { status: 500 }));
    }
    async #send(reply, truncate = false) {
        const { request, response } = this.wire;
        if (!response.destroyed)
            this.about.record.status = reply.status;
        // What the client still sends is read and dropped, so that it gets to see the answer.
        request.resume();
        const requestId = `F0E6:${this.about.record.n.toString(16).toUpperCase().padStart(6, '0')}`;
        await transmit(response, reply, { requestId, truncate });
    }
}

;// CONCATENATED MODULE: ./packages/forge/src/inspection.ts

const assetView = (asset) => ({
    id: asset.id,
    name: asset.name,
    label: asset.label,
    state: asset.state,
    contentType: asset.contentType,
    size: asset.size,
    digest: asset.digest,
    downloads: asset.downloads,
});
function releaseView(repository, release) {
    return {
        repository: `${repository.owner}/${repository.name}`,
        id: release.id,
        tagName: release.tagName,
        targetCommitish: release.targetCommitish,
        name: release.name,
        body: release.body,
        draft: release.draft,
        prerelease: release.prerelease,
        immutable: release.immutable,
        latest: latestRelease(repository) === release,
        assets: [...release.assets.values()].map(assetView),
    };
}
/** A copy of all releases, oldest first, drafts too. */
const viewReleases = (world) => [...world.repositories.values()].flatMap(repository => [...repository.releases.values()].map(release => releaseView(repository, release)));

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
;// CONCATENATED MODULE: ./packages/forge/src/storage.ts







/** Opens a storage in a directory, or in a temporary one that goes away on close. */
async function openStorage(given, bytesPerSecond) {
    const directory = given ?? (await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'forge-')));
    await (0,promises_.mkdir)(directory, { recursive: true });
    const path = (id) => (0,external_node_path_.join)(directory, `asset-${id}`);
    const remove = (id) => (0,promises_.rm)(path(id), { force: true });
    return {
        path,
        remove,
        write: async (id, source) => {
            const meter = { hash: (0,external_node_crypto_.createHash)('sha256'), size: 0 };
            try {
                await (0,external_node_stream_promises_.pipeline)(source, chunks => measure(chunks, meter, bytesPerSecond), (0,external_node_fs_.createWriteStream)(path(id)));
            }
            catch (error) {
                await remove(id);
                throw error;
            }
            return { size: meter.size, digest: `sha256:${meter.hash.digest('hex')}` };
        },
        close: async () => {
            if (given === undefined)
                await (0,promises_.rm)(directory, { recursive: true, force: true });
        },
    };
}
async function* measure(chunks, meter, bytesPerSecond) {
    const start = performance.now();
    for await (const chunk of chunks) {
        meter.hash.update(chunk);
        meter.size += chunk.length;
        const ahead = bytesPerSecond === undefined ? 0 : (meter.size / bytesPerSecond) * 1000 - (performance.now() - start);
        if (ahead > 1)
            await (0,external_node_timers_promises_.setTimeout)(ahead);
        yield chunk;
    }
}

;// CONCATENATED MODULE: ./packages/forge/src/target.ts

/** The addresses below an origin, as on github.com or as on an enterprise server. */
function addressesBelow(origin, enterprise) {
    return enterprise
        ? { api: `${origin}/api/v3`, graphql: `${origin}/api/graphql`, uploads: `${origin}/api/uploads`, web: origin }
        : { api: origin, graphql: `${origin}/graphql`, uploads: `${origin}/uploads`, web: origin };
}
const uploadId = 'repos/upload-release-asset';
function below(base, address) {
    return address.startsWith(`${base}/`) ? address.slice(base.length) : undefined;
}
function apiTarget(method, path, uploads) {
    const match = path === undefined ? undefined : matchOperation(method, path);
    const operationId = match?.operation.operationId;
    // Uploads have an origin of their own: elsewhere the operation does not exist.
    if (match === undefined || operationId === undefined || (operationId === uploadId) !== uploads)
        return undefined;
    return { kind: 'api', operationId, match };
}
const releaseFile = /^\/([^/]+)\/([^/]+)\/releases\/(?:latest\/download|download\/(.+))\/([^/]+)$/;
function downloadTarget(method, path) {
    const found = releaseFile.exec(path);
    if (found === null || (method !== 'GET' && method !== 'HEAD'))
        return undefined;
    try {
        const [owner = '', repo = '', tag, name = ''] = found
            .slice(1)
            .map(part => part)
            .map(decoded);
        return { kind: 'download', operationId: 'download', owner, repo, tag, name };
    }
    catch {
        return undefined;
    }
}
const decoded = (part) => (part === undefined ? part : decodeURIComponent(part));
/** Finds out what a request is for. */
function locate(method, url, at) {
    const address = `${url.origin}${url.pathname}`;
    if (address === at.graphql && method === 'POST')
        return { kind: 'graphql', operationId: 'graphql' };
    return (apiTarget(method, below(at.uploads, address), true) ??
        apiTarget(method, below(at.api, address), false) ??
        downloadTarget(method, url.pathname) ?? { kind: 'unknown', operationId: undefined });
}

;// CONCATENATED MODULE: ./packages/forge/src/server.ts











const loopback = '127.0.0.1';
async function listen(port) {
    const server = (0,external_node_http_.createServer)({ requestTimeout: 0, keepAliveTimeout: 60_000 });
    server.listen(port, loopback);
    await (0,external_node_events_.once)(server, 'listening');
    return { server, port: server.address().port };
}
function parseUrl(request, origin) {
    // Not `new URL(path, base)`: a path that begins with two slashes would name another host.
    const address = `${origin}${request.url ?? '/'}`;
    return URL.canParse(address) ? new URL(address) : new URL(origin);
}
async function receive(forge, request, response) {
    const { options } = forge;
    const url = parseUrl(request, forge.origin);
    const method = request.method ?? 'GET';
    const target = locate(method, url, forge.at);
    const info = {
        n: forge.requests.length + 1,
        method,
        path: url.pathname,
        operationId: target.operationId,
        query: Object.fromEntries(url.searchParams),
    };
    const record = { ...info, status: undefined, bodyBytes: 0, fault: undefined };
    forge.requests.push(record);
    await options.onRequest?.(info.n, info);
    if (options.latency !== undefined)
        await (0,external_node_timers_promises_.setTimeout)(options.latency);
    const fault = forge.faults.take(info);
    record.fault = fault?.kind;
    await new Exchange(forge, { request, response }, { target, record }).run(fault);
    options.log?.(`${method} ${url.pathname} ${record.status ?? 'no answer'}${fault === undefined ? '' : ` (${fault.kind})`}`);
}
function serve(forge, server) {
    server.on('request', (request, response) => {
        // A broken connection is the business of the client; without a listener it would end the process.
        request.on('error', () => undefined);
        response.on('error', () => undefined);
        receive(forge, request, response).catch((error) => {
            forge.bugs.push(error instanceof Error ? error : new Error(String(error)));
            response.destroy();
        });
    });
}
function inspect(forge) {
    const { world, storage } = forge;
    const refs = (name) => {
        const found = world.repositories.get(name.toLowerCase());
        if (found === undefined)
            throw new TypeError(`The forge has no repository ${name}`);
        return found.tags;
    };
    return {
        releases: name => {
            const [owner = '', repo = ''] = name?.split('/') ?? [];
            const key = repositoryKey(owner, repo);
            return viewReleases(world).filter(one => name === undefined || one.repository.toLowerCase() === key);
        },
        release: id => viewReleases(world).find(one => one.id === id),
        tags: name => Object.fromEntries(refs(name)),
        pushTag: (repository, name, sha) => void refs(repository).set(name, sha),
        assetPath: id => storage.path(id),
        assetBytes: id => (0,promises_.readFile)(storage.path(id)),
    };
}
/** Starts a forge on loopback. */
async function startForge(options) {
    const now = options.now ?? (() => new Date());
    const world = createWorld(options.repositories, now);
    const { server, port } = await listen(options.port ?? 0);
    const origin = `http://${loopback}:${port}`;
    const forge = {
        options,
        origin,
        world,
        storage: await openStorage(options.storage, options.uploadBytesPerSecond),
        at: addressesBelow(origin, options.enterprise ?? false),
        strict: options.strict ?? true,
        keepRemnant: options.brokenUpload !== 'nothing',
        tokens: options.tokens,
        limiter: new RateLimiter(options.rateLimit ?? {}, now),
        bugs: [],
        faults: new Faults(),
        requests: [],
    };
    serve(forge, server);
    return {
        url: forge.at.api,
        graphqlUrl: forge.at.graphql,
        webUrl: forge.at.web,
        port,
        faults: forge.faults,
        requests: forge.requests,
        ...inspect(forge),
        close: async () => {
            const closed = (0,external_node_events_.once)(server, 'close');
            server.close();
            server.closeAllConnections();
            await closed;
            await forge.storage.close();
            if (forge.bugs.length > 0)
                throw new AggregateError(forge.bugs, forge.bugs.map(bug => bug.message).join('\n'));
        },
    };
}

;// CONCATENATED MODULE: ./packages/cli/src/snapshot/embedded-forge.ts



// A snapshot of sources outside git has no commit, but a tag must point somewhere.
const noCommit = '0'.repeat(40);
/** Starts the forge with the repository and its tag. */
async function openForge(repository, plan, token) {
    const [owner = 'local', name = plan.name] = repository.split('/');
    const sha = plan.commit ?? noCommit;
    const forge = await startForge({
        repositories: [{ owner, name, tags: { [plan.version.tag]: sha }, branches: { main: sha } }],
        tokens: [token],
    });
    const env = {
        GITHUB_API_URL: forge.url,
        GITHUB_GRAPHQL_URL: forge.graphqlUrl,
        GITHUB_SERVER_URL: forge.webUrl,
        GITHUB_REF: `refs/tags/${plan.version.tag}`,
    };
    return { forge, token, env };
}
/** Downloads every asset from its public address and compares it with SHA256SUMS; throws when the release is not what was built. */
async function verifyPublished({ forge }, repository, plan) {
    const release = forge.releases(repository).find(each => each.tagName === plan.version.tag && !each.draft);
    if (release === undefined)
        throw new Error(`${plan.version.tag}: the forge has no public release`);
    const base = `${forge.webUrl}/${repository}/releases/download/${plan.version.tag}`;
    const download = async (name) => {
        const answer = await fetch(`${base}/${encodeURIComponent(name)}`);
        if (!answer.ok)
            throw new Error(`${name}: its download answered ${answer.status}`);
        return answer;
    };
    const digests = new Map();
    for (const asset of release.assets) {
        const answer = await download(asset.name);
        const hash = (0,external_node_crypto_.createHash)('sha256');
        for await (const chunk of (answer.body ?? []))
            hash.update(chunk);
        digests.set(asset.name, hash.digest('hex'));
    }
    const missing = plan.artifacts.filter(({ name }) => !digests.has(name)).map(({ name }) => name);
    if (missing.length > 0)
        throw new Error(`the public release lacks ${missing.join(', ')}`);
    for (const line of parseChecksums(await (await download(releaseFiles.checksums)).text())) {
        if (line === undefined || digests.get(line.name) !== line.sha256)
            throw new Error(`${line?.name ?? 'SHA256SUMS'}: what was downloaded differs from SHA256SUMS`);
    }
    return {
        tag: plan.version.tag,
        draft: release.draft,
        prerelease: release.prerelease,
        downloaded: digests.size,
        assets: release.assets.length,
    };
}

;// CONCATENATED MODULE: ./packages/cli/src/snapshot/steps.ts
/** The decision about everything: the first step. */
function planStep(folders, given) {
    return {
        action: 'release-plan',
        title: 'plan',
        inputs: {
            'working-directory': '.',
            tag: given.tag ?? '',
            targets: given.targets.join('\n'),
            image: given.image ? 'auto' : 'never',
            toolchains: given.toolchains.length === 0 ? 'none' : given.toolchains.join('\n'),
            'server-args': given.serverArgs.join('\n'),
            'server-env': given.serverEnv.join('\n'),
            output: folders.plan,
        },
    };
}
/** One build job of the plan. */
function buildStep(job, plan, folders) {
    return {
        action: job.action,
        title: `${job.action.replace('-', ' ')} (${job.id})`,
        inputs: {
            ...job.inputs,
            'output-directory': folders.files,
            fragment: `${folders.fragments}/${job.id}.json`,
            'source-date': String(plan.sourceDate),
        },
    };
}
/** From built files to complete, verified, unsigned files. */
function assembleSteps(plan, folders, given) {
    const assemble = { plan: folders.plan, directory: folders.files, fragments: folders.fragments };
    const files = `${folders.files}/*`;
    return [
        { action: 'release-assemble', title: 'compare with the plan', inputs: { ...assemble, stage: 'built' } },
        {
            action: 'mcp-verify',
            title: 'start every server over MCP',
            inputs: {
                files,
                version: plan.version.semver,
                'server-args': given.serverArgs.join('\n'),
                'server-env': given.serverEnv.join('\n'),
                report: folders.verification,
                tools: folders.tools,
            },
        },
        {
            action: 'syft-sbom',
            title: 'list components (SPDX, CycloneDX)',
            inputs: {
                files,
                'output-directory': folders.files,
                version: plan.version.semver,
                'source-date': String(plan.sourceDate),
                'tool-mirror': given.toolMirror ?? '',
            },
        },
    ];
}
/** The manifest and the checksums, once what the servers offer lies beside the files. */
function completeStep(folders) {
    const inputs = { plan: folders.plan, directory: folders.files, fragments: folders.fragments, stage: 'complete' };
    return { action: 'release-assemble', title: 'manifest and checksums', inputs };
}
/** The files that are not signed one by one: SHA256SUMS covers them. */
const unsigned = ['*.spdx.json', '*.cdx.json', '*.sigstore.json', 'tools.json', 'release-manifest.json'];
/** A signature bundle for each built file and for SHA256SUMS, with a key pair made for this run. */
function signStep(folders, given) {
    return {
        action: 'cosign-sign',
        title: 'sign',
        inputs: {
            files: `${folders.files}/*`,
            exclude: unsigned.map(pattern => `${folders.files}/${pattern}`).join('\n'),
            key: 'new',
            'key-password': '',
            'public-key': folders.publicKey,
            'tool-mirror': given.toolMirror ?? '',
        },
    };
}
/** The draft with all files, then the release. */
function releaseStep(plan, folders, given) {
    return {
        action: 'gh-release',
        title: 'release to the embedded forge',
        inputs: {
            files: `${folders.files}/*`,
            expect: plan.artifacts.map(({ name }) => name).join('\n'),
            'tag-name': plan.version.tag,
            changelog: given.changelog ?? '',
            publish: 'true',
            token: given.token,
        },
    };
}

;// CONCATENATED MODULE: ./packages/cli/src/snapshot/sequence.ts







/** A step failed; its words are the reason of the whole. */
class StepError extends Error {
}
/** This machine lacks the toolchain for every package; the words are release-plan's. */
class SkipError extends Error {
}
const unbuildable = 'release-plan [TOOLCHAIN]: ';
/** Runs the whole release: the plan decides, each step starts the bundle that the workflow would start. */
async function runSequence(context, outcome) {
    const { scratch, options, source } = context;
    const given = {
        serverArgs: options.serverArgs,
        serverEnv: options.serverEnv,
        ...(options.toolMirror === undefined ? {} : { toolMirror: options.toolMirror }),
    };
    const base = {
        GITHUB_REPOSITORY: source.repository,
        SOURCE_DATE_EPOCH: String(source.sourceDate),
        ...(source.commit === undefined ? {} : { GITHUB_SHA: source.commit }),
    };
    const step = (each, env = {}) => runStep(each, { ...base, ...env }, { context, outcome });
    await step(planStep(scratch.folders, { ...options, toolchains: context.toolchains }));
    const plan = parseJson(planSchema, { file: 'release-plan.json', text: await (0,promises_.readFile)(scratch.folders.plan, 'utf8') });
    outcome.plan = plan;
    for (const job of plan.jobs)
        await step(buildStep(job, plan, scratch.folders));
    for (const each of assembleSteps(plan, scratch.folders, given)) {
        await step(each).finally(() => readVerification(scratch, outcome));
    }
    await (0,promises_.copyFile)(scratch.folders.tools, (0,external_node_path_.join)(scratch.folders.files, releaseFiles.tools));
    await step(completeStep(scratch.folders));
    await step(signStep(scratch.folders, given));
    outcome.release = await release(plan, context, step);
}
async function release(plan, { scratch, source }, step) {
    const forge = await openForge(source.repository, plan, (0,external_node_crypto_.randomBytes)(20).toString('hex'));
    try {
        const changelog = (0,external_node_path_.join)(scratch.source, 'CHANGELOG.md');
        const isThere = (await (0,promises_.stat)(changelog).catch(() => undefined))?.isFile() === true;
        const end = await step(releaseStep(plan, scratch.folders, { token: forge.token, ...(isThere ? { changelog } : {}) }), forge.env);
        return { ...(await verifyPublished(forge, source.repository, plan)), state: end.outputs['state'] ?? '' };
    }
    finally {
        await forge.forge.close();
    }
}
async function readVerification({ folders }, outcome) {
    const text = await (0,promises_.readFile)(folders.verification, 'utf8').catch(() => undefined);
    if (text !== undefined)
        outcome.verification = parseJson(verificationSchema, { file: 'verification.json', text });
}
async function runStep(step, env, { context, outcome }) {
    const { progress, scratch, place } = context;
    const log = `logs/${String(outcome.steps.length + 1).padStart(2, '0')}-${step.title.replace(/[^a-z0-9]+/gi, '-').replace(/-$/, '')}.log`;
    progress.start(step.title);
    const end = await startBundle({ action: step.action, inputs: step.inputs, env, log: (0,external_node_path_.join)(scratch.partial, log) }, place);
    const { seconds, toolSeconds } = end;
    const error = end.errors.join('\n');
    const skipped = error.startsWith(unbuildable);
    const status = end.ok ? 'done' : skipped ? 'skipped' : 'failed';
    const told = end.ok || skipped ? {} : { error };
    outcome.steps.push({ action: step.action, title: step.title, status, seconds, toolSeconds, log, ...told });
    if (end.ok) {
        progress.done(step.title, seconds);
        return end;
    }
    if (skipped) {
        const reason = error.slice(unbuildable.length);
        progress.done(step.title, seconds);
        progress.skip(context.source.name, reason);
        throw new SkipError(reason);
    }
    progress.fail(step.title, seconds, error);
    throw new StepError(error);
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./packages/action-kit/src/workspace.ts

/**
 * The absolute path of a path that a user gave. Adds a problem when it leaves the workspace and the runner's temporary
 * folder, also by way of a link: what an action reads or writes elsewhere is never what the caller meant.
 */
async function pathInWorkspace(host, { input, path }, problems) {
    const absolute = resolve(host.workspace, path);
    const real = await host.files.realPath(absolute);
    const roots = await Promise.all([host.files.realPath(host.workspace), host.files.realPath(host.temp)]);
    if (!roots.some(root => isBelow(root, real))) {
        const through = real === absolute ? '' : ` (a link to ${JSON.stringify(real)})`;
        problems.push(`${input}: ${JSON.stringify(path)}${through} lies outside the workspace`);
    }
    return absolute;
}
/** Whether `path` is `root` or lies below it. Both absolute. */
function isBelow(root, path) {
    const way = (0,external_node_path_.relative)(root, path);
    return way === '' || (way !== '..' && !way.startsWith(`..${external_node_path_.sep}`) && !(0,external_node_path_.isAbsolute)(way));
}

;// CONCATENATED MODULE: ./packages/cli/src/snapshot/source.ts





const source_run = (0,external_node_util_.promisify)(external_node_child_process_.execFile);
// Folders that tools fill and that no release is made of.
const generated = new Set([
    'node_modules',
    '.venv',
    'venv',
    '.git',
    'target',
    '__pycache__',
    '.pytest_cache',
    '.tox',
    '.mypy_cache',
]);
// The earliest time that zip archives can hold.
const earliest = Date.UTC(1980, 0, 1) / 1000;
/** Reads what git knows; a folder outside git is a source, too. */
async function readSource(directory) {
    const git = async (...args) => (await source_run('git', ['-C', directory, ...args], { maxBuffer: 64e6 })).stdout.trim();
    const name = (0,external_node_path_.basename)(directory);
    const commit = await git('rev-parse', 'HEAD').catch(() => undefined);
    if (commit === undefined)
        return { name, repository: `local/${name}`, dirty: false, sourceDate: await source_newest(directory) };
    const top = await (0,promises_.realpath)(await git('rev-parse', '--show-toplevel'));
    const remote = top === (await (0,promises_.realpath)(directory)) ? await git('remote', 'get-url', 'origin').catch(() => '') : '';
    const [, repository] = /[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(remote) ?? [];
    return {
        name,
        repository: repository ?? `local/${name}`,
        commit,
        dirty: (await git('status', '--porcelain', '--', '.')) !== '',
        sourceDate: Number(await git('log', '-1', '--format=%ct')),
    };
}
/** Copies what git tracks or does not ignore (outside git: all but generated folders), so that nothing is built in the user's tree. */
async function copySource(directory, to) {
    const root = await (0,promises_.realpath)(directory);
    await (0,promises_.mkdir)(to, { recursive: true });
    const tracked = await source_run('git', ['-C', root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
        maxBuffer: 256e6,
    }).then(({ stdout }) => stdout.split('\0').filter(name => name !== ''), () => undefined);
    if (tracked === undefined) {
        await (0,promises_.cp)(root, to, {
            recursive: true,
            preserveTimestamps: true,
            verbatimSymlinks: true,
            filter: from => from === root || !generated.has((0,external_node_path_.basename)(from)),
        });
        return;
    }
    for (const name of tracked) {
        const from = (0,external_node_path_.join)(root, name);
        const stat = await (0,promises_.lstat)(from).catch(() => undefined);
        // Tracked but deleted, or a submodule.
        if (stat === undefined || stat.isDirectory())
            continue;
        if (stat.isSymbolicLink() && !isBelow(root, await (0,promises_.realpath)(from).catch(() => (0,external_node_path_.dirname)(root)))) {
            throw new Error(`${(0,external_node_path_.relative)(root, from)}: is a link that leaves ${root}; a release cannot hold it`);
        }
        await (0,promises_.mkdir)((0,external_node_path_.dirname)((0,external_node_path_.join)(to, name)), { recursive: true });
        await (0,promises_.cp)(from, (0,external_node_path_.join)(to, name), { preserveTimestamps: true, verbatimSymlinks: true });
    }
}
async function source_newest(directory) {
    let time = earliest;
    for (const entry of await (0,promises_.readdir)(directory, { withFileTypes: true, recursive: true })) {
        if (!entry.isFile())
            continue;
        const file = (0,external_node_path_.join)(entry.parentPath, entry.name);
        if ((0,external_node_path_.relative)(directory, file)
            .split(/[\\/]/)
            .some(part => generated.has(part)))
            continue;
        time = Math.max(time, Math.floor((await (0,promises_.lstat)(file)).mtimeMs / 1000));
    }
    return time;
}

;// CONCATENATED MODULE: ./packages/cli/src/snapshot/workplace.ts




const report = 'report.json';
/** Makes the private folders; what an interrupted run left beside the output goes away. */
async function makeScratch(out) {
    await refuseForeign(out);
    await removeRemnants(out);
    const root = await (0,promises_.realpath)(await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'mcp-release-')));
    const temp = (0,external_node_path_.join)(root, 'temp');
    const handoff = (0,external_node_path_.join)(temp, 'handoff');
    const partial = `${out}.partial-${process.pid}`;
    await (0,promises_.mkdir)((0,external_node_path_.join)(handoff, 'files'), { recursive: true });
    await (0,promises_.mkdir)((0,external_node_path_.join)(handoff, 'fragments'), { recursive: true });
    await (0,promises_.mkdir)((0,external_node_path_.join)(partial, 'logs'), { recursive: true });
    return {
        root,
        source: (0,external_node_path_.join)(root, 'source'),
        temp,
        partial,
        folders: {
            plan: (0,external_node_path_.join)(handoff, 'release-plan.json'),
            files: (0,external_node_path_.join)(handoff, 'files'),
            fragments: (0,external_node_path_.join)(handoff, 'fragments'),
            verification: (0,external_node_path_.join)(handoff, 'verification.json'),
            tools: (0,external_node_path_.join)(handoff, 'tools.json'),
            publicKey: (0,external_node_path_.join)(handoff, 'cosign.pub'),
        },
    };
}
/** Gives the finished folder its name; the snapshot that was there before is replaced in one step. */
async function keep(scratch, out) {
    const before = `${out}.before-${process.pid}`;
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(out), { recursive: true });
    const replaced = await (0,promises_.rename)(out, before).then(() => true, () => false);
    await (0,promises_.rename)(scratch.partial, out);
    if (replaced)
        await (0,promises_.rm)(before, { recursive: true, force: true });
}
/** Removes everything that has no final name. */
async function discard(scratch) {
    await (0,promises_.rm)(scratch.root, { recursive: true, force: true, maxRetries: 3 });
    await (0,promises_.rm)(scratch.partial, { recursive: true, force: true });
}
// An output folder is replaced as a whole, so it must be ours.
async function refuseForeign(out) {
    const names = await (0,promises_.readdir)(out).catch((error) => {
        if (error.code === 'ENOENT')
            return [];
        throw new errors/* InputError */.dz([`--out: ${JSON.stringify(out)} is no folder that can be written`]);
    });
    if (names.length === 0)
        return;
    const text = await (0,promises_.readFile)((0,external_node_path_.join)(out, report), 'utf8').catch(() => '');
    if (!text.includes('"schemaVersion"')) {
        throw new errors/* InputError */.dz([`--out: ${JSON.stringify(out)} holds files that no snapshot made`], {
            hint: 'Choose another folder, or empty this one.',
        });
    }
}
async function removeRemnants(out) {
    const pattern = new RegExp(`^${(0,external_node_path_.basename)(out).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\.(partial|before)-(\\d+)$`);
    for (const name of await (0,promises_.readdir)((0,external_node_path_.dirname)(out)).catch(() => [])) {
        const [, , pid] = pattern.exec(name) ?? [];
        if (pid !== undefined && !(await isAlive(Number(pid))))
            await (0,promises_.rm)((0,external_node_path_.join)((0,external_node_path_.dirname)(out), name), { recursive: true, force: true });
    }
}
async function isAlive(pid) {
    if (pid === process.pid)
        return false;
    try {
        process.kill(pid, 0);
        return true;
    }
    catch {
        return process.platform === 'linux' && (await (0,promises_.stat)(`/proc/${pid}`).catch(() => undefined)) !== undefined;
    }
}

;// CONCATENATED MODULE: ./packages/cli/src/snapshot/project.ts









/** Releases one folder to the embedded forge and leaves everything in `out`, or the logs in `out.failed`. */
async function releaseProject(directory, out, shared) {
    const startedAt = new Date();
    const scratch = await makeScratch(out);
    try {
        const source = await readSource(directory);
        await copySource(directory, scratch.source);
        const outcome = { steps: [] };
        const place = { dist: shared.dist, workspace: scratch.source, temp: scratch.temp };
        const ended = await attempt(() => runSequence({ ...shared, source, scratch, place }, outcome));
        shared.signal.throwIfAborted();
        const files = scratch.folders.files;
        const seconds = (Date.now() - startedAt.getTime()) / 1000;
        const report = await composeReport({ directory, source, startedAt, seconds, files }, outcome, ended);
        return { report, folder: await leave(report, { scratch, out }) };
    }
    finally {
        await discard(scratch);
    }
}
async function attempt(run) {
    try {
        await run();
        return { status: 'released' };
    }
    catch (error) {
        if (error instanceof SkipError)
            return { status: 'skipped', reason: error.message };
        return { status: 'failed', reason: error instanceof StepError ? error.message : (0,errors/* errorText */.kc)(error) };
    }
}
async function leave(report, { scratch, out }) {
    await (0,promises_.writeFile)((0,external_node_path_.join)(scratch.partial, 'report.json'), formatJson(report));
    await (0,promises_.writeFile)((0,external_node_path_.join)(scratch.partial, 'report.html'), renderHtml(report));
    if (report.status === 'released') {
        await (0,promises_.cp)(scratch.folders.files, scratch.partial, { recursive: true });
        await (0,promises_.cp)(scratch.folders.plan, (0,external_node_path_.join)(scratch.partial, 'release-plan.json'));
        await (0,promises_.cp)(scratch.folders.publicKey, (0,external_node_path_.join)(scratch.partial, 'cosign.pub'));
        await keep(scratch, out);
        return out;
    }
    const failed = `${out}.failed`;
    await (0,promises_.rm)(failed, { recursive: true, force: true });
    await (0,promises_.rename)(scratch.partial, failed);
    return failed;
}

;// CONCATENATED MODULE: ./packages/cli/src/snapshot/toolchains.ts


const toolchains_run = (0,external_node_util_.promisify)(external_node_child_process_.execFile);
const probes = {
    python: [['python3', '-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))']],
    node: [['npm', '--version']],
    go: [['go', 'version']],
    rust: [['cargo', '--version']],
    // A builder that answers, not only the program.
    buildx: [
        ['docker', 'buildx', 'inspect', '--bootstrap'],
        ['buildx', 'inspect', '--bootstrap'],
    ],
};
/** The toolchains that work on this machine. */
async function workingToolchains() {
    const names = Object.keys(probes);
    const works = await Promise.all(names.map(name => firstThatWorks(probes[name])));
    return names.filter((_, at) => works[at]);
}
async function firstThatWorks(probe) {
    for (const [program = '', ...args] of probe) {
        const works = await toolchains_run(program, args, { timeout: 60_000, shell: false }).then(() => true, () => false);
        if (works)
            return true;
    }
    return false;
}

;// CONCATENATED MODULE: ./packages/cli/src/snapshot/command.ts









// dist/mcp-release/index.js lies beside the bundles of the actions.
const command_dist = (0,external_node_path_.resolve)((0,external_node_path_.dirname)((0,external_node_url_.fileURLToPath)(import.meta.url)), '..');
/** Releases folders on this machine; returns the exit code: 0 when at least one was released and none failed. */
async function snapshot(options, cwd) {
    const directories = options.directories.length > 0 ? options.directories : await examples();
    await rejectMissing(directories);
    const color = useColor(process.stdout.isTTY);
    const progress = progress_progress(process.stdout, { color });
    const abort = new AbortController();
    for (const name of ['SIGINT', 'SIGTERM']) {
        process.once(name, () => {
            abort.abort(new errors/* InputError */.dz([`interrupted by ${name}; nothing was released`]));
            endRunning();
        });
    }
    const shared = {
        dist: command_dist,
        options,
        toolchains: await workingToolchains(),
        progress,
        signal: abort.signal,
    };
    const reports = [];
    const folders = [];
    for (const directory of directories) {
        process.stdout.write(`\n${(0,external_node_path_.basename)(directory)}\n`);
        const out = options.out ?? (0,external_node_path_.join)(cwd, 'out', (0,external_node_path_.basename)(directory));
        const end = await releaseProject(directory, out, shared);
        reports.push(end.report);
        folders.push(end.folder);
    }
    progress.close();
    process.stdout.write(`\n${renderTable(reports, { color, width: process.stdout.columns || 100 })}\n`);
    for (const folder of folders)
        process.stdout.write(`${(0,external_node_path_.join)(folder, 'report.html')}\n`);
    return reports.some(each => each.status === 'failed') || !reports.some(each => each.status === 'released') ? 1 : 0;
}
async function examples() {
    const folder = (0,external_node_path_.join)(command_dist, '..', 'examples');
    const entries = await (0,promises_.readdir)(folder, { withFileTypes: true }).catch(() => []);
    const found = entries.filter(entry => entry.isDirectory()).map(entry => (0,external_node_path_.join)(folder, entry.name));
    if (found.length === 0)
        throw new errors/* InputError */.dz(['snapshot: no folder was given, and there are no examples beside the program']);
    return found.sort();
}
async function rejectMissing(directories) {
    const problems = [];
    for (const directory of directories) {
        const found = await (0,promises_.stat)(directory).catch(() => undefined);
        if (found?.isDirectory() !== true)
            problems.push(`${JSON.stringify(directory)} is no folder`);
    }
    if (problems.length > 0)
        throw new errors/* InputError */.dz(problems);
}
// https://no-color.org, and FORCE_COLOR as Node itself reads it.
function useColor(isTerminal) {
    if (process.env['NO_COLOR'])
        return false;
    return process.env['FORCE_COLOR'] ? process.env['FORCE_COLOR'] !== '0' : isTerminal;
}


/***/ })

};
