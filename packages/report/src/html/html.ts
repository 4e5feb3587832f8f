import {evidenceSection, filesSection} from './files'
import {masthead} from './masthead'
import {packagesSection} from './packages'
import {noticesSection, releaseSection, skippedSection, verifySection} from './release'
import {serverSection} from './servers'
import {stepSection} from './steps'
import {style} from './style'
import {fileAddress, Markup, markup} from '../markup'
import type {Report} from '../report'

// Nothing is loaded and nothing runs, whatever the names in the report say.
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/** report.html: the whole report as one page that needs nothing but itself. */
export function renderHtml(report: Report): string {
  const title = `${report.name} ${report.version?.tag ?? ''}`.trim()
  return markup`<!doctype html>
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
`.html
}

function sections(report: Report): readonly Markup[] {
  return [
    packagesSection(report),
    filesSection(report),
    serverSection(report),
    noticesSection(report),
    skippedSection(report),
    releaseSection(report),
    verifySection(report),
    stepSection(report),
    evidenceSection(report),
  ]
}
