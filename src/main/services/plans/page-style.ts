import type { Paper } from '../../../shared/contract/plans.ts';

/** The printed page: black on white, readable from a copier, nothing fetched. */
export const pageStyle = (paper: Paper): string => `
:root { color-scheme: light; }
body { font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Pathlight Sans SC', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif; color: #1b2430; background: #fff; text-autospace: normal; margin: 0 auto; max-width: 46rem; padding: 2rem; }
section { break-after: page; } section:last-child { break-after: auto; }
.school { display: flex; align-items: center; gap: 0.7rem; margin: 0 0 1.2rem; font-weight: 600; color: #394553; } .school img { max-height: 2.6rem; max-width: 9rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0; } .who { font-size: 1.15rem; margin: 0.1rem 0 0.2rem; } .number { color: #394553; font-size: 0.92rem; white-space: nowrap; margin-left: 0.6rem; } .lead { color: #394553; margin: 0 0 1.4rem; }
.steps, .questions { list-style: none; margin: 0; padding: 0; }
.steps > li { border-top: 1px solid #c9d1da; padding: 0.8rem 0; display: grid; grid-template-columns: 1.6rem 1fr auto; gap: 0 0.9rem; break-inside: avoid; }
.box { display: inline-block; width: 1rem; height: 1rem; border: 1.5px solid #1b2430; border-radius: 3px; vertical-align: -0.15rem; }
.steps > li > .box { margin-top: 0.25rem; }
h2 { font-size: 1.05rem; margin: 0; } .how, .numbers { color: #394553; margin: 0.1rem 0; } .numbers { font-size: 0.9rem; } .why { margin: 0.3rem 0 0; }
.feel { margin: 0.5rem 0 0; font-size: 0.92rem; color: #394553; } .feel ul { display: inline; list-style: none; padding: 0; } .feel li { display: inline; margin-left: 0.9rem; white-space: nowrap; } .feel .box { width: 0.8rem; height: 0.8rem; margin-right: 0.3rem; }
.minutes { text-align: end; } .back, .see { color: #394553; font-size: 0.9rem; } .minutes { white-space: nowrap; font-variant-numeric: tabular-nums; }
.room { border-top: 1px solid #c9d1da; padding-top: 0.8rem; margin-top: 0.4rem; break-inside: avoid; } .room p { margin: 0; } .line { height: 2rem; border-bottom: 1px solid #9aa5b1; }
.material { margin: 0.3rem 0 0; font-size: 0.92rem; } .material a { color: inherit; } .address { overflow-wrap: anywhere; color: #394553; }
.own { border-top: 1px solid #c9d1da; padding-top: 0.6rem; break-inside: avoid; } .own ul { margin: 0.2rem 0 0.6rem; padding-left: 1.2rem; } .own li { white-space: pre-line; }
.practice h2, .answers h2 { margin: 1rem 0 0.4rem; } .practice .who, .answers .who { margin-bottom: 0.9rem; }
.gap { display: inline-block; min-width: 1.5em; height: 1.15em; border: 1.2px solid #394553; border-radius: 3px; vertical-align: -0.2em; }
.example { border: 1.5px solid #1b2430; border-radius: 6px; padding: 0.5rem 1rem 0.7rem; margin: 0.4rem 0 1rem; break-inside: avoid; } .example h2 { margin: 0 0 0.3rem; }
.asked, .why, .solutions td { text-wrap: pretty; } .asked { margin: 0; } .way { margin: 0.4rem 0; padding-left: 1.4rem; } .way li { padding: 0.15rem 0; } .answer { margin: 0.3rem 0 0; }
.practice { font-size: 1.05rem; } .questions { counter-reset: question; display: grid; grid-template-columns: 1fr 1fr; gap: 0 2rem; }
.questions > li { counter-increment: question; display: flex; flex-direction: column; justify-content: space-between; min-height: 19.5rem; border-top: 1px solid #c9d1da; padding: 0.6rem 0 0.7rem; break-inside: avoid; }
.questions .asked::before { content: counter(question) '.\\2002'; font-weight: 600; } .example ~ .questions > li { min-height: 12.5rem; } .rule { display: inline-block; width: 9rem; border-bottom: 1px solid #1b2430; }
.figure { width: 100%; max-width: 17rem; margin-top: 0.5rem; } math { font-family: inherit; font-size: 1.1em; } mfrac { padding: 0 0.1em; }
.solutions { border-collapse: collapse; table-layout: fixed; width: 100%; font-size: 0.92rem; } .solutions th:nth-child(1) { width: 2.6rem; } .solutions th:nth-child(2) { width: 36%; } .solutions th:nth-child(3) { width: 16%; } .solutions th, .solutions td { text-align: start; vertical-align: top; padding: 0.35rem 0.9rem 0.35rem 0; border-top: 1px solid #c9d1da; }
.solutions thead th { border-top: 0; color: #394553; font-weight: 400; } .solutions tr { break-inside: avoid; } .solutions .way { margin: 0; padding: 0; color: #394553; list-style: none; } .solutions .way li { display: inline-block; margin-inline-end: 1.6rem; padding: 0 0 0.15rem; } .solutions small { display: block; color: #394553; } .solutions .result { font-weight: 600; } .solutions .figure { width: 9rem; display: block; }
h1, h2 { break-after: avoid; }
.stamp { color: #5b6673; font-size: 0.8rem; margin: 1.4rem 0 0; break-before: avoid; }
@page { size: ${paper === 'a4' ? 'A4' : 'letter'}; margin: 14mm 16mm; }
/* Six steps, the usual number, fit one sheet. */
@media print {
  html { font-size: 10pt; } body { padding: 0; max-width: none; font-size: 1rem; line-height: 1.35; }
  .school { margin-bottom: 0.7rem; } .lead { margin-bottom: 0.8rem; } .steps > li { padding: 0.5rem 0; } .why { margin-top: 0.15rem; } .feel { margin-top: 0.25rem; } .material { margin-top: 0.2rem; }
  .room { padding-top: 0.5rem; margin-top: 0; } .line { height: 1.6rem; } .stamp { margin-top: 0.6rem; }
}
`;

/** Of the pages of the sheet at this position. */
export const pageName = (index: number): string => `sheet${index + 1}`;

/** As a CSS string that ends neither itself nor the style around it. */
const cssText = (text: string): string =>
  `"${text.replaceAll(/[^\p{L}\p{N} .,’'·–-]/gu, (sign) => `\\${sign.codePointAt(0)!.toString(16)} `)}"`;

/** Whose each printed page is, and which of how many: sheets come apart. */
export const namedPages = (names: readonly string[]): string =>
  names
    .map((name, index) => {
      const page = pageName(index);
      // In a file of many each student's pages are counted by themselves; how many there are of all says nothing about one student's.
      const number = names.length === 1 ? 'counter(page) " / " counter(pages)' : `counter(${page})`;
      const corner = 'font: 8pt system-ui, sans-serif; color: #5b6673;';
      return `@page ${page} { counter-increment: page ${page}; @bottom-left { content: ${cssText(name)}; ${corner} } @bottom-right { content: ${number}; ${corner} } }`;
    })
    .join('\n');
