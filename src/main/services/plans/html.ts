export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[character]!);

/** One self-contained page: no script, nothing fetched. @param style CSS @param body HTML */
export const htmlPage = ({
  language,
  title,
  style,
  body,
}: Readonly<Record<'language' | 'title' | 'style' | 'body', string>>): string => `<!doctype html>
<html lang="${escapeHtml(language)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"><title>${escapeHtml(title)}</title><style>${style}</style></head>
<body>
${body}
</body></html>
`;
