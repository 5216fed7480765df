import type { Paper } from '../../../shared/contract/plans.ts';

/** The printed page: black on white, readable from a copier, nothing fetched. */
export const pageStyle = (paper: Paper): string => `
:root { color-scheme: light; }
body { font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Pathlight Sans SC', sans-serif; color: #1b2430; background: #fff; margin: 0 auto; max-width: 46rem; padding: 2rem; }
section { break-after: page; } section:last-child { break-after: auto; }
.school { display: flex; align-items: center; gap: 0.7rem; margin: 0 0 1.2rem; font-weight: 600; color: #394553; } .school img { max-height: 2.6rem; max-width: 9rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0; } .who { font-size: 1.15rem; margin: 0.1rem 0 0.2rem; } .lead { color: #394553; margin: 0 0 1.4rem; }
ol { list-style: none; margin: 0; padding: 0; }
ol > li { border-top: 1px solid #c9d1da; padding: 0.8rem 0; display: grid; grid-template-columns: 1.6rem 1fr auto; gap: 0 0.9rem; break-inside: avoid; }
.box { display: inline-block; width: 1rem; height: 1rem; border: 1.5px solid #1b2430; border-radius: 3px; vertical-align: -0.15rem; }
ol > li > .box { margin-top: 0.25rem; }
h2 { font-size: 1.05rem; margin: 0; } .how, .numbers { color: #394553; margin: 0.1rem 0; } .numbers { font-size: 0.9rem; } .why { margin: 0.3rem 0 0; }
.feel { margin: 0.5rem 0 0; font-size: 0.92rem; color: #394553; } .feel ul { display: inline; list-style: none; padding: 0; } .feel li { display: inline; margin-left: 0.9rem; white-space: nowrap; } .feel .box { width: 0.8rem; height: 0.8rem; margin-right: 0.3rem; }
.minutes { white-space: nowrap; font-variant-numeric: tabular-nums; }
.room { border-top: 1px solid #c9d1da; padding-top: 0.8rem; margin-top: 0.4rem; break-inside: avoid; } .room p { margin: 0; } .line { height: 2rem; border-bottom: 1px solid #9aa5b1; }
.material { margin: 0.3rem 0 0; font-size: 0.92rem; } .material a { color: inherit; } .address { overflow-wrap: anywhere; color: #394553; }
.own { border-top: 1px solid #c9d1da; padding-top: 0.6rem; break-inside: avoid; } .own ul { margin: 0.2rem 0 0.6rem; padding-left: 1.2rem; } .own li { white-space: pre-line; }
.stamp { color: #5b6673; font-size: 0.8rem; margin: 1.4rem 0 0; }
@page { size: ${paper === 'a4' ? 'A4' : 'letter'}; margin: 14mm 16mm; }
/* Six steps, the usual number, fit one sheet. */
@media print {
  html { font-size: 10pt; } body { padding: 0; max-width: none; font-size: 1rem; line-height: 1.4; }
  .school { margin-bottom: 0.7rem; } .lead { margin-bottom: 0.8rem; } ol > li { padding: 0.55rem 0; } .why { margin-top: 0.15rem; } .feel { margin-top: 0.3rem; }
  .room { padding-top: 0.5rem; margin-top: 0; } .line { height: 1.7rem; } .stamp { margin-top: 0.8rem; }
}
`;
