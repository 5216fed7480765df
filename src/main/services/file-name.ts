/** A name, without its ending, that every system takes for a file. */
export const fileName = (text: string): string =>
  text
    .replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_')
    .replace(/[. ]+$/, '')
    .slice(0, 150) || '_';
